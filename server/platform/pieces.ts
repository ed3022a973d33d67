/** Small enough that a slow reader takes one in a few seconds, large enough that sending costs little. */
const pieceBytes = 64 * 1024;

/** Texts as UTF-8 in pieces of one size, however long each text is; made while they are read. */
export async function* inPieces(texts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let bytes = 0;
  for await (const text of texts) {
    const encoded = Buffer.from(text);
    waiting.push(encoded);
    bytes += encoded.length;
    if (bytes < pieceBytes) continue;
    const all = Buffer.concat(waiting);
    let start = 0;
    for (; all.length - start >= pieceBytes; start += pieceBytes) yield all.subarray(start, start + pieceBytes);
    waiting = [all.subarray(start)];
    bytes = all.length - start;
  }
  if (bytes > 0) yield Buffer.concat(waiting);
}
