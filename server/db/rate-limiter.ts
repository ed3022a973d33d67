import { createHmac } from 'node:crypto';
import { lt } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import type { Pool } from 'pg';
import type { WritableDatabase } from './client.ts';
import { rateLimits } from './schema/index.ts';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';

export interface RateLimiter {
  /** Counts one. Returns the seconds to wait when the limit is passed, else undefined. */
  consume(key: string): Promise<number | undefined>;
  /** Gives one back. */
  giveBack(key: string): Promise<void>;
  forget(key: string): Promise<void>;
}

export interface RateLimiterOptions {
  name: string;
  points: number;
  seconds: number;
  /** Hashes keys, which may hold addresses and names. */
  secret: string;
  pool: Pool;
  /** Counts in memory while this is false; undefined: always in the database. */
  isShared?: () => boolean;
}

/** What the clocks of replicas may differ by. */
const maxSkewMs = 60_000;

/** Counts in PostgreSQL, so that several replicas share one limit; in memory while the database does not answer. */
export function createRateLimiter(options: RateLimiterOptions): RateLimiter {
  const { name, points, seconds, secret, pool, isShared = () => true } = options;
  const memory = new RateLimiterMemory({ keyPrefix: name, points, duration: seconds });
  const database = new RateLimiterPostgres({
    storeClient: pool,
    storeType: 'pool',
    tableName: 'rate_limits',
    tableCreated: true,
    // The timer of each limiter would outlive the server and keep all of it; a job sweeps the table.
    clearExpiredByTimeout: false,
    keyPrefix: name,
    points,
    duration: seconds,
    insuranceLimiter: memory,
    // A key over its limit is answered from memory: a flood costs no queries.
    inMemoryBlockOnConsumed: points + 1,
  });
  const limiter = () => (isShared() ? database : memory);
  const hashes = new LRUCache<string, string>({
    max: 10_000,
    memoMethod: (key) => createHmac('sha256', secret).update(key).digest('base64url'),
  });
  const hashed = (key: string) => hashes.memo(key);

  async function consumeOnce(key: string): Promise<{ result: RateLimiterRes; isRefused: boolean }> {
    try {
      return { result: await limiter().consume(key), isRefused: false };
    } catch (rejection) {
      if (!(rejection instanceof RateLimiterRes)) throw rejection;
      return { result: rejection, isRefused: true };
    }
  }

  const isOfAnotherClock = ({ result }: { result: RateLimiterRes }) =>
    result.msBeforeNext > seconds * 1_000 + maxSkewMs;

  return {
    async consume(key) {
      const before = await consumeOnce(hashed(key));
      if (!isOfAnotherClock(before)) return waitOf(before);
      // The clock was ahead when this window began and was set back: it would last for hours.
      await limiter().delete(hashed(key));
      return waitOf(await consumeOnce(hashed(key)));
    },
    giveBack: async (key) => void (await limiter().reward(hashed(key))),
    forget: async (key) => void (await limiter().delete(hashed(key))),
  };
}

/** Seconds; undefined when it was not refused. */
function waitOf({ result, isRefused }: { result: RateLimiterRes; isRefused: boolean }): number | undefined {
  return isRefused ? Math.max(1, Math.ceil(result.msBeforeNext / 1_000)) : undefined;
}

/** Counts whose time was over at a moment, in milliseconds since 1970. */
export async function deleteExpiredCounts(db: WritableDatabase, before: number): Promise<void> {
  await db.delete(rateLimits).where(lt(rateLimits.expire, before));
}
