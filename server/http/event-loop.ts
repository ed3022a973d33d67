import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Milliseconds; the thread wakes up as often to be measured. */
const resolution = 20;

/** Watches how long the main thread is busy at a stretch: everybody else waits meanwhile. */
export function watchEventLoop() {
  const delays = monitorEventLoopDelay({ resolution });
  delays.enable();
  return {
    /** The longest stretch since the last call, in seconds. */
    takeLongest(): number {
      const longest = delays.count === 0 ? 0 : delays.max / 1e9 - resolution / 1e3;
      delays.reset();
      return Math.max(0, longest);
    },
    stop: () => delays.disable(),
  };
}
