import { performance as nodePerformance } from 'node:perf_hooks';

const intervalMs = 5_000;
/** A thread that is busier than this has something better to do. */
const maxUtilization = 0.2;
/** Bytes above the least that it ever came down to. */
const minGrowth = 24 * 1024 * 1024;
/**
 * A collection that gave back less than this was in vain: the next waits twice as long, until there was a burst again, of work
 * or of memory.
 */
const minGain = 8 * 1024 * 1024;
const maxWaitMs = 600_000;

interface Memory {
  /** Bytes that the process takes. */
  read(): number;
  collect(): void;
  /** Whether the thread had much to do since the last call. */
  isBusy(): boolean;
}

/**
 * Gives memory back to the machine in quiet moments: V8 keeps what a burst of work took for as long as little is asked of
 * the process afterwards. Does nothing where the collector is not exposed (`--expose-gc`).
 */
export function startMemoryUpkeep(memory: Memory = ownMemory()): { stop(): void } {
  // Starting leaves 20 MB of garbage: the first quiet moment is one to collect in, whatever was taken.
  let least = 0;
  let lastLeft = 0;
  let waitMs = intervalMs;
  let nextAt = 0;
  const timer = setInterval(() => {
    const taken = memory.read();
    if (memory.isBusy()) {
      waitMs = intervalMs;
      nextAt = 0;
      return;
    }
    if (taken < least + minGrowth) return;
    const hasGrown = taken >= lastLeft + minGrowth;
    if (hasGrown) waitMs = intervalMs;
    else if (performance.now() < nextAt) return;
    memory.collect();
    const left = memory.read();
    lastLeft = left;
    least = least === 0 ? left : Math.min(least, left);
    waitMs = taken - left < minGain ? Math.min(waitMs * 2, maxWaitMs) : intervalMs;
    nextAt = performance.now() + waitMs;
  }, intervalMs).unref();
  return { stop: () => clearInterval(timer) };
}

function ownMemory(): Memory {
  let before = nodePerformance.eventLoopUtilization();
  return {
    read: () => process.memoryUsage.rss(),
    collect: () => void globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' }),
    isBusy() {
      const now = nodePerformance.eventLoopUtilization();
      const { utilization } = nodePerformance.eventLoopUtilization(now, before);
      before = now;
      return utilization > maxUtilization;
    },
  };
}
