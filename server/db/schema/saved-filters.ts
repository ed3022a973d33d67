import { sql } from 'drizzle-orm';
import { boolean, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { AuditCriteria } from '../../../contract/saved-filters.ts';
import { users } from './auth.ts';
import { moment } from './moment.ts';

/** Filters of the audit trail that people gave a name. */
export const savedFilters = pgTable(
  'saved_filters',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    filter: jsonb('filter').$type<AuditCriteria>().notNull(),
    shared: boolean('shared').notNull().default(false),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('saved_filters_owner_name').on(table.ownerId, sql`lower(${table.name})`),
    index('saved_filters_shared')
      .on(table.ownerId)
      .where(sql`${table.shared}`),
  ],
);
