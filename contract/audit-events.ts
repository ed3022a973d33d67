import * as z from 'zod';
import { idSchema, roleSchema } from './common.ts';

/**
 * Every event type of the audit trail with the schema of its `detail`. Code can only record what stands here, so a
 * missing or misspelt event does not compile. Details hold ids, names and differences; never secrets, conversation
 * text or a whole e-mail address (see `emailReferenceSchema`).
 */

/** An e-mail address as the trail may know it: a keyed hash to compare by and a masked preview to recognise. */
export const emailReferenceSchema = z.object({ emailHash: z.string(), emailPreview: z.string() });

/** `{ field: { from, to } }` for each field that changed. */
export const changesSchema = z.object({
  name: z.string().optional(),
  changes: z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() })),
});

const nothing = z.object({});
const approvalDetail = z.looseObject({
  tool: z.string(),
  agentId: idSchema,
  userId: idSchema,
  conversationId: idSchema,
  runId: idSchema,
  toolCallId: z.string(),
});
const named = z.object({ name: z.string() });

export const auditEvents = {
  'system.started': z.object({ version: z.string() }),
  'setup.completed': emailReferenceSchema.extend({ name: z.string() }),

  'auth.login': z.object({ ipAddress: z.string().optional() }),
  'auth.failed': emailReferenceSchema.extend({ reason: z.string(), ipAddress: z.string().optional() }),
  'auth.logout': nothing,

  'agent.created': z.object({
    name: z.string(),
    templateId: z.string(),
    model: z.string().nullable(),
    isPersonal: z.boolean(),
  }),
  'agent.updated': changesSchema,
  'agent.deleted': named,
  'agent.file_updated': z.object({ name: z.string(), file: z.string(), fromBytes: z.int(), toBytes: z.int() }),

  'user.invited': z.object({
    role: roleSchema,
    groupIds: z.array(z.string()).optional(),
    ...emailReferenceSchema.partial().shape,
  }),
  'user.invite_revoked': z.object({ role: roleSchema, ...emailReferenceSchema.partial().shape }),
  'user.created': emailReferenceSchema.extend({ name: z.string(), role: roleSchema }),
  /** The licence of an invitation into groups had ended when it was claimed. */
  'user.groups_withheld': z.object({ groupIds: z.array(idSchema) }),
  'user.updated': changesSchema,
  'user.deactivated': named,
  'user.reactivated': named,
  'user.reset_requested': named.extend({ passwordBlocked: z.boolean() }),
  'user.password_changed': z.object({ method: z.enum(['self', 'reset', 'shell']) }),
  'user.context_updated': z.object({ fromCharacters: z.int(), toCharacters: z.int(), by: z.enum(['self', 'agent']) }),

  'group.created': named,
  'group.updated': changesSchema,
  'group.deleted': named,
  'group.members_updated': z.object({ name: z.string(), added: z.array(idSchema), removed: z.array(idSchema) }),

  'settings.updated': z.object({ key: z.string(), encrypted: z.boolean() }),
  'settings.context_updated': z.object({ fromCharacters: z.int(), toCharacters: z.int() }),
  'settings.domain_updated': z.object({ from: z.string().nullable(), to: z.string().nullable() }),
  'provider.connected': z.object({ provider: z.string(), isDefault: z.boolean() }),
  'provider.updated': z.object({ provider: z.string(), isDefault: z.boolean() }),
  'provider.removed': z.object({ provider: z.string() }),

  'integration.created': named.extend({ type: z.string(), host: z.string().optional() }),
  /** A change of the key is named, never shown. */
  'integration.updated': changesSchema,
  'integration.deleted': named.extend({ type: z.string(), agents: z.int() }),
  'integration.synced': named.extend({ models: z.int(), removedPermissions: z.int() }),
  'agent.integration_updated': changesSchema.extend({ connectionId: idSchema, connection: z.string() }),

  'licence.updated': z.object({
    type: z.string(),
    org: z.string(),
    maxUsers: z.int(),
    expiresAt: z.string().nullable(),
  }),

  'channel.created': z.object({ agentId: idSchema, botId: z.int(), botUsername: z.string(), isMain: z.boolean() }),
  'channel.updated': z.object({ agentId: idSchema, botId: z.int(), botUsername: z.string(), isMain: z.boolean() }),
  'channel.deleted': z.object({ agentId: idSchema, botId: z.int(), botUsername: z.string(), isMain: z.boolean() }),
  'channel.degraded': z.object({ botId: z.int(), botUsername: z.string(), reason: z.string() }),
  'channel.recovered': z.object({ botId: z.int(), botUsername: z.string() }),
  'channel.linked': z.object({ telegramUserId: z.string() }),
  'channel.unlinked': z.object({ telegramUserId: z.string() }),

  'conversation.created': z.object({ agentId: idSchema }),
  'conversation.renamed': z.object({ agentId: idSchema }),
  'conversation.deleted': z.object({ agentId: idSchema, messages: z.int() }),
  'conversation.exported': z.object({ agentId: idSchema, format: z.string() }),
  'upload.created': z.object({ agentId: idSchema, mediaType: z.string(), size: z.int() }),

  'run.completed': z.object({ agentId: idSchema, model: z.string(), steps: z.int(), runtime: z.string() }),
  'run.failed': z.object({ agentId: idSchema, code: z.string() }),
  'run.aborted': z.object({ agentId: idSchema }),
  'run.interrupted': z.object({ agentId: idSchema }),

  /** A powerful tool is about to run: should the server die before `tool.<tool id>`, this is what remains. */
  'tool.started': z.looseObject({ tool: z.string(), runId: z.string(), conversationId: z.string() }),
  /** A call waits for a person: whose it is and what of its input may be told. */
  'approval.requested': approvalDetail.extend({ expiresAt: z.string() }),
  'approval.approved': approvalDetail.extend({ decidedBy: idSchema }),
  'approval.denied': approvalDetail.extend({ decidedBy: idSchema }),
  'approval.expired': approvalDetail,
  'tool.denied': z.looseObject({ tool: z.string(), reason: z.string(), runId: z.string().optional() }),

  'audit.read': z.object({ count: z.int().optional() }),
  'audit.verified': z.object({ valid: z.boolean(), totalChecked: z.int() }),
  'audit.exported': z.looseObject({}),
  'audit.integrity_check': z.object({
    valid: z.boolean(),
    totalChecked: z.int(),
    invalid: z.int(),
    missing: z.int(),
  }),
  'audit.restored': z.looseObject({ entries: z.int() }),
  'backup.created': z.object({ rows: z.int(), files: z.int() }),
  'usage.exported': z.looseObject({}),
} as const satisfies Record<string, z.ZodType>;

export type NamedAuditEvent = keyof typeof auditEvents;

/** What `tool.<tool id>` records: what was asked for (ids and paths only), how long it took and what came of it. */
export const toolEventSchema = z.looseObject({ runId: z.string(), conversationId: z.string(), durationMs: z.int() });
export type ToolAuditEvent = `tool.${string}`;

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
