import * as z from 'zod';
import { emailSchema, nameSchema, newPasswordSchema, roleSchema, successSchema } from './common.ts';
import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import { setupProviderBody } from './providers.ts';

export const setupBody = z
  .strictObject({ name: nameSchema, email: emailSchema, password: newPasswordSchema })
  .meta({ id: 'SetupBody' });

export const storyNames = ['search', 'citation', 'approval', 'budget', 'trail'] as const;

/** Something that the demo shows where it happens: a page, or a conversation with an agent. */
const storySchema = z.object({
  name: z.enum(storyNames),
  email: z.string().meta({ description: 'Of the sample person who sees it' }),
  path: z.string().optional(),
  agent: z.string().optional().meta({ description: 'Its name; the conversation with it is opened' }),
  question: z.string().optional().meta({ description: 'What is ready to be sent in a new conversation' }),
});
export type Story = z.infer<typeof storySchema>;

/** The sample people of `pinchy demo`, which keeps nothing: whoever can reach it may be any of them. */
export const demoSchema = z
  .object({
    password: z.string(),
    people: z.array(z.object({ name: z.string(), email: z.string(), role: roleSchema, groups: z.array(z.string()) })),
    stories: z.array(storySchema),
  })
  .meta({ id: 'Demo' });
export type Demo = z.infer<typeof demoSchema>;

export const setupStatusSchema = z.object({
  setupComplete: z.boolean(),
  providerConfigured: z.boolean(),
  demo: demoSchema.optional().meta({ description: 'There while this is the demo' }),
});

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
