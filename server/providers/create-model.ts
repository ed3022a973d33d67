import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogle } from '@ai-sdk/google';
import { NoSuchModelError, type LanguageModelV4 } from '@ai-sdk/provider';
import { createAnthropicReader } from './streams/anthropic-events.ts';
import { createChatReader } from './streams/chat-events.ts';
import { createGoogleReader } from './streams/google-events.ts';
import { createResponsesReader } from './streams/responses-events.ts';
import { tolerantFetch } from './streams/tolerant-fetch.ts';
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

const anthropicFetch = tolerantFetch(cloudFetch, createAnthropicReader);
const openAiFetch = tolerantFetch(cloudFetch, (url) =>
  url.endsWith('/responses') ? createResponsesReader() : createChatReader(),
);
const googleFetch = tolerantFetch(cloudFetch, createGoogleReader);

/**
 * A model of the AI SDK for `<provider>/<model id>`, as `streamText` and `generateText` take it. Makes no request.
 * `contextWindow` (tokens, from the model list) bounds the context a local Ollama is asked for.
 * Throws NoSuchModelError for an id without a known provider; describeProviderError takes whatever it throws.
 */
export function createLanguageModel(
  fullModelId: string,
  credential: ProviderCredential,
  roots: ProviderRoots,
  { contextWindow }: { contextWindow?: number | null } = {},
): LanguageModelV4 {
  const parsed = parseFullModelId(fullModelId);
  if (!parsed) throw new NoSuchModelError({ modelId: fullModelId, modelType: 'languageModel' });
  const { provider, id } = parsed;
  return factories[provider]({
    id,
    baseURL: baseUrlOf(provider, credential, roots),
    apiKey: credential.apiKey ?? '',
    contextWindow,
  });
}

interface ModelRequest {
  id: string;
  baseURL: string;
  apiKey: string;
  contextWindow: number | null | undefined;
}

const factories: Record<ProviderId, (request: ModelRequest) => LanguageModelV4> = {
  anthropic: ({ id, baseURL, apiKey }) => createAnthropic({ baseURL, apiKey, fetch: anthropicFetch })(id),
  openai: ({ id, baseURL, apiKey }) => createOpenAiLanguageModel({ id, baseURL, apiKey, fetch: openAiFetch }),
  google: ({ id, baseURL, apiKey }) => createGoogle({ baseURL, apiKey, fetch: googleFetch })(id),
  'ollama-cloud': ({ id, baseURL, apiKey }) =>
    createOllamaLanguageModel({
      baseUrl: baseURL,
      modelId: id,
      headers: { authorization: `Bearer ${apiKey}` },
      fetch: cloudFetch,
      choosesContext: false,
    }),
  'ollama-local': ({ id, baseURL, contextWindow }) =>
    createOllamaLanguageModel({
      baseUrl: baseURL,
      modelId: id,
      headers: {},
      fetch: localFetch,
      choosesContext: true,
      contextWindow,
    }),
};
