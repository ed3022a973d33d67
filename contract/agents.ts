import * as z from 'zod';
import { iconColors, iconSymbols } from './agent-icon.ts';
import { dateTimeSchema, idParams, idSchema, nameSchema, queryInteger, successSchema } from './common.ts';
import { endpoint } from './endpoint.ts';
import { modelPermissionSchema } from './integrations.ts';
import { maxStarters } from './limits.ts';
import { modelReferenceSchema, modelSettingsFields } from './model-settings.ts';
import { routes } from './routes.ts';

const text = (maximum: number) =>
  z
    .string()
    .max(maximum, `At most ${maximum.toLocaleString('en')} characters.`)
    .refine((value) => !value.includes('\0'), 'Text must not contain NUL characters.');

export const visibilitySchema = z.enum(['all', 'restricted']);

/** A domain with all of its subdomains, such as `example.com`. */
const domainSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(
    /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
    'Enter a domain such as example.com, without https:// or paths.',
  );

/**
 * A host of a private network as the address bar shows it: a name without its subdomains, or an IP address. What it must
 * not be, such as this machine, is checked when it is dialled.
 */
const hostSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .refine(
    (host) =>
      !/\*|\.$/.test(host) &&
      (URL.parse(`http://${host}/`)?.hostname === host || URL.parse(`http://[${host}]/`)?.hostname === `[${host}]`),
    'Enter a host such as wiki.example.internal or 10.0.0.7, without http://, port or path.',
  );

const pluginConfigFields = z.strictObject({
  allowed_paths: z
    .array(z.string().min(1).max(1_000))
    .max(200)
    .optional()
    .meta({ description: 'Directories under /data that the agent may read' }),
  web_allowed_domains: z.array(domainSchema).max(200).optional().meta({
    description: 'If not empty, the only domains, with their subdomains, that the agent may read on the web',
  }),
  web_denied_domains: z
    .array(domainSchema)
    .max(200)
    .optional()
    .meta({ description: 'Domains, with their subdomains, that the agent may not read on the web' }),
  web_private_hosts: z.array(hostSchema).max(200).optional().meta({
    description:
      'The only hosts of private networks that the agent may read on the web, where ALLOW_PRIVATE_URLS allows any; never this machine',
  }),
  ask_first: z.array(z.string().min(1).max(100)).max(200).optional().meta({
    description:
      'Tools of which each call waits for the approval of the person in the chat; missing: all powerful tools',
  }),
  allow_always: z.array(z.string().min(1).max(100)).max(200).optional().meta({
    description: 'Tools of which a person may allow calls for the rest of a conversation; missing: none',
  }),
});
export const pluginConfigSchema = pluginConfigFields.meta({ id: 'PluginConfig' });
export type PluginConfig = z.infer<typeof pluginConfigSchema>;

const { allowed_paths, web_allowed_domains, web_denied_domains, web_private_hosts, ask_first, allow_always } =
  pluginConfigFields.shape;
/** A change of it: keys that are not named stay as they are, null removes one. */
export const pluginConfigChangesSchema = z
  .strictObject({
    allowed_paths: allowed_paths.nullable(),
    web_allowed_domains: web_allowed_domains.nullable(),
    web_denied_domains: web_denied_domains.nullable(),
    web_private_hosts: web_private_hosts.nullable(),
    ask_first: ask_first.nullable(),
    allow_always: allow_always.nullable(),
  })
  .meta({ id: 'PluginConfigChanges', description: 'Keys that are not named stay as they are; null removes one' });
export type PluginConfigChanges = z.infer<typeof pluginConfigChangesSchema>;

const isEmoji = (value: string) => /^\p{RGI_Emoji}$/v.test(value);
export const iconSchema = z
  .union([
    z.strictObject({ emoji: z.string().max(32).refine(isEmoji, 'Choose a single emoji.') }),
    z.strictObject({ symbol: z.enum(iconSymbols), color: z.enum(iconColors) }),
  ])
  .meta({ id: 'AgentIcon' });

