import { setTimeout as sleep } from 'node:timers/promises';
import { RunLost } from './run-store.ts';

/** How often a write is tried again while the database is away, in milliseconds: about half a minute in all. */
const retryDelays = [50, 200, 500, 1_000, 2_000, 4_000, 8_000, 15_000];

/** Tries again while the database is away. @throws RunLost, or the last error */
export async function persistently<Result>(work: () => Promise<Result>): Promise<Result> {
  for (const delay of retryDelays) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof RunLost) throw error;
      // The conversation's row is gone, and everything below it.
      if (databaseCode(error) === '23503') throw new RunLost('The conversation was deleted.');
      if (!isConnectionFault(error)) throw error;
      await sleep(delay);
    }
  }
  return work();
}

function databaseCode(error: unknown): string | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    const code = (current as NodeJS.ErrnoException).code;
    if (code !== undefined) return code;
  }
  return undefined;
}

function isConnectionFault(error: unknown): boolean {
  const code = databaseCode(error);
  // Connection, shutdown and resource faults, deadlocks, a database that is closed for maintenance (55000); without a
  // code: the connection broke under the query.
  return code === undefined || /^(08|53|57P|40|55000)/.test(code) || /^E[A-Z]+$/.test(code);
}
