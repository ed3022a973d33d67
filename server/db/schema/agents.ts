import {
  boolean,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { moment } from './moment.ts';
import type { AgentIcon } from '../../../contract/agent-icon.ts';
import type { PluginConfig } from '../../../contract/agents.ts';
import { type ModelSettings, reasoningEfforts } from '../../../contract/model-settings.ts';
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
    /** Null: drawn from the id. */
    icon: jsonb('icon').$type<AgentIcon>(),
    description: text('description'),
    /** Who answers for it; an owner has a personal agent. */
    responsibleUserId: uuid('responsible_user_id').references(() => users.id, { onDelete: 'set null' }),
    /** A date such as 2026-12-31. */
    reviewAt: date('review_at', { mode: 'string' }),
    /** Answers when the model does not: `<provider>/<model id>`. */
    fallbackModel: text('fallback_model'),
    reasoningEffort: text('reasoning_effort', { enum: reasoningEfforts }),
    temperature: doublePrecision('temperature'),
    maxOutputTokens: integer('max_output_tokens'),
    /** An admin stopped it: it answers nobody and does nothing. */
    stopped: boolean('stopped').notNull().default(false),
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

/** What an agent was after each change. */
export interface AgentState extends ModelSettings {
  name: string;
  tagline: string | null;
  greetingMessage: string | null;
  description: string | null;
  responsibleUserId: string | null;
  reviewAt: string | null;
  starters: string[];
  icon: AgentIcon | null;
  model: string | null;
  fallbackModel: string | null;
  personality: string;
  instructions: string;
  allowedTools: string[];
  pluginConfig: PluginConfig;
  visibility: 'all' | 'restricted';
  groupIds: string[];
  /** What it may do in connected systems. */
  connections: AgentStateConnection[];
}

export interface AgentStateConnection {
  connectionId: string;
  accessLevel: string;
  models: string[];
  permissions: unknown[];
}

export const agentVersions = pgTable(
  'agent_versions',
  {
    agentId: uuid('agent_id')
      .notNull()
      .references(() => agents.id, { onDelete: 'cascade' }),
    /** 1, 2, 3, … */
    number: integer('number').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    /** Null where Pinchy itself changed it. */
    authorId: uuid('author_id'),
    restoredFrom: integer('restored_from'),
    state: jsonb('state').$type<AgentState>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.agentId, table.number] })],
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
