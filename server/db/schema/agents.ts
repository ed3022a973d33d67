import { boolean, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from './moment.ts';
import type { PluginConfig } from '../../../contract/agents.ts';
import { users } from './auth.ts';
import { groups } from './people.ts';

export const agents = pgTable(
  'agents',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    name: text('name').notNull(),
    /** `<provider>/<model id>`; null until a provider is configured. */
    model: text('model'),
    templateId: text('template_id').notNull(),
    allowedTools: text('allowed_tools').array().notNull(),
    pluginConfig: jsonb('plugin_config').$type<PluginConfig>().notNull(),
    isPersonal: boolean('is_personal').notNull().default(false),
    ownerId: uuid('owner_id').references(() => users.id, { onDelete: 'set null' }),
    visibility: text('visibility', { enum: ['all', 'restricted'] })
      .notNull()
      .default('all'),
    tagline: text('tagline'),
    greetingMessage: text('greeting_message'),
    /** What people may begin a conversation with. */
    starters: text('starters').array().notNull().default([]),
    /** SOUL.md */
    personality: text('personality').notNull().default(''),
    /** AGENTS.md */
    instructions: text('instructions').notNull().default(''),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
    /** Set once the agent is deleted: the row stays so that usage and audit can name it. */
    deletedAt: moment('deleted_at'),
  },
  (table) => [index('agents_owner').on(table.ownerId)],
);

export const agentGroups = pgTable(
  'agent_groups',
  {
    agentId: uuid('agent_id')
      .notNull()
      .references(() => agents.id, { onDelete: 'cascade' }),
    groupId: uuid('group_id')
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.agentId, table.groupId] }), index('agent_groups_group').on(table.groupId)],
);
