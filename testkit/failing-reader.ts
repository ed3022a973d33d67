// In place of the process that reads documents: ends as parsers do that a document has got to their limits. The document
// says how.

const buffers: Uint8Array[] = [];

const ways: Record<string, () => void> = {
  /** V8 has no room for one step, which no limit of a thread holds. */
  heap: () => void 'x,'.repeat(2 ** 26).split(','),
  /** Outside of V8's heap. */
  native() {
    for (;;) buffers.push(new Uint8Array(16 * 1024 * 1024).fill(1));
  },
  /** As V8 and native code end a process. */
  abort: () => process.abort(),
  trap: () => void process.kill(process.pid, 'SIGTRAP'),
  loop() {
    for (;;);
  },
};

process.on('disconnect', () => process.exit());
process.on('message', () => {
  process.stdin.resume().once('data', (bytes: Buffer) => {
    process.stdin.pause();
    const way = ways[bytes.toString()];
    if (way) return way();
    const result = { format: 'text', pages: [bytes.toString()], firstPage: 1, totalPages: 1, isCut: false };
    return process.send?.({ result });
  });
});
