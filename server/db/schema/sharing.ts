import { index, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { moment } from './moment.ts';
import { users } from './auth.ts';
import { conversations } from './conversations.ts';
import { groups } from './people.ts';

/** A conversation that others may read. Deleted when it is revoked: a link is never valid again. */
export const conversationShares = pgTable('conversation_shares', {
  id: uuid('id').primaryKey().defaultRandom(),
  conversationId: uuid('conversation_id')
    .notNull()
    .unique()
    .references(() => conversations.id, { onDelete: 'cascade' }),
  /** What is shown, in its order: what was shown to the owner at that moment, and nothing that was said since. */
  messageIds: uuid('message_ids').array().notNull(),
  sharedAt: moment('shared_at').notNull().defaultNow(),
});

export const shareUsers = pgTable(
  'share_users',
  {
    shareId: uuid('share_id')
      .notNull()
      .references(() => conversationShares.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.shareId, table.userId] }), index('share_users_user').on(table.userId)],
);

export const shareGroups = pgTable(
  'share_groups',
  {
    shareId: uuid('share_id')
      .notNull()
      .references(() => conversationShares.id, { onDelete: 'cascade' }),
    groupId: uuid('group_id')
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.shareId, table.groupId] }), index('share_groups_group').on(table.groupId)],
);
