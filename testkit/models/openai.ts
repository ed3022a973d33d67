import { createChatCompletionsEncoder, normaliseChatCompletions, problemOfChatCompletions } from './openai-chat.ts';
import { openAiError, openAiRefusal, openAiReply } from './openai-errors.ts';
import { createResponsesEncoder, normaliseResponses, problemOfResponses } from './openai-responses.ts';
import type { DoubleModel } from './script.ts';
import { bearerOf, type Routed, stringOf, textsOf, type Wire } from './wire.ts';
import { chatCompletion, createWholeEncoder, openAiResponse } from './whole-answers.ts';

export const openAiWire: Wire = {
  basePath: '/v1',
  defaultModels: [
    { id: 'gpt-5', tools: true, vision: true },
    { id: 'gpt-5-mini', tools: true, vision: true },
    { id: 'gpt-4o', tools: true, vision: true },
    { id: 'text-embedding-3-small', chat: false, dimensions: 1536 },
    { id: 'whisper-1', chat: false },
  ],

  httpError(kind, { model, retryAfter }) {
    const changes =
      kind === 'model-not-found' && model
        ? { message: `The model \`${model}\` does not exist or you do not have access to it.` }
        : {};
    return openAiReply(openAiError(kind, changes), retryAfter);
  },

  route({ message, url, body, bodyIsValid }, { models, apiKey, isProxy }) {
    const key = bearerOf(message);
    if (!key) {
      const text =
        "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth.";
      return { kind: 'plain', reply: openAiReply(openAiError('auth', { message: text, code: null })) };
    }
    if (apiKey !== undefined && key !== apiKey) return { kind: 'plain', reply: openAiReply(openAiError('auth')) };

    if (url.pathname === '/v1/models' && message.method === 'GET') {
      if (isProxy) {
        const entries = models.map(({ id, contextWindow }) => ({ id, created: null, max_model_len: contextWindow }));
        return { kind: 'list', reply: { status: 200, body: { data: entries } } };
      }
      const data = models.map(({ id }) => ({ id, object: 'model', created: 1_754_000_000, owned_by: 'system' }));
      return { kind: 'list', reply: { status: 200, body: { object: 'list', data } } };
    }

    if (url.pathname === '/v1/embeddings' && message.method === 'POST') return routeEmbedding(body, models);
    const isResponses = url.pathname === '/v1/responses' && !isProxy;
    if (message.method !== 'POST' || !(isResponses || url.pathname === '/v1/chat/completions')) {
      const text = `Invalid URL (${message.method} ${url.pathname})`;
      return { kind: 'plain', reply: openAiReply(openAiError('model-not-found', { message: text, code: null })) };
    }
    if (!bodyIsValid)
      return { kind: 'plain', reply: openAiRefusal('We could not parse the JSON body of your request.') };
    if (typeof body.model !== 'string')
      return { kind: 'plain', reply: openAiRefusal('you must provide a model parameter') };
    const known = models.find((candidate) => candidate.id === body.model);
    if (!known) {
      // The Responses API answers 400 here where Chat Completions answers 404.
      const changes = isResponses
        ? { status: 400, message: `The requested model '${body.model}' does not exist.`, param: 'model' }
        : {};
      return {
        kind: 'plain',
        reply: isResponses
          ? openAiReply(openAiError('model-not-found', changes))
          : this.httpError('model-not-found', { model: body.model }),
      };
    }
    if (known.chat === false)
      return {
        kind: 'plain',
        reply: openAiReply(openAiError('model-not-found', { message: 'This is not a chat model.', code: null })),
      };

    const problem = isResponses ? problemOfResponses(body) : problemOfChatCompletions(body);
    if (problem) return { kind: 'plain', reply: openAiRefusal(problem.message, problem.param) };
    const isStream = body.stream === true;
    if (isResponses) {
      const encoder = isStream ? createResponsesEncoder(body) : createWholeEncoder(known.id, openAiResponse);
      return { kind: 'chat', request: normaliseResponses(body), encoder };
    }
    const encoder = isStream ? createChatCompletionsEncoder(body) : createWholeEncoder(known.id, chatCompletion);
    return { kind: 'chat', request: normaliseChatCompletions(body), encoder };
  },
};

/** https://platform.openai.com/docs/api-reference/embeddings/create */
function routeEmbedding(body: Record<string, unknown>, models: DoubleModel[]): Routed {
  const model = stringOf(body.model);
  const known = models.find(({ id }) => id === model);
  if (known?.chat !== false) return { kind: 'plain', reply: openAiWire.httpError('model-not-found', { model }) };
  const texts = typeof body.input === 'string' ? [body.input] : textsOf(body.input);
  if (!texts || texts.length === 0 || texts.length > 2_048 || texts.includes('')) {
    return { kind: 'plain', reply: openAiRefusal("'$.input' is invalid.", 'input') };
  }
  return {
    kind: 'embedding',
    request: { model, texts },
    reply: (vectors, tokens) => ({
      status: 200,
      body: {
        object: 'list',
        data: vectors.map((embedding, index) => ({ object: 'embedding', index, embedding })),
        model,
        usage: { prompt_tokens: tokens, total_tokens: tokens },
      },
    }),
  };
}
