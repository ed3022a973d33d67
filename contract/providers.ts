import * as z from 'zod';
import { dateTimeSchema, successSchema } from './common.ts';
import { endpoint } from './endpoint.ts';
import { tokenLimits } from './limits.ts';
import { routes } from './routes.ts';

export const providerIds = ['anthropic', 'openai', 'google', 'ollama-cloud', 'ollama-local'] as const;
export const providerIdSchema = z.enum(providerIds);
export type ProviderId = z.infer<typeof providerIdSchema>;

const credentialFields = {
  provider: providerIdSchema,
  apiKey: z.string().trim().min(1, 'Enter the API key.').max(1_000).optional(),
  baseUrl: z.string().trim().min(1, 'Enter the address.').max(2_000).optional(),
};

export const setupProviderBody = z
  .strictObject(credentialFields)
  .superRefine(requireCredential)
  .meta({ id: 'SetupProviderBody' });
export const saveProviderBody = z
  .strictObject({
    ...credentialFields,
    isDefault: z.boolean().optional(),
    defaultModel: z.string().trim().min(1).max(300).nullable().optional().meta({
      description:
        'The model of new agents while this provider is the default, in full or as the provider names it; null lets Pinchy choose',
    }),
  })
  .superRefine((body, context) => {
    const isChoice = body.isDefault || body.defaultModel !== undefined;
    if (!isChoice || body.apiKey !== undefined || body.baseUrl !== undefined) requireCredential(body, context);
  })
  .meta({
    id: 'SaveProviderBody',
    description: 'A connected provider needs no credential to be chosen or to change its default model',
  });
export type SaveProviderBody = z.infer<typeof saveProviderBody>;

function requireCredential(
  body: { provider: ProviderId; apiKey?: string | undefined; baseUrl?: string | undefined },
  context: z.RefinementCtx,
): void {
  const needed = body.provider === 'ollama-local' ? 'baseUrl' : 'apiKey';
  const other = body.provider === 'ollama-local' ? 'apiKey' : 'baseUrl';
  if (body[needed] === undefined) {
    context.addIssue({
      code: 'custom',
      path: [needed],
      message: needed === 'apiKey' ? 'Enter the API key.' : 'Enter the address, such as http://localhost:11434.',
    });
  }
  if (body[other] !== undefined) {
    context.addIssue({ code: 'custom', path: [other], message: `This provider takes no ${other}.` });
  }
}

export const providerCheckSchema = z
  .object({
    checkedAt: dateTimeSchema,
    success: z.boolean(),
    reachable: z.boolean(),
    accepted: z.boolean().nullable().meta({ description: 'Whether the key was taken; null where that did not show' }),
    models: z.int().nullable().meta({ description: 'How many models that chat it offers; null when it failed' }),
    automaticModel: z.string().nullable().meta({ description: 'The model that Pinchy would choose for new agents' }),
    milliseconds: z.int(),
    code: z.string().nullable().meta({ description: 'Why it failed, as in the chat socket: `provider_auth`, …' }),
    error: z.string().nullable().meta({ description: 'The same as a sentence to act on' }),
  })
  .meta({ id: 'ProviderCheck' });
export type ProviderCheck = z.infer<typeof providerCheckSchema>;

export const providerSchema = z
  .object({
    provider: providerIdSchema,
    configured: z.boolean(),
    isDefault: z.boolean(),
    address: z.string().optional().meta({ description: 'Where requests go; there once it is configured' }),
    keyEnding: z.string().optional().meta({ description: 'The last four characters of the key, if it is long enough' }),
    chosenModel: z.string().nullable().optional().meta({
      description: 'The default model that an admin chose, in full; null while Pinchy chooses',
    }),
    lastCheck: providerCheckSchema.nullable().optional().meta({
      description: 'What came of the last check, also of the one before a key is stored',
    }),
  })
  .meta({ id: 'Provider' });
export type Provider = z.infer<typeof providerSchema>;

export const modelSchema = z
  .object({
    id: z.string().meta({ description: 'The full form `<provider>/<model id>`' }),
    provider: providerIdSchema,
    displayName: z.string(),
    toolUse: z.boolean(),
  })
  .meta({ id: 'Model' });
