import { monitorEventLoopDelay, performance } from 'node:perf_hooks';

/** Milliseconds; the thread wakes up as often to be measured. At rest the finer one costs a fifth of a percent of a core. */
const resolutions = { busy: 20, atRest: 50 };
/** The share of a second from which on a thread is busy. */
const busyFrom = 0.02;
const lookEveryMs = 1_000;

/** Watches how long the main thread is busy at a stretch: everybody else waits meanwhile. */
export function watchEventLoop() {
  let resolution = resolutions.atRest;
  let delays = begin(resolution);
  let longest = 0;
  let before = performance.eventLoopUtilization();

  function readDelays(): void {
    if (delays.count > 0) longest = Math.max(longest, delays.max / 1e9 - resolution / 1e3);
    delays.reset();
  }

  const looking = setInterval(() => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    const wanted = utilization < busyFrom ? resolutions.atRest : resolutions.busy;
    if (wanted === resolution) return;
    readDelays();
    delays.disable();
    resolution = wanted;
    delays = begin(resolution);
  }, lookEveryMs).unref();

  return {
    /** The longest stretch since the last call, in seconds. */
    takeLongest(): number {
      readDelays();
      const taken = longest;
      longest = 0;
      return taken;
    },
    stop() {
      clearInterval(looking);
      delays.disable();
    },
  };
}

function begin(resolution: number): ReturnType<typeof monitorEventLoopDelay> {
  const delays = monitorEventLoopDelay({ resolution });
  delays.enable();
  return delays;
}
