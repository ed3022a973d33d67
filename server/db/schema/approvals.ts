import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { Proposal } from '../../../contract/proposals.ts';
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
    /** What the person is shown of what it would do; null for tools that have nothing to look up. */
    proposal: jsonb('proposal').$type<Proposal>(),
    /** The same in one sentence. */
    summary: text('summary'),
    /** Of all that it rests on, as it was when it was asked for: made only while that is so. */
    fingerprint: text('fingerprint'),
    /** Whether the person may allow its like for the rest of the conversation; asked again when they do. */
    mayAllowAlways: boolean('may_allow_always').notNull().default(false),
    state: text('state', { enum: ['pending', 'approved', 'denied', 'expired', 'cancelled', 'executed'] })
      .notNull()
      .default('pending'),
    expiresAt: moment('expires_at').notNull(),
    /** When the person was told on Telegram, of a call in a conversation that no chat there shows. */
    toldAt: moment('told_at'),
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
    index('approvals_waiting')
      .on(table.userId)
      .where(sql`${table.state} = 'pending'`),
  ],
);

/** What a person always allows in one conversation, where the admin permits it. Counts on the branch that it was given on. */
export const allowances = pgTable(
  'allowances',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    branch: integer('branch').notNull(),
    agentId: uuid('agent_id').notNull(),
    userId: uuid('user_id').notNull(),
    toolId: text('tool_id').notNull(),
    /** Which calls of the tool: connection, model and action of the one that was approved. */
    scope: text('scope').notNull(),
    /** Of the call that was approved, for its words. */
    proposal: jsonb('proposal').$type<Proposal>(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [uniqueIndex('allowances_unique').on(table.conversationId, table.toolId, table.scope)],
);