export const abilitiesSchema = z.object({ edit: z.boolean(), delete: z.boolean(), setPermissions: z.boolean() });

export const agentSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    model: z.string().nullable().meta({ description: '`<provider>/<model id>`, null until a provider is configured' }),
    templateId: z.string(),
    allowedTools: z.array(z.string()),
    pluginConfig: z.looseObject({
      allowed_paths: z.array(z.string()).optional(),
      web_private_hosts: z.array(z.string()).optional(),
      ask_first: z.array(z.string()).optional(),
      allow_always: z.array(z.string()).optional(),
    }),
    isPersonal: z.boolean(),
    ownerId: idSchema.nullable(),
    visibility: visibilitySchema,
    groupIds: z.array(idSchema),
    tagline: z.string().nullable(),
    greetingMessage: z.string().nullable(),
    starters: z.array(z.string()).meta({ description: 'What people may begin a conversation with, by one press' }),
    description: z.string().nullable().meta({ description: 'What it is for' }),
    responsibleUserId: idSchema.nullable().meta({ description: 'Who answers for it' }),
    responsibleUserName: z.string().nullable(),
    reviewAt: z.iso.date().nullable().meta({ description: 'When it is to be looked at again' }),
    icon: iconSchema.nullable().meta({ description: 'Null: drawn from its id' }),
    ...modelSettingsFields,
    stopped: z.boolean().meta({ description: 'An admin has stopped it: it answers nobody and does nothing' }),
    createdAt: dateTimeSchema,
    updatedAt: dateTimeSchema,
    abilities: abilitiesSchema,
  })
  .meta({ id: 'Agent' });
export type Agent = z.infer<typeof agentSchema>;

const allowedToolsSchema = z.array(z.string().min(1).max(100)).max(200);
const taglineSchema = text(200).nullable();
const descriptionSchema = text(2_000).nullable();
const greetingSchema = text(2_000).nullable();
const startersSchema = z
  .array(text(200).pipe(z.string().trim().min(1, 'A starter needs words.')))
  .max(maxStarters, `At most ${maxStarters} starters.`);

/** A database knows no year 0. */
const reviewDateSchema = z.iso.date().refine((date) => date >= '2000', 'Give a date after 1999.');

const aboutFields = {
  description: descriptionSchema.optional(),
  responsibleUserId: idSchema.nullable().optional(),
  reviewAt: reviewDateSchema.nullable().optional(),
};

const modelSettings = z.object(modelSettingsFields).partial().shape;

export const createAgentBody = z
  .strictObject({
    name: nameSchema,
    templateId: z.string().min(1).max(100),
    tagline: taglineSchema.optional(),
    ...aboutFields,
    greetingMessage: greetingSchema.optional().meta({ description: 'Of the template unless given' }),
    icon: iconSchema.nullable().optional(),
    model: modelReferenceSchema.optional(),
    ...modelSettings,
    pluginConfig: pluginConfigSchema.optional(),
    allowedTools: allowedToolsSchema.optional(),
    connectionId: idSchema.optional(),
  })
  .meta({ id: 'CreateAgentBody' });
export type CreateAgentBody = z.infer<typeof createAgentBody>;

export const updateAgentBody = z
  .strictObject({
    name: nameSchema.optional(),
    model: modelReferenceSchema.optional(),
    ...modelSettings,
    tagline: taglineSchema.optional(),
    greetingMessage: greetingSchema.optional(),
    starters: startersSchema.optional(),
    icon: iconSchema.nullable().optional(),
    ...aboutFields,
    allowedTools: allowedToolsSchema.optional(),
    pluginConfig: pluginConfigChangesSchema.optional(),
    visibility: visibilitySchema.optional(),
    groupIds: z.array(idSchema).max(200).optional(),
  })
  .refine((body) => Object.keys(body).length > 0, 'Name at least one field to change.')
  .meta({ id: 'UpdateAgentBody' });
