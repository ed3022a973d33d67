import * as z from 'zod';
import { auditTopics } from './audit-topics.ts';
import { dateTimeSchema, idParams, queryInteger, successSchema } from './common.ts';
import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';

const filterFields = {
  eventType: z.string().min(1).max(100).optional(),
  eventTypes: z
    .string()
    .min(1)
    .max(4_000)
    .transform((list) => list.split(','))
    .optional()
    .meta({ description: 'Any of these events, separated by commas' }),
  actorId: z.string().min(1).max(100).optional(),
  personId: z.uuid().optional().meta({ description: 'What this person did, and what agents did on their behalf' }),
  agentId: z.uuid().optional().meta({ description: 'What this agent did, and what was done with or to it' }),
  topic: z.enum(auditTopics).optional(),
  search: z.string().trim().min(1).max(200).optional().meta({
    description: 'A text in event, resource, reason or details, or in the name of somebody or something there',
  }),
  status: z.enum(['success', 'failure']).optional(),
  from: z.iso.datetime({ offset: true }).or(z.iso.date()).optional(),
  to: z.iso.datetime({ offset: true }).or(z.iso.date()).optional(),
};
export const auditFilterQuery = z.strictObject(filterFields);
export type AuditFilter = z.infer<typeof auditFilterQuery>;

export const auditEntrySchema = z
  .object({
    id: z.int(),
    timestamp: dateTimeSchema,
    actorType: z.enum(['user', 'agent', 'system']),
    actorId: z.string().nullable(),
    actorName: z.string().nullable(),
    actorDeleted: z.boolean(),
    eventType: z.string(),
    resource: z.string().nullable().meta({ description: '`<kind>:<id>`, such as `agent:<uuid>`' }),
    resourceName: z.string().nullable(),
    resourceDeleted: z.boolean(),
    outcome: z.enum(['success', 'failure']),
    error: z.string().nullable(),
    detail: z.record(z.string(), z.unknown()),
    rowHmac: z.string(),
    personId: z.string().nullable().meta({ description: 'On whose behalf an agent acted, or who acted' }),
    runId: z.string().nullable().meta({ description: 'The run that it is a part of' }),
    names: z.record(z.string(), z.string()).meta({
      description: 'Names of the people, agents, groups and connections that the entry holds the ids of, by id',
    }),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof auditEntrySchema>;

export const auditVerificationSchema = z
  .object({
    valid: z.boolean(),
    totalChecked: z.int(),
    invalidIds: z.array(z.int()),
    missing: z
      .array(
        z.object({
          afterId: z
            .int()
            .nullable()
            .meta({ description: 'The last entry before the gap; null when the start is gone' }),
          count: z.int().meta({ description: 'How many entries are gone' }),
        }),
      )
      .meta({ description: 'Entries that were deleted or cut off' }),
    sealedThrough: z.int().nullable().meta({ description: 'The newest entry that a checkpoint covers' }),
    unsealed: z.int().meta({ description: 'Entries that wait for their checkpoint' }),
    problems: z.array(z.string()).meta({ description: 'What else is wrong, in words' }),
  })
  .meta({ id: 'AuditVerification' });
export type AuditVerification = z.infer<typeof auditVerificationSchema>;

export const auditStatusSchema = z
  .object({
    anchor: z.enum(['holds', 'none', 'missing', 'contradicted', 'unreadable']).meta({
      description: 'Whether the trail leads to the anchor outside the database; none where nothing was recorded yet',
    }),
    waiting: z.int().meta({ description: 'Entries that have waited for their checkpoint for over a minute' }),
    waitingSince: dateTimeSchema.nullable(),
    lastCheck: z
      .object({ at: dateTimeSchema, valid: z.boolean() })
      .nullable()
      .meta({ description: 'What the background check last found, or an admin after it' }),
  })
  .meta({ id: 'AuditStatus' });
export type AuditStatus = z.infer<typeof auditStatusSchema>;

/** Numbers between entries that no entry has. */
export const auditGapSchema = z
  .object({
    firstId: z.int(),
    lastId: z.int(),
    state: z.enum(['unused', 'open', 'missing']).meta({
      description:
        'unused: drawn for a change that was not made, by what the checkpoints say; open: not sealed over yet; missing: a checkpoint covers an entry that is gone',
    }),
  })
  .meta({ id: 'AuditGap' });
export type AuditGap = z.infer<typeof auditGapSchema>;

export const auditRunSchema = z
  .object({
    id: z.string(),
    run: z
      .object({
        state: z.enum(['queued', 'running', 'waiting', 'completed', 'failed', 'aborted', 'interrupted']),
        askedAt: dateTimeSchema,
        startedAt: dateTimeSchema.nullable(),
        finishedAt: dateTimeSchema.nullable(),
        steps: z.int(),
      })
      .nullable()
      .meta({ description: 'Null once the conversation is deleted; the entries stay' }),
    agentId: z.string().nullable(),
    agentName: z.string().nullable(),
    personId: z.string().nullable(),
    personName: z.string().nullable(),
    models: z.array(z.string()),
    inputTokens: z.int().meta({ description: 'With what was read from and written to a cache' }),
    outputTokens: z.int(),
    cost: z.string().nullable().meta({ description: 'US dollars; null where a price is not known' }),
    entries: z.array(auditEntrySchema).meta({ description: 'Oldest first, the first 500' }),
  })
  .meta({ id: 'AuditRun' });
export type AuditRun = z.infer<typeof auditRunSchema>;

const entryId = queryInteger(0, 9_999_999_999);

export const auditEndpoints = {
  listAudit: endpoint({
    ...routes.listAudit,
    tag: 'Audit',
    summary: 'The audit trail, newest first',
    query: z.strictObject({
      page: queryInteger(1, 1_000_000).default(1),
      limit: queryInteger(1, 200).default(50),
      ...filterFields,
    }),
    answer: z.object({
      entries: z.array(auditEntrySchema),
      total: z.int(),
      page: z.int(),
      limit: z.int(),
      gaps: z.array(auditGapSchema).meta({ description: 'Where nothing is filtered' }),
    }),
  }),
  getAuditRun: endpoint({
    ...routes.getAuditRun,
    tag: 'Audit',
    summary: 'A run as one story: who asked which agent when, what it did, who approved, and the cost',
    params: idParams,
    answer: auditRunSchema,
  }),
  verifyAudit: endpoint({
    ...routes.verifyAudit,
    tag: 'Audit',
    summary: 'Recompute every signature and compare with the sealed checkpoints',
    query: z.strictObject({ fromId: entryId.optional(), toId: entryId.optional() }),
    answer: auditVerificationSchema,
  }),
  auditStatus: endpoint({
    ...routes.auditStatus,
    tag: 'Audit',
    summary: 'What is known of the trail without verifying it',
    answer: auditStatusSchema,
  }),
  acknowledgeAnchor: endpoint({
    ...routes.acknowledgeAnchor,
    errors: ['conflict'],
    tag: 'Audit',
    summary: 'Take the trail as it is, although its anchor is missing, and anchor it anew',
    answer: successSchema,
  }),
  auditEventTypes: endpoint({
    ...routes.auditEventTypes,
    tag: 'Audit',
    summary: 'The event types present in the trail',
    answer: z.object({ eventTypes: z.array(z.string()) }),
  }),
  exportAudit: endpoint({
    ...routes.exportAudit,
    tag: 'Audit',
    summary: 'The trail as CSV',
    query: auditFilterQuery,
    produces: 'text/csv',
  }),
};
