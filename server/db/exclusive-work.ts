import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';

/** Runs works of one name one after the other, across all processes on the database. Rejects when the signal aborts first. */
export type ExclusiveWork = <Result>(name: string, work: () => Promise<Result>, signal: AbortSignal) => Promise<Result>;

const lookMs = 100;

export function createExclusiveWork(pool: Pool): ExclusiveWork {
  /** Within this process nobody asks the database before it is their turn, so that one connection is enough for each name. */
  const tails = new Map<string, Promise<unknown>>();

  return async (name, work, signal) => {
    const previous = tails.get(name) ?? Promise.resolve();
    const running = previous.then(() => underLock(name, work, signal));
    const tail = running.catch(() => {});
    tails.set(name, tail);
    try {
      return await running;
    } finally {
      if (tails.get(name) === tail) tails.delete(name);
    }
  };

  async function underLock<Result>(name: string, work: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
    signal.throwIfAborted();
    const client = await pool.connect();
    let isLocked = false;
    try {
      while (!(isLocked = await tryLock(client, name))) await sleep(lookMs, undefined, { signal });
      return await work();
    } finally {
      const unlocked = isLocked ? await unlock(client, name) : true;
      // A connection that still holds the lock must not go back; ending it gives the lock free.
      client.release(!unlocked);
    }
  }
}

/** A lock of the session, not of a transaction: the work may take longer than a transaction may stay open. */
async function tryLock(client: PoolClient, name: string): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(
    'select pg_try_advisory_lock(hashtextextended($1, 0)) as taken',
    [name],
  );
  return rows[0]?.taken === true;
}

async function unlock(client: PoolClient, name: string): Promise<boolean> {
  try {
    await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [name]);
    return true;
  } catch {
    return false;
  }
}