export type UpdateAgentBody = z.infer<typeof updateAgentBody>;

export const agentFileNames = ['SOUL.md', 'AGENTS.md'] as const;
export const agentFileParams = z.object({ id: idSchema, name: z.enum(agentFileNames) });
export const agentFileContent = z
  .string()
  .refine((content) => new TextEncoder().encode(content).length <= 65_536, 'The file holds at most 64 KiB.')
  .refine((content) => !content.includes('\0'), 'Text must not contain NUL characters.');

/** What kinds of work templates are for, in the order that they are shown. */
export const departments = ['general', 'sales', 'stock', 'finance', 'people'] as const;

export const templateSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    allowedTools: z.array(z.string()),
    integration: z.string().nullable(),
    needsDirectory: z.boolean(),
    suggestedTagline: z.string().nullable(),
    greetingMessage: z.string(),
    department: z.enum(departments),
    permissions: z
      .object({ needed: z.array(modelPermissionSchema), wanted: z.array(modelPermissionSchema) })
      .nullable()
      .meta({ description: 'What it gets in the connection it is made for: `wanted` where the connection has it' }),
  })
  .meta({ id: 'Template' });
export type Template = z.infer<typeof templateSchema>;

export const toolSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    description: z.string(),
    category: z.enum(['safe', 'powerful']),
    integration: z.string().nullable(),
    destructive: z.boolean().meta({ description: 'What it does cannot be taken back' }),
  })
  .meta({ id: 'Tool' });
export type ToolDescription = z.infer<typeof toolSchema>;

/** When an agent was last used, and what it cost. */
export const agentUseSchema = z
  .object({
    agentId: idSchema,
    lastUsedAt: dateTimeSchema
      .nullable()
      .meta({ description: 'By anybody for admins, by the person who asks for everybody else' }),
    cost: z
      .string()
      .nullable()
      .meta({ description: 'US dollars of the last 30 days, for admins; null where no price is known' }),
  })
  .meta({ id: 'AgentUse' });
export type AgentUse = z.infer<typeof agentUseSchema>;

/** A shared agent's state that versions keep. */
export const agentVersionSchema = z
  .object({
    number: z.int(),
    createdAt: dateTimeSchema,
    authorId: idSchema.nullable().meta({ description: 'Null where Pinchy itself changed it' }),
    authorName: z.string().nullable(),
    restoredFrom: z.int().nullable(),
    changes: z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() })).meta({
      description: 'What differs from the version before, by field; `personality` and `instructions` as whole texts',
    }),
    names: z.record(z.string(), z.string()).meta({ description: 'Of groups, people and connections in it, by id' }),
  })
  .meta({ id: 'AgentVersion' });
export type AgentVersion = z.infer<typeof agentVersionSchema>;

