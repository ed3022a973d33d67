import * as z from 'zod';
import { budgetActions, budgetPeriods, budgetScopes, budgetUnits } from './budget-words.ts';
import { idSchema, roleSchema } from './common.ts';
import { impersonal, plainText, plainValue } from './impersonal.ts';

/** An e-mail address as the trail may know it: a keyed hash to compare by and a masked preview to recognise. */
export const emailReferenceSchema = z.object({ emailHash: z.string(), emailPreview: z.string() });

/** `{ field: { from, to } }` for each field that changed, of things whose settings are not about persons. */
const plainChanges = () => impersonal(z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() })));
const changesSchema = z.object({
  name: plainText().optional(),
  changes: plainChanges(),
});

/** A connection's settings may name a person's account. */
const connectionChanges = changesSchema.extend({
  changes: z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() })),
});

const userChanges = z.object({
  name: z.string(),
  changes: z
    .object({
      name: z.object({ from: z.string(), to: z.string() }),
      role: z.object({ from: roleSchema, to: roleSchema }),
    })
    .partial(),
});

const nothing = z.object({});
/** What tools say of their calls that names nobody. All else they say counts as personal: names of records, of files. */
const callDetail = {
  model: plainText().optional(),
  fields: plainValue().optional(),
  measures: plainValue().optional(),
  groupBy: plainValue().optional(),
  connection: plainText().optional(),
  connectionId: plainText().optional(),
  connections: plainValue().optional(),
  userId: plainText().optional(),
  toolCallId: plainText().optional(),
  approvalId: plainText().optional(),
  allowanceId: plainText().optional(),
};
const approvalDetail = z.looseObject({
  ...callDetail,
  tool: plainText(),
  agentId: idSchema,
  userId: idSchema,
  conversationId: idSchema,
  runId: idSchema,
  toolCallId: plainText(),
});
const allowanceDetail = z.object({ tool: plainText(), agentId: idSchema, userId: idSchema, conversationId: idSchema });
/** Whose question it was; entries of earlier versions name the agent alone. */
const runDetail = z.object({ agentId: idSchema, userId: idSchema.optional(), conversationId: idSchema.optional() });
const named = z.object({ name: plainText() });
const promptDetail = z.object({ name: z.string(), library: z.enum(['own', 'organisation']) });
const savedFilterDetail = z.object({ name: z.string(), shared: z.boolean() });
/** What is looked for may be about a person. */
const criteria = z.object({
  search: z.string().optional(),
  personId: idSchema.optional(),
  agentId: idSchema.optional(),
  topic: plainText().optional(),
  eventTypes: plainValue().optional(),
  status: plainText().optional(),
  period: plainText().optional(),
  from: plainText().optional(),
  to: plainText().optional(),
});
/** Whose it is may be a person. */
const budgetDetail = z.object({
  scope: z.enum(budgetScopes),
  scopeId: idSchema.nullable(),
  name: z.string().nullable(),
  unit: z.enum(budgetUnits),
  period: z.enum(budgetPeriods),
  amount: plainText(),
});
/** Of a model, which `name` is: US dollars a million tokens, as decimals. Null costs as input does. */
const priceDetail = z.object({ name: plainText(), validFrom: plainText() });
const priceAmounts = {
  inputPerMillion: plainText(),
  outputPerMillion: plainText(),
  cacheReadPerMillion: plainText().nullable(),
  cacheWritePerMillion: plainText().nullable(),
};
const namedPerson = z.object({ name: z.string() });

/**
 * Every event type of the audit trail with the schema of its `detail`. Code can only record what stands here, so a
 * missing or misspelt event does not compile. Details hold ids, names and differences; never secrets, conversation
 * text or a whole e-mail address (see `emailReferenceSchema`).
 *
 * What is personal is declared here too, by saying what is not: a text counts as personal, and is signed only as a
 * commitment, unless its schema is `impersonal`, a choice of fixed words, an id or a moment. So nobody can forget it.
 */
