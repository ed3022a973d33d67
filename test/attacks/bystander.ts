import { setTimeout as sleep } from 'node:timers/promises';

/** Somebody else on the server meanwhile. */
export interface Bystander {
  /** Stops asking. Rejects when the server did not answer once. */
  stop(): Promise<{ maxWaitMs: number; grownBytes: number }>;
}

/** Asks how a server in this process is, again and again, and watches the memory of the process (RSS). */
export function startBystander(address: string): Bystander {
  const before = process.memoryUsage.rss();
  let [largest, maxWaitMs, asking] = [before, 0, true];
  const asked = (async () => {
    while (asking) {
      const started = performance.now();
      const { status } = await fetch(`${address}/api/health`);
      if (status !== 200) throw new Error(`/api/health answered ${status}`);
      maxWaitMs = Math.max(maxWaitMs, performance.now() - started);
      largest = Math.max(largest, process.memoryUsage.rss());
      await sleep(20);
    }
  })();
  asked.catch(() => undefined);
  return {
    async stop() {
      asking = false;
      await asked;
      return { maxWaitMs, grownBytes: largest - before };
    },
  };
}
