import * as z from 'zod';
import { dateTimeSchema, idSchema, queryInteger } from './common.ts';
import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';

/** `chat`: a person and an agent; `system`: compaction, onboarding and other background work; `plugin`: a plugin's subagent. */
export const usageSources = ['chat', 'system', 'plugin'] as const;
export type UsageSource = (typeof usageSources)[number];

/** Of this product's time: a database knows no year 0, and nobody used agents in 1970. */
const moment = z.iso
  .datetime({ offset: true, error: 'Give a moment such as 2026-01-31T00:00:00Z.' })
  .refine((text) => text >= '2000' && text < '2200', 'Give a moment between 2000 and 2199.');
const windowFields = {
  days: queryInteger(0, 36_500).default(30).meta({ description: 'Look-back window in days; 0 is all time' }),
  from: moment.optional().meta({ description: 'Since this moment, in place of `days`' }),
  to: moment.optional().meta({ description: 'Before this moment, in place of `days`; now unless said' }),
  agentId: idSchema.optional(),
};

function requireOrder({ from, to }: { from?: string | undefined; to?: string | undefined }, context: z.RefinementCtx) {
  if (from === undefined || to === undefined || Date.parse(from) < Date.parse(to)) return;
  context.addIssue({ code: 'custom', path: ['to'], message: 'The end comes after the beginning.' });
}
export const usageWindowQuery = z.strictObject(windowFields).superRefine(requireOrder);

/** Whole numbers of tokens as decimal strings. */
const count = z.string();
/** US dollars as a decimal string; null when no price is known. */
const cost = z.string().nullable();

const bucketSchema = z.object({
  inputTokens: count,
  outputTokens: count,
  cacheReadTokens: count,
  cacheWriteTokens: count,
  cost,
});

const totalFields = {
  totalInputTokens: count,
  totalOutputTokens: count,
  totalCacheReadTokens: count,
  totalCacheWriteTokens: count,
  totalCost: cost,
};

export const usageSummaryAnswer = z
  .object({
    agents: z.array(
      z.object({
        agentId: idSchema,
        agentName: z.string(),
        ...totalFields,
        deleted: z.boolean(),
        owner: z
          .object({ userId: idSchema, userName: z.string() })
          .optional()
          .meta({ description: 'Whose assistant it is; there for personal agents' }),
      }),
    ),
    totals: z.object({ chat: bucketSchema, system: bucketSchema, plugin: bucketSchema }),
  })
  .meta({ id: 'UsageSummary' });
export type UsageSummary = z.infer<typeof usageSummaryAnswer>;

export const usageByUserAnswer = z
  .object({
    users: z.array(z.object({ userId: idSchema, userName: z.string(), ...totalFields, deleted: z.boolean() })),
  })
  .meta({ id: 'UsageByUser' });

export const usageByModelAnswer = z
  .object({
    models: z.array(
      z.object({ model: z.string().meta({ description: '`<provider>/<model id>` as it was asked' }), ...totalFields }),
    ),
  })
  .meta({ id: 'UsageByModel' });

export const usageTimeseriesAnswer = z
  .object({ data: z.array(z.object({ date: dateTimeSchema.or(z.iso.date()), ...bucketSchema.shape })) })
  .meta({ id: 'UsageTimeseries' });

export const usageEndpoints = {
  usageSummary: endpoint({
    ...routes.usageSummary,
    tag: 'Usage',
    summary: 'Totals per agent and per source',
    query: usageWindowQuery,
    answer: usageSummaryAnswer,
  }),
  usageByUser: endpoint({
    ...routes.usageByUser,
    tag: 'Usage',
    summary: 'Totals per user',
    query: usageWindowQuery,
    answer: usageByUserAnswer,
  }),
  usageByModel: endpoint({
    ...routes.usageByModel,
    tag: 'Usage',
    summary: 'Totals per model',
    query: usageWindowQuery,
    answer: usageByModelAnswer,
  }),
  usageTimeseries: endpoint({
    ...routes.usageTimeseries,
    tag: 'Usage',
    summary: 'Usage over time, gaps filled with zeros',
    query: z
      .strictObject({
        ...windowFields,
        interval: z.enum(['day', 'hour']).default('day'),
        tz: z.string().min(1).max(100).default('UTC').meta({ description: 'IANA time zone, such as Europe/Vienna' }),
      })
      .superRefine(requireOrder),
    answer: usageTimeseriesAnswer,
  }),
  usageExport: endpoint({
    ...routes.usageExport,
    tag: 'Usage',
    summary: 'One row per record',
    query: usageWindowQuery,
    produces: 'text/csv',
  }),
};