export const auditEvents = {
  'system.started': z.object({ version: plainText() }),
  'setup.completed': emailReferenceSchema.extend({ name: z.string() }),

  'auth.login': z.object({ ipAddress: z.string().optional() }),
  'auth.failed': emailReferenceSchema.extend({ reason: plainText(), ipAddress: z.string().optional() }),
  'auth.logout': nothing,

  'agent.created': z.object({
    name: plainText(),
    templateId: plainText(),
    model: plainText().nullable(),
    isPersonal: z.boolean(),
    /** The agent that it is a copy of. */
    copiedFrom: z.object({ id: idSchema, name: plainText() }).optional(),
  }),
  'agent.updated': changesSchema,
  /** An earlier version counts again; of texts it says which. */
  'agent.restored': changesSchema.extend({ version: z.int(), files: impersonal(z.array(z.string())) }),
  'agent.stopped': named,
  'agent.resumed': named,
  'agent.deleted': named,
  'agent.file_updated': z.object({ name: plainText(), file: plainText(), fromBytes: z.int(), toBytes: z.int() }),

  'user.invited': z.object({
    role: roleSchema,
    groupIds: z.array(plainText()).optional(),
    /** What the person who invites calls whom they invite. */
    name: z.string().optional(),
    ...emailReferenceSchema.partial().shape,
  }),
  'user.invite_revoked': z.object({ role: roleSchema, ...emailReferenceSchema.partial().shape }),
  'user.created': emailReferenceSchema.extend({ name: z.string(), role: roleSchema }),
  /** The licence of an invitation into groups had ended when it was claimed. */
  'user.groups_withheld': z.object({ groupIds: z.array(idSchema) }),
  'user.updated': userChanges,
  'user.deactivated': namedPerson,
  'user.reactivated': namedPerson,
  'user.reset_requested': namedPerson.extend({ passwordBlocked: z.boolean() }),
  'user.password_changed': z.object({ method: z.enum(['self', 'reset', 'shell']) }),
  'user.context_updated': z.object({ fromCharacters: z.int(), toCharacters: z.int(), by: z.enum(['self', 'agent']) }),

  'group.created': named,
  'group.updated': changesSchema,
  'group.deleted': named,
  'group.members_updated': z.object({ name: plainText(), added: z.array(idSchema), removed: z.array(idSchema) }),

  'settings.updated': z.object({ key: plainText(), encrypted: z.boolean() }),
  'settings.context_updated': z.object({ fromCharacters: z.int(), toCharacters: z.int() }),
  'settings.domain_updated': z.object({ from: plainText().nullable(), to: plainText().nullable() }),
  'settings.sharing_updated': z.object({ from: z.boolean(), to: z.boolean() }),
  'settings.conversations_updated': changesSchema,
  'settings.knowledge_updated': changesSchema,
  'settings.semantic_search_updated': z.object({ from: plainText().nullable(), to: plainText().nullable() }),
  'knowledge.reindexed': z.object({ path: plainText().nullable() }),
  /** A person searched with the rights of an agent: the documents of which passages were shown, never the words. */
  'knowledge.searched': z.object({ agentId: idSchema, passages: z.int(), paths: z.array(z.string()) }),
  /** A person opened a document that an answer cites, with the rights of the agent: its text, or the file itself. */
  'source.opened': z.object({ agentId: idSchema, path: z.string(), form: z.enum(['text', 'file']) }),
  /** Of a prompt its name, which may be about a person, and how long its text is; never the text. */
  'prompt.created': promptDetail.extend({ characters: z.int() }),
  'prompt.updated': promptDetail.extend({
    changes: z
      .object({
        name: z.object({ from: z.string(), to: z.string() }),
        characters: z.object({ from: z.int(), to: z.int() }),
      })
      .partial(),
  }),
  'prompt.deleted': promptDetail,
  'provider.connected': z.object({
    provider: plainText(),
    isDefault: z.boolean(),
    defaultModel: plainText().nullable().optional(),
  }),
  /** `defaultModel` where it was chosen; null lets Pinchy choose. */
  'provider.updated': z.object({
    provider: plainText(),
    isDefault: z.boolean(),
    defaultModel: plainText().nullable().optional(),
  }),
  /** The stored key was tried; `code` says why in vain. */
  'provider.checked': z.object({
    provider: plainText(),
    models: z.int().nullable(),
    code: plainText().nullable(),
    durationMs: z.int(),
  }),
  'provider.removed': z.object({ provider: plainText() }),
  /** `name` is the model's. */
  'provider.limits_updated': changesSchema,

  'integration.created': named.extend({ type: plainText(), host: plainText().optional() }),
  /** A change of the key is named, never shown. */
  'integration.updated': connectionChanges,
  'integration.deleted': named.extend({ type: plainText(), agents: z.int() }),
  /** One that failed says why, and counts nothing. */
  'integration.synced': named.extend({ models: z.int().optional(), removedPermissions: z.int().optional() }),
  'agent.integration_updated': changesSchema.extend({ connectionId: idSchema, connection: plainText() }),

  'licence.updated': z.object({
    type: plainText(),
    org: plainText(),
    maxUsers: z.int(),
    expiresAt: plainText().nullable(),
  }),

  'channel.created': z.object({ agentId: idSchema, botId: z.int(), botUsername: plainText(), isMain: z.boolean() }),
  'channel.updated': z.object({ agentId: idSchema, botId: z.int(), botUsername: plainText(), isMain: z.boolean() }),
  'channel.deleted': z.object({ agentId: idSchema, botId: z.int(), botUsername: plainText(), isMain: z.boolean() }),
  'channel.degraded': z.object({ botId: z.int(), botUsername: plainText(), reason: plainText() }),
  'channel.recovered': z.object({ botId: z.int(), botUsername: plainText() }),
  'channel.linked': z.object({ telegramUserId: z.string() }),
  'channel.unlinked': z.object({ telegramUserId: z.string() }),

  'conversation.created': z.object({ agentId: idSchema, temporary: z.boolean().optional() }),
  'conversation.renamed': z.object({ agentId: idSchema }),
  /** A model gave the title, once. */
  'conversation.titled': z.object({ agentId: idSchema, model: plainText() }),
  /** Pinned, archived, or taken back. */
  'conversation.updated': changesSchema.extend({ agentId: idSchema }),
  'conversation.deleted': z.object({ agentId: idSchema, messages: z.int() }),
  'conversation.branched': z.object({
    agentId: idSchema,
    by: z.enum(['edit', 'regenerate', 'step']),
    /** How many messages were taken out of what is shown, and how many came back. */
    hidden: z.int(),
    shown: z.int(),
  }),
  'conversation.exported': z.object({ agentId: idSchema, format: plainText() }),
  /** Somebody may read it from now on, and as far as it went then. */
  'conversation.shared': z.object({
    agentId: idSchema,
    shareId: idSchema,
    userIds: z.array(idSchema),
    groupIds: z.array(idSchema),
    messages: z.int(),
  }),
  'conversation.share_revoked': z.object({ agentId: idSchema, shareId: idSchema }),
  /** By the reader; `ownerId` is whose conversation it is. */
  'conversation.share_read': z.object({ agentId: idSchema, shareId: idSchema, ownerId: idSchema }),
  'conversation.share_copied': z.object({
    agentId: idSchema,
    shareId: idSchema,
    ownerId: idSchema,
    copyId: idSchema,
    messages: z.int(),
  }),
  'conversation.share_file_read': z.object({
    agentId: idSchema,
    shareId: idSchema,
    ownerId: idSchema,
    uploadId: idSchema,
  }),
  /**
   * One of the agent's answers was rated, or a rating taken back: whether something was written beside it and whether admins may
   * read it. Neither what nor which answer: beside the texts that are shared it would say who it was.
   */
  'rating.given': z.object({ agentId: idSchema, commented: z.boolean(), shared: z.boolean() }),
  'rating.removed': z.object({ agentId: idSchema }),
  /** An admin read what people had agreed to share. */
  'rating.read': z.object({ count: z.int() }),
  'upload.created': z.object({ agentId: idSchema, mediaType: plainText(), size: z.int() }),

  /** Names of documents, and of the directories around them, may name persons. */
  'document.created': z.object({ path: z.string(), size: z.int(), replacedSize: z.int().optional() }),
  'document.deleted': z.object({ path: z.string(), size: z.int() }),
  'directory.created': z.object({ path: z.string() }),
  'directory.deleted': z.object({ path: z.string(), documents: z.int() }),

  'run.completed': runDetail.extend({ model: plainText(), steps: z.int(), runtime: plainText() }),
  'run.failed': runDetail.extend({ code: plainText() }),
  'run.fell_back': runDetail.extend({ code: plainText(), model: plainText(), fallbackModel: plainText() }),
  'run.aborted': runDetail,
  'run.interrupted': runDetail,

  /** A powerful tool is about to run: should the server die before `tool.<tool id>`, this is what remains. */
  'tool.started': z.looseObject({ ...callDetail, tool: plainText(), runId: plainText(), conversationId: plainText() }),
  /** A call waits for a person: whose it is and what of its input may be told. */
  'approval.requested': approvalDetail.extend({ expiresAt: plainText() }),
  'approval.approved': approvalDetail.extend({ decidedBy: idSchema }),
  'approval.denied': approvalDetail.extend({ decidedBy: idSchema }),
  'approval.expired': approvalDetail,
  /** A person always allows calls like one that they approved, in one conversation; or takes that back. */
  'allowance.created': allowanceDetail,
  'allowance.deleted': allowanceDetail,
  'tool.denied': z.looseObject({
    ...callDetail,
    tool: plainText(),
    reason: plainText(),
    runId: plainText().optional(),
  }),

  /** Of a filter of the trail the name it was given, which may be about a person like what it looks for. */
  'audit.filter_saved': savedFilterDetail.extend({ filter: criteria }),
  'audit.filter_updated': savedFilterDetail.extend({
    changes: z
      .object({
        name: z.object({ from: z.string(), to: z.string() }),
        shared: z.object({ from: z.boolean(), to: z.boolean() }),
        filter: z.object({ from: criteria, to: criteria }),
      })
      .partial(),
  }),
  'audit.filter_deleted': savedFilterDetail,
  'budget.created': budgetDetail.extend({ action: z.enum(budgetActions), warnAtPercent: z.int() }),
  'budget.updated': budgetDetail.extend({
    changes: plainChanges(),
  }),
  /** From what held until then, an earlier raise included. */
  'budget.raised': budgetDetail.extend({
    from: plainText(),
    to: plainText(),
    until: plainText(),
    reason: z.string(),
  }),
  'budget.deleted': budgetDetail,
  /** So much of it was spent, in percent, for the first time in its period. */
  'budget.reached': budgetDetail.extend({ percent: z.int(), spent: plainText() }),
  'price.created': priceDetail.extend(priceAmounts),
  'price.updated': priceDetail.extend({
    changes: plainChanges(),
  }),
  'price.deleted': priceDetail.extend(priceAmounts),
  'audit.read': z.object({ count: z.int().optional() }),
  'audit.verified': z.object({ valid: z.boolean(), totalChecked: z.int() }),
  'audit.exported': z.looseObject({ status: plainText().optional() }),
  'audit.integrity_check': z.object({
    valid: z.boolean(),
    totalChecked: z.int(),
    invalid: z.int(),
    missing: z.int(),
  }),
  /** A process found gone what it had written and nobody had sealed yet. */
  'audit.entries_lost': z.object({ count: z.int(), firstId: z.int(), lastId: z.int() }),
  'audit.restored': z.looseObject({
    entries: z.int(),
    backupCreatedAt: plainText().optional(),
    replacedAnchor: plainText().optional(),
  }),
  /** The trail of an earlier format was verified and signed anew: what it had come to, and whether it held. */
  'audit.carried_over': z.object({
    entries: z.int(),
    checkpoint: z.object({ sequence: z.int(), seal: plainText(), total: z.int() }).nullable(),
    anchor: z.enum(['holds', 'missing', 'contradicted']),
    valid: z.boolean(),
    invalid: z.int(),
    invalidIds: impersonal(z.array(z.int())),
    missing: z.array(z.object({ afterId: z.int().nullable(), count: z.int() })),
    problems: impersonal(z.array(z.string())),
  }),
  'audit.anchor_acknowledged': z.object({ sequence: z.int(), total: z.int(), seal: plainText() }),
  'audit.values_erased': z.object({ entries: z.int(), values: z.int() }),
  'backup.created': z.object({ rows: z.int(), files: z.int() }),
  'usage.exported': z.looseObject({}),
} as const satisfies Record<string, z.ZodType>;

