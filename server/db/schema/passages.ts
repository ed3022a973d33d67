import { sql } from 'drizzle-orm';
import { index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { conversations } from './conversations.ts';
import { moment } from './moment.ts';

/** What tools gave an agent to read in a conversation, by the number under which it may be cited there. */
export const conversationPassages = pgTable(
  'conversation_passages',
  {
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    number: integer('number').notNull(),
    /** The run and the call that returned it first. */
    runId: uuid('run_id').notNull(),
    /** Runs on other branches of the conversation that returned it too. */
    laterRunIds: uuid('later_run_ids')
      .array()
      .notNull()
      .default(sql`'{}'::uuid[]`),
    toolCallId: text('tool_call_id').notNull(),
    /** As the agent's tools know it, or the address of a web page. */
    path: text('path').notNull(),
    place: text('place').notNull(),
    text: text('text').notNull(),
    /** Of path, place and text: the same passage keeps its number. */
    digest: text('digest').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.conversationId, table.number] }),
    uniqueIndex('conversation_passages_digest').on(table.conversationId, table.digest),
    index('conversation_passages_path').on(table.conversationId, table.path),
  ],
);
