import * as z from 'zod';
import { emailSchema, nameSchema, newPasswordSchema, successSchema } from './common.ts';
import { endpoint } from './endpoint.ts';
import { setupProviderBody } from './providers.ts';

export const setupBody = z
  .strictObject({ name: nameSchema, email: emailSchema, password: newPasswordSchema })
  .meta({ id: 'SetupBody' });

export const setupStatusSchema = z.object({ setupComplete: z.boolean(), providerConfigured: z.boolean() });

export const setupEndpoints = {
  setupStatus: endpoint({
    method: 'GET',
    path: '/api/setup/status',
    access: 'public',
    tag: 'Setup',
    summary: 'Whether setup is still required',
    answer: setupStatusSchema,
  }),
  setup: endpoint({
    method: 'POST',
    path: '/api/setup',
    access: 'public',
    tag: 'Setup',
    summary: 'Create the first admin and sign in',
    body: setupBody,
    answer: successSchema,
    status: 201,
  }),
  setupProvider: endpoint({
    method: 'POST',
    path: '/api/setup/provider',
    access: 'admin',
    tag: 'Setup',
    summary: 'Connect the first LLM provider',
    body: setupProviderBody,
    answer: successSchema,
  }),
};