export type Model = z.infer<typeof modelSchema>;

export const limitSources = ['provider', 'list', 'family'] as const;
const knownLimitSchema = z.object({
  known: z.int().nullable().meta({ description: 'Tokens; null where nobody says' }),
  source: z.enum(limitSources).nullable().meta({
    description:
      'Who says so: the provider’s own list, the kept-up price list, or the smallest window its family ever had',
  }),
  set: z.int().nullable().meta({ description: 'What an admin says instead' }),
});
export const modelLimitsSchema = z
  .object({
    model: z.string().meta({ description: 'The full form `<provider>/<model id>`' }),
    displayName: z.string(),
    isListed: z.boolean().meta({ description: 'False where limits are set for a model that no provider lists now' }),
    contextWindow: knownLimitSchema,
    maxOutput: knownLimitSchema,
  })
  .meta({ id: 'ModelLimits' });
export type ModelLimitsEntry = z.infer<typeof modelLimitsSchema>;

const limitOf = ({ min, max }: { min: number; max: number }) =>
  z
    .int('Enter a whole number of tokens.')
    .min(min, `Enter at least ${min} tokens.`)
    .max(max, `Enter at most ${max} tokens.`);
export const saveModelLimitsBody = z
  .strictObject({
    model: z
      .string()
      .trim()
      .min(1)
      .max(300)
      .regex(/^[^\s/]+\/\S+$/, 'Enter the full form <provider>/<model id>.'),
    contextWindow: limitOf(tokenLimits.window).nullable(),
    maxOutput: limitOf(tokenLimits.output).nullable(),
  })
  .meta({ id: 'SaveModelLimitsBody', description: 'Null goes back to what is known' });
export type SaveModelLimitsBody = z.infer<typeof saveModelLimitsBody>;

export const localOllamaSchema = z
  .object({
    found: z.boolean(),
    baseUrl: z.string().nullable().meta({ description: 'Where it answers, as seen from the server' }),
    models: z.int().meta({ description: 'How many of its models chat; 0 when it runs but has none yet' }),
  })
  .meta({ id: 'LocalOllama' });
export type LocalOllama = z.infer<typeof localOllamaSchema>;

export const providerEndpoints = {
  listProviders: endpoint({
    ...routes.listProviders,
    tag: 'Settings',
    summary: 'The five LLM providers and which are configured',
    answer: z.array(providerSchema),
  }),
  saveProvider: endpoint({
    ...routes.saveProvider,
    tag: 'Settings',
    errors: ['provider_rejected'],
    summary: 'Add or update a provider after checking its credential against its model list',
    body: saveProviderBody,
    answer: successSchema,
  }),
  deleteProvider: endpoint({
    ...routes.deleteProvider,
    tag: 'Settings',
    errors: ['not_found'],
    summary: 'Remove a provider; agents on its models fail until reassigned',
    query: z.strictObject({ provider: providerIdSchema }),
    answer: successSchema,
  }),
  checkProvider: endpoint({
    ...routes.checkProvider,
    tag: 'Settings',
    errors: ['not_found', 'rate_limited'],
    summary: 'Ask a configured provider for its models now: whether it answers and takes the key. The result is kept',
    body: z.strictObject({ provider: providerIdSchema }),
    answer: providerCheckSchema,
  }),
  listModels: endpoint({
    ...routes.listModels,
    tag: 'Settings',
    summary: 'Models of all configured providers',
    answer: z.object({ models: z.array(modelSchema) }),
  }),
  listModelLimits: endpoint({
    ...routes.listModelLimits,
    tag: 'Settings',
    summary: 'Context window and output limit of each model: what is known, who says so, and what an admin set',
    answer: z.object({ models: z.array(modelLimitsSchema) }),
  }),
  putModelLimits: endpoint({
    ...routes.putModelLimits,
    tag: 'Settings',
    summary: 'Set the limits of one model, or go back to what is known with null',
    body: saveModelLimitsBody,
    answer: successSchema,
  }),
  findLocalOllama: endpoint({
    ...routes.findLocalOllama,
    tag: 'Settings',
    summary: 'Look for an Ollama that runs beside the server; nothing is stored',
    answer: localOllamaSchema,
  }),
};
