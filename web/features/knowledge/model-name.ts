import type { ProviderId } from '../../../contract/providers.ts';

/** `openai/text-embedding-3-small` → `openai`. */
export const providerOf = (model: string): ProviderId => model.slice(0, model.indexOf('/')) as ProviderId;

/** `ollama-local/nomic-embed-text:latest` → `nomic-embed-text`. */
export const modelName = (model: string): string => model.slice(model.indexOf('/') + 1).replace(/:latest$/, '');
