import type { Pdf } from './open-pdf.ts';

const maxNames = 20;
/** So much of the file around the mark of a picture is looked at. */
const nearBytes = 400;
const minPixels = 16;

/**
 * How many pictures a PDF holds, by their entries in the file: they stand there uncompressed even if nothing else does
 * (ISO 32000-1, 7.5.7). Masks of pictures, and what is smaller than a letter, do not count.
 */
export function countPictures(bytes: Uint8Array): number {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let count = 0;
  let masks = 0;
  for (let at = file.indexOf('/Image'); at >= 0; at = file.indexOf('/Image', at + 6)) {
    const before = file.toString('latin1', Math.max(0, at - nearBytes), at);
    const after = file.toString('latin1', at, at + nearBytes);
    if (!/\/Subtype\s*$/.test(before) || !/^\/Image[\s/>]/.test(after)) continue;
    const entry = `${before.slice(before.lastIndexOf(' obj') + 1)}${after.split('stream', 1)[0] ?? ''}`;
    if (sizeOf(entry, 'Width') < minPixels || sizeOf(entry, 'Height') < minPixels) continue;
    count += 1;
    if (/\/SMask\s+\d+ \d+ R|\/Mask\s+\d+ \d+ R/.test(entry)) masks += 1;
  }
  return Math.max(0, count - masks);
}

function sizeOf(entry: string, name: 'Width' | 'Height'): number {
  return Number(new RegExp(`/${name}\\s+(\\d+)`).exec(entry)?.[1] ?? minPixels);
}

/** "2 attachments (a.xlsx, b.pdf)", or what a portfolio consists of. */
export async function namesOfAttachments(pdf: Pdf): Promise<string[]> {
  const [attachments, metadata] = await Promise.all([
    pdf.getAttachments().catch(() => null),
    pdf.getMetadata().catch(() => undefined),
  ]);
  const files: unknown = attachments;
  const names = files instanceof Map ? [...files.values()].map(nameOf) : [];
  if (names.length === 0) return [];
  const info = (metadata?.info ?? {}) as { IsCollectionPresent?: boolean };
  const kind = info.IsCollectionPresent ? 'document of this portfolio' : 'attachment';
  const kinds = info.IsCollectionPresent ? 'documents of this portfolio' : 'attachments';
  const listed = names.slice(0, maxNames).map((name) => name.slice(0, 200));
  const more = names.length > listed.length ? ', …' : '';
  return [`${names.length} ${names.length === 1 ? kind : kinds} (${listed.join(', ')}${more})`];
}

function nameOf(file: unknown): string {
  const isNamed = typeof file === 'object' && file !== null && 'filename' in file && typeof file.filename === 'string';
  return isNamed ? String(file.filename) : 'without a name';
}
