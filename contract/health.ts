import * as z from 'zod';
import { dateTimeSchema } from './common.ts';
import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';

export const runtimeModeSchema = z.enum(['native', 'openclaw']);

export const healthAnswer = z
  .object({
    status: z.enum(['ok', 'unavailable']),
    version: z.string(),
    database: z.object({ connected: z.boolean() }),
    openclaw: z.object({ connected: z.boolean(), mode: runtimeModeSchema }),
  })
  .meta({ id: 'Health' });

export const runtimeHealthAnswer = z
  .object({
    status: z.enum(['ok', 'restarting', 'unavailable']),
    connected: z.boolean(),
    mode: runtimeModeSchema.optional(),
    since: dateTimeSchema.optional(),
  })
  .meta({ id: 'RuntimeHealth' });

export const healthEndpoints = {
  health: endpoint({
    ...routes.health,
    tag: 'Health',
    summary: 'Whether Pinchy, its database and its agent runtime are up',
    answer: healthAnswer,
    alsoAnswers: [503],
  }),
  runtimeHealth: endpoint({
    ...routes.runtimeHealth,
    tag: 'Health',
    summary: 'Whether the agent runtime is reachable',
    answer: runtimeHealthAnswer,
    alsoAnswers: [503],
  }),
};
