import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { providerIdSchema } from './providers.ts';
import { routes } from './routes.ts';

export const embeddingModelSchema = z
  .object({
    id: z.string().meta({ description: 'The full form `<provider>/<model id>`' }),
    provider: providerIdSchema,
    displayName: z.string(),
    host: z.string().meta({ description: 'Where the texts would be sent, such as `api.openai.com`' }),
  })
  .meta({ id: 'EmbeddingModel' });
export type EmbeddingModelChoice = z.infer<typeof embeddingModelSchema>;

export const semanticSearchSchema = z
  .object({
    model: z.string().nullable().meta({ description: 'What makes the vectors; null while it is switched off' }),
    host: z.string().nullable().meta({ description: 'Where texts and queries are sent' }),
    state: z.enum(['off', 'embedding', 'ready', 'failed', 'disconnected']).meta({
      description:
        '`failed`: the provider refuses, and is asked again later. `disconnected`: it is not configured any more.',
    }),
    answering: z.string().nullable().meta({
      description:
        'The model by which searches find now: the one before until the chosen one is through; null for text alone',
    }),
    passages: z.int().meta({ description: 'Of all documents' }),
    embedded: z.int().meta({ description: 'Passages that the chosen model is through with' }),
    refused: z.int().meta({ description: 'Those of them that it would not take: they are found by their text alone' }),
    problem: z.string().nullable().meta({ description: 'Why it does not go on, for people' }),
  })
  .meta({ id: 'SemanticSearch' });
export type SemanticSearchStatus = z.infer<typeof semanticSearchSchema>;

const tag = 'Knowledge';

export const semanticSearchEndpoints = {
  getSemanticSearch: endpoint({
    ...routes.getSemanticSearch,
    tag,
    summary: 'Whether documents are found by meaning too, and how far that is',
    answer: semanticSearchSchema,
  }),
  putSemanticSearch: endpoint({
    ...routes.putSemanticSearch,
    tag,
    summary: 'Choose the model that makes vectors of all documents, or switch it off, which removes them',
    body: z.strictObject({
      model: z.string().min(1, 'Choose a model.').max(300).nullable(),
    }),
    answer: semanticSearchSchema,
    errors: ['provider_rejected'],
  }),
  listEmbeddingModels: endpoint({
    ...routes.listEmbeddingModels,
    tag,
    summary: 'Models of the configured providers that turn texts into vectors',
    answer: z.object({ models: z.array(embeddingModelSchema) }),
  }),
};
