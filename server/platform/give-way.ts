/** The event loop is not held longer at once, in milliseconds. */
const maxBlockMs = 8;

/**
 * For work in a long loop: asked between its steps, gives everybody else a turn once this one was long enough. Costs next to
 * nothing otherwise. @throws the signal's reason
 */
export function createGiveWay(signal: AbortSignal | undefined): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    signal?.throwIfAborted();
    if (performance.now() - since < maxBlockMs) return undefined;
    return new Promise((resolve) => {
      setImmediate(() => {
        since = performance.now();
        resolve();
      });
    });
  };
}
