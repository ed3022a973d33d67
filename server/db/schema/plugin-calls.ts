import { index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { runs } from './conversations.ts';
import { moment } from './moment.ts';

/**
 * Tool calls that a gateway's plugin asked for, so that each is made once, whichever process is asked how often. Kept as
 * long as its run is open.
 */
export const pluginCalls = pgTable(
  'plugin_calls',
  {
    runId: uuid('run_id')
      .notNull()
      .references(() => runs.id, { onDelete: 'cascade' }),
    /** The gateway's run: one of Pinchy's has several if it waited for a person. */
    gatewayRunId: text('gateway_run_id').notNull(),
    toolCallId: text('tool_call_id').notNull(),
    /** The server process that makes the call. */
    replicaId: uuid('replica_id').notNull(),
    /** Null while the call is being made. */
    outcome: jsonb('outcome').$type<unknown>(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.gatewayRunId, table.toolCallId] }),
    index('plugin_calls_run').on(table.runId),
  ],
);
