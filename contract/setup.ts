import * as z from 'zod';
import { emailSchema, nameSchema, newPasswordSchema, successSchema } from './common.ts';
import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import { setupProviderBody } from './providers.ts';

export const setupBody = z
  .strictObject({ name: nameSchema, email: emailSchema, password: newPasswordSchema })
  .meta({ id: 'SetupBody' });

export const setupStatusSchema = z.object({ setupComplete: z.boolean(), providerConfigured: z.boolean() });

export const setupEndpoints = {
  setupStatus: endpoint({
    ...routes.setupStatus,
    tag: 'Setup',
    summary: 'Whether setup is still required',
    answer: setupStatusSchema,
  }),
  setup: endpoint({
    ...routes.setup,
    tag: 'Setup',
    errors: ['setup_complete'],
    summary: 'Create the first admin and sign in',
    body: setupBody,
    answer: successSchema,
    status: 201,
  }),
  setupProvider: endpoint({
    ...routes.setupProvider,
    tag: 'Setup',
    errors: ['provider_rejected', 'conflict'],
    summary: 'Connect the first LLM provider',
    body: setupProviderBody,
    answer: successSchema,
  }),
};
