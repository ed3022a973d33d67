import { bigint, index, numeric, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from './moment.ts';

/** Tokens of one step. Input excludes what was read from or written to the provider's cache. */
export const usageRecords = pgTable(
  'usage_records',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    createdAt: moment('created_at').notNull().defaultNow(),
    agentId: uuid('agent_id').notNull(),
    userId: uuid('user_id').notNull(),
    conversationId: uuid('conversation_id'),
    runId: uuid('run_id'),
    source: text('source', { enum: ['chat', 'system', 'plugin'] }).notNull(),
    model: text('model').notNull(),
    inputTokens: bigint('input_tokens', { mode: 'number' }).notNull(),
    outputTokens: bigint('output_tokens', { mode: 'number' }).notNull(),
    cacheReadTokens: bigint('cache_read_tokens', { mode: 'number' }).notNull(),
    cacheWriteTokens: bigint('cache_write_tokens', { mode: 'number' }).notNull(),
    /** US dollars; null when no price is known. */
    cost: numeric('cost', { precision: 40, scale: 10 }),
  },
  (table) => [
    index('usage_records_created').on(table.createdAt),
    index('usage_records_agent').on(table.agentId, table.createdAt),
  ],
);

/** What records come to. Token sums may be larger than any integer, since providers are not to be trusted with figures. */
const rollupColumns = () => ({
  records: bigint('records', { mode: 'number' }).notNull(),
  /** Records with a cost. */
  priced: bigint('priced', { mode: 'number' }).notNull(),
  inputTokens: numeric('input_tokens').notNull(),
  outputTokens: numeric('output_tokens').notNull(),
  cacheReadTokens: numeric('cache_read_tokens').notNull(),
  cacheWriteTokens: numeric('cache_write_tokens').notNull(),
  /** Null where no record has one. */
  cost: numeric('cost'),
});

/** `usage_records` by hour of UTC. Kept by triggers: nothing else writes here. */
export const usageHours = pgTable(
  'usage_hours',
  {
    hour: moment('hour').notNull(),
    agentId: uuid('agent_id').notNull(),
    source: text('source', { enum: ['chat', 'system', 'plugin'] }).notNull(),
    ...rollupColumns(),
  },
  (table) => [primaryKey({ name: 'usage_hours_pk', columns: [table.hour, table.agentId, table.source] })],
);

/** `usage_records` by day of UTC. Kept by triggers: nothing else writes here. */
export const usageDays = pgTable(
  'usage_days',
  {
    day: moment('day').notNull(),
    agentId: uuid('agent_id').notNull(),
    userId: uuid('user_id').notNull(),
    ...rollupColumns(),
  },
  (table) => [primaryKey({ name: 'usage_days_pk', columns: [table.day, table.agentId, table.userId] })],
);

/** `usage_records` by day of UTC and model. Kept by triggers: nothing else writes here. */
export const usageModelDays = pgTable(
  'usage_model_days',
  {
    day: moment('day').notNull(),
    agentId: uuid('agent_id').notNull(),
    model: text('model').notNull(),
    ...rollupColumns(),
  },
  (table) => [primaryKey({ name: 'usage_model_days_pk', columns: [table.day, table.agentId, table.model] })],
);
