import { bigint, integer, pgTable, text } from 'drizzle-orm/pg-core';

/** Counters shared by all replicas; the columns are those of `rate-limiter-flexible`. Keys are hashed. */
export const rateLimits = pgTable('rate_limits', {
  key: text('key').primaryKey(),
  points: integer('points').notNull().default(0),
  /** Milliseconds since 1970. */
  expire: bigint('expire', { mode: 'number' }),
});