export type NamedAuditEvent = keyof typeof auditEvents;

/** What `tool.<tool id>` records: what was asked for (ids and paths only), how long it took and what came of it. */
export const toolEventSchema = z.looseObject({
  ...callDetail,
  runId: plainText(),
  conversationId: plainText(),
  durationMs: z.int(),
});
export type ToolAuditEvent = `tool.${string}`;

/** Events whose `error` is one of the product's own sentences; any other's counts as personal, like a text of its detail. */
const eventsWithOwnErrors: ReadonlySet<string> = new Set<NamedAuditEvent>([
  'auth.failed',
  'tool.denied',
  'run.interrupted',
  'channel.degraded',
  'audit.carried_over',
  'audit.integrity_check',
  'audit.restored',
]);
export const hasOwnError = (eventType: string): boolean => eventsWithOwnErrors.has(eventType);

export type AuditEventType = NamedAuditEvent | ToolAuditEvent;

export type AuditDetail<Type extends AuditEventType> = Type extends NamedAuditEvent
  ? z.input<(typeof auditEvents)[Type]>
  : z.input<typeof toolEventSchema>;

export type AuditActor = { type: 'user'; id: string } | { type: 'agent'; id: string } | { type: 'system' };

/** One event on its way into the trail. */
export interface AuditEvent<Type extends AuditEventType = AuditEventType> {
  eventType: Type;
  actor: AuditActor;
  /** `<kind>:<id>`, such as `agent:<uuid>`. */
  resource?: string | undefined;
  /** `success` unless said. */
  outcome?: 'success' | 'failure' | undefined;
  /** Why it failed, in words without secrets. */
  error?: string | undefined;
  detail: AuditDetail<Type>;
}
