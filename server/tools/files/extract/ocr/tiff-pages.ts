const maxPages = 10_000;

/**
 * The pictures of a TIFF, each as a file of its own that begins with it; of other formats the file is one picture. Only the
 * place of the first directory differs (TIFF 6.0, section 2), so that nothing is decoded here.
 */
export function pagesOfTiff(bytes: Uint8Array): (() => Uint8Array)[] {
  const mark = Buffer.from(bytes.subarray(0, 4)).toString('latin1');
  const isLittle = mark === 'II*\0';
  if (!isLittle && mark !== 'MM\0*') return [() => bytes];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const starts = new Set<number>();
  let start = view.getUint32(4, isLittle);
  while (start > 0 && start + 2 <= bytes.length && !starts.has(start) && starts.size < maxPages) {
    starts.add(start);
    const end = start + 2 + view.getUint16(start, isLittle) * 12;
    start = end + 4 <= bytes.length ? view.getUint32(end, isLittle) : 0;
  }
  return [...starts].map((first) => () => {
    const file = bytes.slice();
    new DataView(file.buffer).setUint32(4, first, isLittle);
    return file;
  });
}
