import { bigint, boolean, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { DiscoveredModel, ModelPermission } from '../../../contract/integrations.ts';
import { agents } from './agents.ts';
import { conversations } from './conversations.ts';
import { moment } from './moment.ts';

/** Connections to external systems. */
export const connections = pgTable('connections', {
  id: uuid('id').primaryKey().defaultRandom(),
  type: text('type', { enum: ['odoo', 'web-search'] }).notNull(),
  name: text('name').notNull(),
  description: text('description'),
  /** JSON, encrypted for `connection:<id>`. */
  credentials: text('credentials').notNull(),
  version: text('version'),
  /** What the last synchronisation found; null before the first. */
  models: jsonb('models').$type<DiscoveredModel[]>(),
  lastSyncAt: moment('last_sync_at'),
  createdAt: moment('created_at').notNull().defaultNow(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
});

/** What an agent may do through a connection; goes with either of them. */
export const agentConnections = pgTable(
  'agent_connections',
  {
    agentId: uuid('agent_id')
      .notNull()
      .references(() => agents.id, { onDelete: 'cascade' }),
    connectionId: uuid('connection_id')
      .notNull()
      .references(() => connections.id, { onDelete: 'cascade' }),
    enabled: boolean('enabled').notNull().default(false),
    accessLevel: text('access_level', { enum: ['read-only', 'read-write', 'full', 'custom'] })
      .notNull()
      .default('read-only'),
    models: text('models').array().notNull(),
    /** Counts for the access level `custom` only. */
    permissions: jsonb('permissions').$type<ModelPermission[]>().notNull(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.agentId, table.connectionId] }),
    index('agent_connections_connection').on(table.connectionId),
  ],
);

/** Records of Odoo that were read in a conversation: the only ones that may be deleted in it. */
export const odooSeenRecords = pgTable(
  'odoo_seen_records',
  {
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    connectionId: uuid('connection_id')
      .notNull()
      .references(() => connections.id, { onDelete: 'cascade' }),
    model: text('model').notNull(),
    recordId: bigint('record_id', { mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.conversationId, table.connectionId, table.model, table.recordId] }),
    index('odoo_seen_records_connection').on(table.connectionId),
  ],
);
