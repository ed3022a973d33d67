import type { ProviderId } from '../provider.ts';

/** The providers that have embeddings. */
export const embeddingProviders = ['ollama-local', 'openai', 'google'] as const satisfies ProviderId[];
export type EmbeddingProvider = (typeof embeddingProviders)[number];
