import { boolean, index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { moment } from './moment.ts';
import { sql } from 'drizzle-orm';
import { users } from './auth.ts';

export const groups = pgTable(
  'groups',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    name: text('name').notNull(),
    description: text('description'),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [uniqueIndex('groups_name_unique').on(sql`lower(${table.name})`)],
);

export const groupMembers = pgTable(
  'group_members',
  {
    groupId: uuid('group_id')
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.groupId, table.userId] }), index('group_members_user').on(table.userId)],
);

/** Invites and password resets: a token in a link, of which only the SHA-256 is stored. */
export const invites = pgTable('invites', {
  id: uuid('id').primaryKey().defaultRandom(),
  type: text('type', { enum: ['invite', 'reset'] }).notNull(),
  tokenHash: text('token_hash').notNull().unique(),
  email: text('email'),
  /** What the claim page suggests. */
  name: text('name'),
  role: text('role', { enum: ['admin', 'member'] }).notNull(),
  /** Whose password a reset sets. */
  userId: uuid('user_id').references(() => users.id, { onDelete: 'cascade' }),
  createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
  createdAt: moment('created_at').notNull().defaultNow(),
  expiresAt: moment('expires_at').notNull(),
  claimedAt: moment('claimed_at'),
  claimedBy: uuid('claimed_by').references(() => users.id, { onDelete: 'set null' }),
});

export const inviteGroups = pgTable(
  'invite_groups',
  {
    inviteId: uuid('invite_id')
      .notNull()
      .references(() => invites.id, { onDelete: 'cascade' }),
    groupId: uuid('group_id')
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.inviteId, table.groupId] })],
);

export const settings = pgTable('settings', {
  key: text('key').primaryKey(),
  /** Plain text, or AES-256-GCM as `platform/encryption.ts` writes it. */
  value: text('value').notNull(),
  encrypted: boolean('encrypted').notNull().default(false),
  updatedAt: moment('updated_at').notNull().defaultNow(),
});
