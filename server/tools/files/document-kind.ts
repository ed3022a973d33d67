import type { DocumentKind } from './extract/document.ts';

/** Bytes at which a file of a kind begins. */
const beginnings: [kind: DocumentKind, bytes: Buffer][] = [
  ['archive', Buffer.from('PK\x03\x04')],
  ['compound', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
  ['rtf', Buffer.from('{\\rtf')],
];

/** The reader that a file needs, by its first bytes: names and endings can lie. Undefined for what is no document. */
export function documentKindOf(sample: Buffer, path: string): DocumentKind | undefined {
  // A PDF may begin with other bytes; readers accept the mark within the first 1024.
  const isPdf = sample.subarray(0, 1024).includes('%PDF-') && (/\.pdf$/i.test(path) || sample.indexOf('%PDF-') === 0);
  if (isPdf) return 'pdf';
  return beginnings.find(([, bytes]) => sample.subarray(0, bytes.length).equals(bytes))?.[0];
}