export const agentEndpoints = {
  listAgents: endpoint({
    ...routes.listAgents,
    tag: 'Agents',
    summary: 'Agents visible to the caller',
    answer: z.array(agentSchema),
  }),
  createAgent: endpoint({
    ...routes.createAgent,
    tag: 'Agents',
    summary: 'Create an agent from a template',
    body: createAgentBody,
    answer: agentSchema,
    status: 201,
  }),
  getAgent: endpoint({
    ...routes.getAgent,
    tag: 'Agents',
    summary: 'A single agent',
    params: idParams,
    answer: agentSchema,
  }),
  updateAgent: endpoint({
    ...routes.updateAgent,
    tag: 'Agents',
    errors: ['forbidden', 'licence_required'],
    summary: 'Change an agent; permissions are for admins, owners may change their personal agent',
    params: idParams,
    body: updateAgentBody,
    answer: agentSchema,
  }),
  deleteAgent: endpoint({
    ...routes.deleteAgent,
    tag: 'Agents',
    summary: 'Delete a shared agent',
    params: idParams,
    answer: successSchema,
  }),
  getAgentFile: endpoint({
    ...routes.getAgentFile,
    tag: 'Agents',
    summary: 'Personality (SOUL.md) or instructions (AGENTS.md)',
    params: agentFileParams,
    answer: z.object({ content: z.string() }),
  }),
  putAgentFile: endpoint({
    ...routes.putAgentFile,
    tag: 'Agents',
    errors: ['forbidden'],
    summary: 'Replace personality or instructions; for whoever may edit the agent',
    params: agentFileParams,
    body: z.strictObject({ content: agentFileContent }),
    answer: z.object({ content: z.string() }),
  }),
  listAgentVersions: endpoint({
    ...routes.listAgentVersions,
    tag: 'Agents',
    errors: ['forbidden'],
    summary: 'Versions of an agent, newest first, for whoever may edit it',
    params: idParams,
    query: z.strictObject({
      page: queryInteger(1, 1_000_000).default(1),
      limit: queryInteger(1, 50).default(20),
    }),
    answer: z.object({ versions: z.array(agentVersionSchema), total: z.int() }),
  }),
  restoreAgentVersion: endpoint({
    ...routes.restoreAgentVersion,
    tag: 'Agents',
    errors: ['forbidden', 'licence_required', 'conflict'],
    summary: 'Make an agent what it was in an earlier version, as a new version',
    params: z.object({ id: idSchema, number: queryInteger(1, 2_147_483_647) }),
    answer: agentSchema,
  }),
  stopAgent: endpoint({
    ...routes.stopAgent,
    tag: 'Agents',
    summary: 'Stop an agent at once: running answers end, nothing new begins, no tool is called',
    params: idParams,
    answer: agentSchema,
  }),
  resumeAgent: endpoint({
    ...routes.resumeAgent,
    tag: 'Agents',
    summary: 'Let a stopped agent go on',
    params: idParams,
    answer: agentSchema,
  }),
  stopAllAgents: endpoint({
    ...routes.stopAllAgents,
    tag: 'Agents',
    summary: 'Stop every agent at once, personal ones too',
    answer: z.object({ agents: z.int().meta({ description: 'How many were not stopped before' }) }),
  }),
  resumeAllAgents: endpoint({
    ...routes.resumeAllAgents,
    tag: 'Agents',
    summary: 'Let every stopped agent go on',
    answer: z.object({ agents: z.int() }),
  }),
  duplicateAgent: endpoint({
    ...routes.duplicateAgent,
    tag: 'Agents',
    errors: ['licence_required'],
    summary: 'A new agent with the settings, permissions and instructions of another, without its conversations',
    params: idParams,
    body: z.strictObject({ name: nameSchema }),
    answer: agentSchema,
    status: 201,
  }),
  listAgentUse: endpoint({
    ...routes.listAgentUse,
    tag: 'Agents',
    summary: 'When the agents visible to the caller were last used; for admins with cost',
    answer: z.object({ agents: z.array(agentUseSchema) }),
  }),
  listTemplates: endpoint({
    ...routes.listTemplates,
    tag: 'Agents',
    summary: 'Agent templates',
    answer: z.object({ templates: z.array(templateSchema) }),
  }),
  listTools: endpoint({
    ...routes.listTools,
    tag: 'Agents',
    summary: 'Tools that can be granted',
    answer: z.object({ tools: z.array(toolSchema) }),
  }),
  listDataDirectories: endpoint({
    ...routes.listDataDirectories,
    tag: 'Agents',
    errors: ['not_found'],
    summary: 'Directories under /data that agents can be given, or those in one of them',
    query: z.strictObject({
      path: z.string().min(1).max(1_000).optional().meta({ description: 'A directory such as `/data/hr-policies`' }),
    }),
    answer: z.object({ directories: z.array(z.object({ path: z.string(), name: z.string() })) }),
  }),
};
