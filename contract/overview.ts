import * as z from 'zod';
import { auditStatusSchema } from './audit.ts';
import { budgetPeriods, budgetScopes } from './budget-words.ts';
import { dateTimeSchema, idSchema } from './common.ts';
import { endpoint } from './endpoint.ts';
import { enterpriseStatusSchema } from './enterprise.ts';
import { routes } from './routes.ts';

/** What stands in the way of answers, by the code that runs fail with. */
export const failureCodes = ['no_provider', 'provider_auth', 'provider_quota', 'model_not_found'] as const;

export const updateSchema = z
  .object({ version: z.string(), url: z.string().nullable().meta({ description: 'What is new in it' }) })
  .meta({ id: 'Update' });
export type Update = z.infer<typeof updateSchema>;

export const overviewSchema = z
  .object({
    approvals: z.object({
      waiting: z.int().meta({ description: 'Calls that wait for the person who asked' }),
      oldestAt: dateTimeSchema.nullable(),
    }),
    connections: z
      .array(
        z.object({ kind: z.enum(['integration', 'telegram']), id: z.string(), name: z.string(), reason: z.string() }),
      )
      .meta({ description: 'Connections whose last synchronisation failed, and bots that do not work' }),
    failures: z
      .array(z.object({ code: z.enum(failureCodes), count: z.int(), lastAt: dateTimeSchema }))
      .meta({ description: 'Answers of the last 24 hours that failed for a reason an admin can mend' }),
    fallbacks: z.int().meta({ description: 'Answers of the last 24 hours that were left to a fallback model' }),
    unreadableDocuments: z.int(),
    agentsWithoutModel: z.array(z.object({ id: z.string(), name: z.string() })),
    agentsWithoutOwner: z
      .array(z.object({ id: z.string(), name: z.string() }))
      .meta({ description: 'Shared agents for which nobody active answers' }),
    reviewsDue: z.array(z.object({ id: z.string(), name: z.string() })),
    budgets: z
      .array(
        z.object({
          id: idSchema,
          scope: z.enum(budgetScopes),
          name: z.string().nullable(),
          period: z.enum(budgetPeriods),
          usedUp: z.boolean(),
        }),
      )
      .meta({ description: 'Of which so much is spent that admins wanted to be told' }),
    stoppedAgents: z.array(z.object({ id: z.string(), name: z.string() })),
    trail: auditStatusSchema,
    licence: enterpriseStatusSchema,
    lastBackupAt: dateTimeSchema.nullable(),
    version: z.string(),
    update: updateSchema
      .nullable()
      .meta({ description: 'A newer version, where the operator says whom to ask (`UPDATE_FEED_URL`)' }),
    steps: z
      .object({
        provider: z.boolean(),
        agent: z.boolean(),
        documents: z.boolean(),
        people: z.boolean(),
        question: z.boolean(),
        backup: z.boolean(),
      })
      .meta({ description: 'First steps, true once they are done' }),
    activity: z
      .array(
        z.object({
          date: z.iso.date(),
          questions: z.int(),
          people: z.int(),
          agents: z.int(),
          failed: z.int(),
        }),
      )
      .meta({ description: 'The last seven days in UTC, oldest first' }),
  })
  .meta({ id: 'Overview' });
export type Overview = z.infer<typeof overviewSchema>;

export const overviewEndpoints = {
  getOverview: endpoint({
    ...routes.getOverview,
    tag: 'Overview',
    summary: 'What needs an admin’s attention, first steps, and the activity of the last days',
    answer: overviewSchema,
  }),
};
