import { createOpenAI } from '@ai-sdk/openai';
import { APICallError, type LanguageModelV4 } from '@ai-sdk/provider';
import type { FetchFunction } from '@ai-sdk/provider-utils';
import { defaultSettingsMiddleware, wrapLanguageModel } from 'ai';

/** Addresses at which only Chat Completions was found to answer. */
const chatOnly = new Set<string>();

/**
 * A model behind OpenAI's address: through the Responses API, and through Chat Completions where a proxy or a server of one's own
 * has only that.
 */
export function createOpenAiLanguageModel(options: {
  id: string;
  baseURL: string;
  apiKey: string;
  fetch: FetchFunction;
}): LanguageModelV4 {
  const { id, baseURL } = options;
  const openai = createOpenAI(options);
  const responses = wrapLanguageModel({
    model: openai.responses(id),
    // Conversations live here, not at OpenAI, and requests carry them whole instead of pointing at stored items.
    middleware: defaultSettingsMiddleware({ settings: { providerOptions: { openai: { store: false } } } }),
  });
  const chat = openai.chat(id);

  async function ask<Answer>(call: (model: LanguageModelV4) => PromiseLike<Answer>): Promise<Answer> {
    if (chatOnly.has(baseURL)) return call(chat);
    try {
      return await call(responses);
    } catch (error) {
      if (!lacksResponses(error)) throw error;
    }
    try {
      const answer = await call(chat);
      chatOnly.add(baseURL);
      return answer;
    } catch (error) {
      if (!lacksResponses(error)) chatOnly.add(baseURL);
      throw error;
    }
  }

  return {
    specificationVersion: 'v4',
    provider: responses.provider,
    modelId: id,
    supportedUrls: {},
    doGenerate: (call) => ask((model) => model.doGenerate(call)),
    doStream: (call) => ask((model) => model.doStream(call)),
  };
}

/** What is not there at all, and not only a model that is not. */
function lacksResponses(error: unknown): boolean {
  if (!APICallError.isInstance(error)) return false;
  const { statusCode = 0, responseBody = '' } = error;
  if (/model_not_found|the model .{0,200}does not exist/i.test(responseBody)) return false;
  if (statusCode === 404 || statusCode === 405 || statusCode === 501) return true;
  const isRefused = statusCode === 400 || statusCode === 403 || statusCode === 422 || statusCode === 500;
  return (
    isRefused &&
    /(operation|endpoint|route|path|url|responses( api)?)\W{0,3} (is |was )?(not |un)(supported|found|available|implemented|known)|unknown (request )?(url|endpoint|path)|invalid url/i.test(
      responseBody,
    )
  );
}
