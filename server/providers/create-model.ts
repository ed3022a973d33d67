import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogle } from '@ai-sdk/google';
import { NoSuchModelError, type LanguageModelV4 } from '@ai-sdk/provider';
import { createAnthropicReader } from './streams/anthropic-events.ts';
import { createChatReader } from './streams/chat-events.ts';
import { createGoogleReader } from './streams/google-events.ts';
import { createResponsesReader } from './streams/responses-events.ts';
import { tolerantFetch } from './streams/tolerant-fetch.ts';
import type { GiveWay } from './streams/read-text.ts';
import { cloudFetch, localFetch } from './provider-fetch.ts';
import { createOpenAiLanguageModel } from './openai/openai-language-model.ts';
import { createOllamaLanguageModel } from './ollama/ollama-language-model.ts';
import {
  baseUrlOf,
  parseFullModelId,
  type ProviderCredential,
  type ProviderId,
  type ProviderRoots,
} from './provider.ts';

/**
 * A model of the AI SDK for `<provider>/<model id>`, as `streamText` and `generateText` take it. Makes no request.
 * `contextWindow` (tokens, from the model list) bounds the context a local Ollama is asked for; `giveWay` is asked before more of
 * an answer is read that has begun.
 * Throws NoSuchModelError for an id without a known provider; describeProviderError takes whatever it throws.
 */
export function createLanguageModel(
  fullModelId: string,
  credential: ProviderCredential,
  roots: ProviderRoots,
  { contextWindow, giveWay }: { contextWindow?: number | null; giveWay?: GiveWay | undefined } = {},
): LanguageModelV4 {
  const parsed = parseFullModelId(fullModelId);
  if (!parsed) throw new NoSuchModelError({ modelId: fullModelId, modelType: 'languageModel' });
  const { provider, id } = parsed;
  return factories[provider]({
    id,
    baseURL: baseUrlOf(provider, credential, roots),
    apiKey: credential.apiKey ?? '',
    contextWindow,
    giveWay,
  });
}

interface ModelRequest {
  id: string;
  baseURL: string;
  apiKey: string;
  contextWindow: number | null | undefined;
  giveWay: GiveWay | undefined;
}

const factories: Record<ProviderId, (request: ModelRequest) => LanguageModelV4> = {
  anthropic({ id, giveWay, ...address }) {
    const fetch = tolerantFetch(cloudFetch, createAnthropicReader, giveWay);
    return createAnthropic({ ...address, fetch })(id);
  },
  openai({ id, giveWay, ...address }) {
    const createReader = (url: string) => (url.endsWith('/responses') ? createResponsesReader() : createChatReader());
    return createOpenAiLanguageModel({ id, ...address, fetch: tolerantFetch(cloudFetch, createReader, giveWay) });
  },
  google({ id, giveWay, ...address }) {
    return createGoogle({ ...address, fetch: tolerantFetch(cloudFetch, createGoogleReader, giveWay) })(id);
  },
  'ollama-cloud': ({ id, baseURL, apiKey, giveWay }) =>
    createOllamaLanguageModel({
      baseUrl: baseURL,
      modelId: id,
      headers: { authorization: `Bearer ${apiKey}` },
      fetch: cloudFetch,
      giveWay,
      choosesContext: false,
    }),
  'ollama-local': ({ id, baseURL, contextWindow, giveWay }) =>
    createOllamaLanguageModel({
      baseUrl: baseURL,
      modelId: id,
      headers: {},
      fetch: localFetch,
      giveWay,
      choosesContext: true,
      contextWindow,
    }),
};
