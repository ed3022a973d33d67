import type { ProviderId } from '../../../contract/providers.ts';

/** `openai/text-embedding-3-small` → `openai`. */
export const providerOf = (model: string): ProviderId => model.slice(0, model.indexOf('/')) as ProviderId;
