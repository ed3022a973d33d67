import { createHmac } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Pool } from 'pg';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';

export interface RateLimiter {
  /** Counts one. Returns the seconds to wait when the limit is passed, else undefined. */
  take(key: string): Promise<number | undefined>;
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

/** Counts in PostgreSQL, so that several replicas share one limit; in memory while the database does not answer. */
export function createRateLimiter(options: RateLimiterOptions): RateLimiter {
  const { name, points, seconds, secret, pool, isShared = () => true } = options;
  const memory = new RateLimiterMemory({ keyPrefix: name, points, duration: seconds });
  const database = new RateLimiterPostgres({
    storeClient: pool,
    storeType: 'pool',
    tableName: 'rate_limits',
    tableCreated: true,
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

  return {
    async take(key) {
      try {
        await limiter().consume(hashed(key));
        return undefined;
      } catch (rejection) {
        if (!(rejection instanceof RateLimiterRes)) throw rejection;
        return Math.max(1, Math.ceil(rejection.msBeforeNext / 1_000));
      }
    },
    giveBack: async (key) => void (await limiter().reward(hashed(key))),
    forget: async (key) => void (await limiter().delete(hashed(key))),
  };
}
