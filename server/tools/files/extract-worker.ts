import { type ExtractAnswer, type ExtractRequest, UnreadableDocument } from './extract/document.ts';
import { extract } from './extract/extract.ts';

/** The entry of a process that reads hostile documents, one after the other. Built as its own file. */

type Request = Omit<ExtractRequest, 'bytes'> & { size: number };

async function answer({ size, ...request }: Request): Promise<ExtractAnswer> {
  const bytes = await receive(size);
  try {
    return { result: await extract({ ...request, bytes }) };
  } catch (error) {
    if (error instanceof UnreadableDocument) return { problem: error.message, isUnderstood: true };
    return { problem: 'is damaged and cannot be read' };
  }
}

async function receive(size: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(size);
  let received = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  const take = (chunk: Buffer) => {
    bytes.set(chunk.subarray(0, size - received), received);
    received += chunk.length;
    if (received >= size) resolve();
  };
  if (size === 0) return bytes;
  process.stdin.on('data', take).resume();
  await promise;
  process.stdin.off('data', take).pause();
  return bytes;
}

process.on('disconnect', () => process.exit());
process.on('message', (request: Request) => {
  void answer(request).then((message) => process.send?.(message));
});
