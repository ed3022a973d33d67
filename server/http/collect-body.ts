import type { Readable } from 'node:stream';
import { AppError } from '../platform/errors.ts';

/** How long a body that is no upload may be on its way. */
const maxMs = 30_000;
const firstCapacity = 1024;

/**
 * Reads a body into one buffer, which grows with what arrives: bytes that come one by one would each cost a buffer of
 * their own. @throws AppError 408 after 30 seconds, what `tooLarge` gives beyond the limit, 400 when it breaks off
 */
export async function collectBody(
  payload: Readable,
  { limit, tooLarge }: { limit: number; tooLarge(): AppError },
): Promise<Buffer> {
  let collected = Buffer.alloc(0);
  let length = 0;
  const { promise, resolve, reject } = Promise.withResolvers<void>();

  const take = (chunk: Buffer) => {
    if (length + chunk.length > limit) return reject(tooLarge());
    if (length + chunk.length > collected.length) {
      const capacity = Math.max(firstCapacity, 2 * collected.length, length + chunk.length);
      const grown = Buffer.allocUnsafeSlow(Math.min(limit, capacity));
      collected.copy(grown, 0, 0, length);
      collected = grown;
    }
    chunk.copy(collected, length);
    length += chunk.length;
  };
  const breakOff = () => reject(new AppError('invalid_request', 'The body broke off.'));
  const timer = setTimeout(
    () => reject(new AppError('request_timeout', `The body did not arrive within ${maxMs / 1_000} seconds.`)),
    maxMs,
  );
  payload.on('data', take).once('end', resolve).once('error', breakOff).once('close', breakOff);
  try {
    await promise;
    return collected.subarray(0, length);
  } finally {
    clearTimeout(timer);
    payload.off('data', take).off('end', resolve).off('close', breakOff);
    // What is left is not read: the connection ends with the answer. Its break is nobody's fault any more.
    payload.pause();
  }
}
