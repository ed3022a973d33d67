/**
 * How long the main thread was busy at a stretch while the work was done, in milliseconds of its own processor time: what
 * else runs on the machine does not count.
 */
export async function measureMaxBusyMs(work: () => Promise<unknown>): Promise<number> {
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
