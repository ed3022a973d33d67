import * as z from 'zod';
import { dateTimeSchema } from './common.ts';
import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';

export const enterpriseStatusSchema = z
  .object({
    enterprise: z.boolean(),
    type: z.enum(['trial', 'paid']).nullable(),
    org: z.string().nullable(),
    expiresAt: dateTimeSchema.nullable(),
    daysRemaining: z.int().nullable(),
    managedByEnv: z.boolean(),
    seatsUsed: z.int(),
    maxUsers: z.int().meta({ description: '0 is unlimited' }),
  })
  .meta({ id: 'EnterpriseStatus' });
export type EnterpriseStatus = z.infer<typeof enterpriseStatusSchema>;

export const enterpriseEndpoints = {
  enterpriseStatus: endpoint({
    ...routes.enterpriseStatus,
    tag: 'Licence',
    summary: 'The enterprise licence and its seats',
    answer: enterpriseStatusSchema,
  }),
  putEnterpriseKey: endpoint({
    ...routes.putEnterpriseKey,
    tag: 'Licence',
    errors: ['conflict'],
    summary: 'Install a licence key',
    body: z.strictObject({ key: z.string().trim().min(1).max(10_000) }),
    answer: enterpriseStatusSchema,
  }),
};
