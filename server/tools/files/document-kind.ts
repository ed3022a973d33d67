import type { DocumentKind } from './extract/document.ts';

/** Bytes at which a file of a kind begins. */
const beginnings: [kind: DocumentKind, bytes: Buffer][] = [
  ['archive', Buffer.from('PK\x03\x04')],
  ['compound', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
  ['rtf', Buffer.from('{\\rtf')],
  ['image', Buffer.from('\x89PNG', 'latin1')],
  ['image', Buffer.from('ffd8ff', 'hex')],
  ['image', Buffer.from('GIF8')],
  ['image', Buffer.from('II*\0')],
  ['image', Buffer.from('MM\0*')],
];
/** HEIC and AVIF, which phones make; WebP. */
const isOtherImage = /^(?:.{4}ftyp(?:hei[cxms]|hev[cx]|mif1|msf1|avif)|RIFF.{4}WEBP)/s;

/** The reader that a file needs, by its first bytes: names and endings can lie. Undefined for what is no document. */
export function documentKindOf(sample: Buffer, path: string): DocumentKind | undefined {
  // A PDF may begin with other bytes; readers accept the mark within the first 1024.
  const isPdf = sample.subarray(0, 1024).includes('%PDF-') && (/\.pdf$/i.test(path) || sample.indexOf('%PDF-') === 0);
  if (isPdf) return 'pdf';
  if (isOtherImage.test(sample.toString('latin1', 0, 32))) return 'image';
  return beginnings.find(([, bytes]) => sample.subarray(0, bytes.length).equals(bytes))?.[0];
}
