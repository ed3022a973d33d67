import { bigint, pgTable, uuid } from 'drizzle-orm/pg-core';
import { users } from './auth.ts';
import { conversations } from './conversations.ts';

// Kept by triggers on `messages` and `uploads` (migration 0011): read them, never write them.

/** Bytes of what was said in a conversation and of what tools answered in it; an answer counts once it has ended. */
export const conversationSizes = pgTable('conversation_sizes', {
  conversationId: uuid('conversation_id')
    .primaryKey()
    .references(() => conversations.id, { onDelete: 'cascade' }),
  userId: uuid('user_id').notNull(),
  bytes: bigint('bytes', { mode: 'number' }).notNull(),
});

/** What one person's conversations and files take altogether; no row for somebody who has neither. */
export const personalStorage = pgTable('personal_storage', {
  userId: uuid('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  textBytes: bigint('text_bytes', { mode: 'number' }).notNull().default(0),
  fileBytes: bigint('file_bytes', { mode: 'number' }).notNull().default(0),
});
