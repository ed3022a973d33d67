import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { conversations } from './conversations.ts';
import { moment } from './moment.ts';

/**
 * Tool calls that a person is asked about before they happen. A row moves on by one guarded update at a time:
 * `pending` → `approved`, `denied`, `expired` or `cancelled`; `approved` → `executed` before the tool runs, so that it
 * runs once whatever dies when, or `cancelled`.
 */
export const approvals = pgTable(
  'approvals',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    runId: uuid('run_id').notNull(),
    agentId: uuid('agent_id').notNull(),
    userId: uuid('user_id').notNull(),
    toolCallId: text('tool_call_id').notNull(),
    toolId: text('tool_id').notNull(),
    /** What the tool is given if it is approved: the validated input, and nothing else. */
    input: jsonb('input').$type<unknown>().notNull(),
    state: text('state', { enum: ['pending', 'approved', 'denied', 'expired', 'cancelled', 'executed'] })
      .notNull()
      .default('pending'),
    expiresAt: moment('expires_at').notNull(),
    decidedBy: uuid('decided_by'),
    decidedAt: moment('decided_at'),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    index('approvals_run').on(table.runId),
    index('approvals_conversation').on(table.conversationId),
    index('approvals_pending')
      .on(table.expiresAt)
      .where(sql`${table.state} = 'pending'`),
  ],
);
