import { setTimeout as sleep } from 'node:timers/promises';
import { explainDatabaseFault } from '../../db/database-fault.ts';
import { RunLost } from './run-store.ts';

/** How long a write waits for its next try while the database is away, in milliseconds; the last one from then on. */
const retryDelays = [50, 200, 500, 1_000, 2_000];
/** An answer lies whole in memory meanwhile, so that an outage costs nothing of it. */
const patienceMs = 15 * 60_000;

/** Tries again while the database is away. @throws RunLost, or the last error */
export async function persistently<Result>(work: () => Promise<Result>): Promise<Result> {
  const until = performance.now() + patienceMs;
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof RunLost) throw error;
      const code = databaseCode(error);
      // The conversation's row is gone, and everything below it.
      if (code === '23503') throw new RunLost('The conversation was deleted.');
      // 40: a deadlock, or a transaction that another one overtook.
      const passes = explainDatabaseFault(error) !== undefined || code?.startsWith('40');
      if (!passes || performance.now() > until) throw error;
      await sleep(retryDelays[Math.min(tries, retryDelays.length - 1)], undefined, { ref: false });
    }
  }
}

function databaseCode(error: unknown): string | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    const code = (current as NodeJS.ErrnoException).code;
    if (code !== undefined) return code;
  }
  return undefined;
}
