/** Of so many rounds the shortest counts. */
const maxRounds = 3;
/** A turn that is shorter is not measured again, in milliseconds. */
const clearlyShort = 30;

/**
 * How long the main thread was busy at a stretch while the work was done, in milliseconds of its own processor time: what
 * else runs on the machine does not count. Work that is long is long each time; a collection of what other tests left
 * falls into one round, so the shortest of several counts. `work` may run more than once.
 */
export async function measureMaxBusyMs(work: () => Promise<unknown>): Promise<number> {
  let shortest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < maxRounds && shortest > clearlyShort; round += 1) {
    shortest = Math.min(shortest, await measureOnce(work));
  }
  return shortest;
}

async function measureOnce(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let isOver = false;
  const spent = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1_000;
  };
  let before = spent();
  const look = () => {
    const now = spent();
    longest = Math.max(longest, now - before);
    before = now;
    if (!isOver) setImmediate(look);
  };
  setImmediate(look);
  try {
    await work();
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  } finally {
    isOver = true;
  }
  return longest;
}
