import { randomUUID } from 'node:crypto';
import type { DoubleErrorKind, DoubleModel, NormalisedMessage, NormalisedRequest } from './script.ts';
import { isRecord, records, stringOf, type Encoder, type PlainReply, type Routed, type Wire } from './wire.ts';
import { createWholeEncoder, googleContent } from './whole-answers.ts';

// The wire format is that of https://ai.google.dev/api/generate-content, /api/models and /gemini-api/docs/thought-signatures.

const errors: Record<DoubleErrorKind, { code: number; status: string; message: string; reason?: string }> = {
  auth: {
    code: 400,
    status: 'INVALID_ARGUMENT',
    message: 'API key not valid. Please pass a valid API key.',
    reason: 'API_KEY_INVALID',
  },
  forbidden: {
    code: 403,
    status: 'PERMISSION_DENIED',
    message: 'Generative Language API has not been used in project 123 before or it is disabled.',
    reason: 'SERVICE_DISABLED',
  },
  quota: {
    code: 429,
    status: 'RESOURCE_EXHAUSTED',
    message:
      'You exceeded your current quota, please check your plan and billing details. For more information on this error, head to: https://ai.google.dev/gemini-api/docs/rate-limits.',
  },
  'rate-limit': { code: 429, status: 'RESOURCE_EXHAUSTED', message: 'Resource has been exhausted (e.g. check quota).' },
  'model-not-found': {
    code: 404,
    status: 'NOT_FOUND',
    message:
      'models/unknown is not found for API version v1beta, or is not supported for generateContent. Call ListModels to see the list of available models and their supported methods.',
  },
  'context-too-long': {
    code: 400,
    status: 'INVALID_ARGUMENT',
    message: 'The input token count (1196265) exceeds the maximum number of tokens allowed (1048576).',
  },
  overloaded: { code: 503, status: 'UNAVAILABLE', message: 'The model is overloaded. Please try again later.' },
  server: {
    code: 500,
    status: 'INTERNAL',
    message:
      'An internal error has occurred. Please retry or report in https://developers.generativeai.google/guide/troubleshooting',
  },
};

function failure(kind: DoubleErrorKind, message?: string, retryAfter?: number): PlainReply {
  const { reason, ...error } = errors[kind];
  const details: Record<string, unknown>[] = [];
  if (reason)
    details.push({
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason,
      domain: 'googleapis.com',
      metadata: {},
    });
  // Google says how long to wait in the body, not in a header.
  if (retryAfter !== undefined)
    details.push({ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${retryAfter}s` });
  return {
    status: error.code,
    body: { error: { ...error, ...(message ? { message } : {}), ...(details.length > 0 ? { details } : {}) } },
  };
}

function refusal(message: string): PlainReply {
  return { status: 400, body: { error: { code: 400, message, status: 'INVALID_ARGUMENT' } } };
}

export const googleWire: Wire = {
  basePath: '/v1beta',
  defaultModels: [
    { id: 'gemini-2.5-flash', displayName: 'Gemini 2.5 Flash', tools: true, vision: true, contextWindow: 1_048_576 },
    { id: 'gemini-2.5-pro', displayName: 'Gemini 2.5 Pro', tools: true, vision: true, contextWindow: 1_048_576 },
    {
      id: 'gemini-embedding-001',
      displayName: 'Gemini Embedding 001',
      chat: false,
      contextWindow: 2048,
      dimensions: 3072,
    },
  ],

  httpError: (kind, { model, retryAfter }) =>
    failure(
      kind,
      kind === 'model-not-found' && model ? errors[kind].message.replace('unknown', model) : undefined,
      retryAfter,
    ),

  route({ message, url, body, bodyIsValid }, { models, apiKey }) {
    const key = message.headers['x-goog-api-key'] ?? url.searchParams.get('key');
    if (!key) {
      const text =
        "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.";
      return {
        kind: 'plain',
        reply: { status: 403, body: { error: { code: 403, message: text, status: 'PERMISSION_DENIED' } } },
      };
    }
    if (apiKey !== undefined && key !== apiKey) return { kind: 'plain', reply: failure('auth') };

    if (url.pathname === '/v1beta/models' && message.method === 'GET') {
      const size = Math.min(Number(url.searchParams.get('pageSize') ?? 50), 1000);
      const from = Number(url.searchParams.get('pageToken') ?? 0);
      const next = from + size < models.length ? { nextPageToken: String(from + size) } : {};
      return {
        kind: 'list',
        reply: { status: 200, body: { models: models.slice(from, from + size).map(listed), ...next } },
      };
    }

    const [, model = '', method] = /^\/v1beta\/models\/([^/:]+):(\w+)$/.exec(url.pathname) ?? [];
    if (message.method === 'POST' && (method === 'embedContent' || method === 'batchEmbedContents'))
      return routeEmbedding({ model, method, body }, models);
    if (message.method !== 'POST' || !(method === 'streamGenerateContent' || method === 'generateContent'))
      return { kind: 'plain', reply: { status: 404, body: '' } };
    const known = models.find((candidate) => candidate.id === model);
    if (!known || known.chat === false) return { kind: 'plain', reply: this.httpError('model-not-found', { model }) };
    if (!bodyIsValid) return { kind: 'plain', reply: refusal('Invalid JSON payload received.') };
    const isStream = method === 'streamGenerateContent';
    if (isStream && url.searchParams.get('alt') !== 'sse')
      return { kind: 'plain', reply: refusal('This double only streams with alt=sse') };
    const problem = problemOf(body, model);
    if (problem) return { kind: 'plain', reply: refusal(problem) };
    return {
      kind: 'chat',
      request: normalise(body, model),
      encoder: isStream ? createEncoder(model) : createWholeEncoder(model, googleContent),
    };
  },
};

/** https://ai.google.dev/api/embeddings: one text, or up to a hundred, each as a request of its own. */
function routeEmbedding(
  { model, method, body }: { model: string; method: string; body: Record<string, unknown> },
  models: DoubleModel[],
): Routed {
  const known = models.find(({ id }) => id === model);
  if (known?.chat !== false) return { kind: 'plain', reply: googleWire.httpError('model-not-found', { model }) };
  const isBatch = method === 'batchEmbedContents';
  const requests = isBatch ? records(body.requests) : [body];
  if (requests.length === 0 || requests.length > 100) {
    return {
      kind: 'plain',
      reply: refusal('* BatchEmbedContentsRequest.requests: at most 100 requests can be in one batch'),
    };
  }
  if (requests.some((one) => one.model !== `models/${model}`)) {
    return { kind: 'plain', reply: refusal('* EmbedContentRequest.model: unexpected model name format') };
  }
  const texts = requests.map((one) => (isRecord(one.content) ? textOf(partsOf(one.content)) : ''));
  if (texts.includes(''))
    return { kind: 'plain', reply: refusal('* EmbedContentRequest.content contains an empty Part.') };
  return {
    kind: 'embedding',
    request: { model, texts, taskType: stringOf(requests[0]?.taskType) },
    reply(vectors) {
      const embeddings = vectors.map((values) => ({ values }));
      return { status: 200, body: isBatch ? { embeddings } : { embedding: embeddings[0] } };
    },
  };
}

function listed(model: DoubleModel) {
  return {
    name: `models/${model.id}`,
    version: '001',
    displayName: model.displayName ?? model.id,
    inputTokenLimit: model.contextWindow ?? 32_768,
    outputTokenLimit: 65_536,
    supportedGenerationMethods:
      model.chat === false ? ['embedContent', 'countTokens'] : ['generateContent', 'countTokens'],
  };
}

function partsOf(content: Record<string, unknown>): Record<string, unknown>[] {
  return records(content.parts);
}

/** The first rule of generateContent that a request breaks. */
function problemOf(body: Record<string, unknown>, model: string): string | undefined {
  const contents = records(body.contents);
  if (contents.length === 0) return '* GenerateContentRequest.contents: contents is not specified\n';
  const needsSignatures = /^gemini-([3-9]|\d\d)/.test(model);
  const lastUserTurn = contents.findLastIndex(
    (content) => content.role === 'user' && !partsOf(content).some((part) => part.functionResponse),
  );
  let open = 0;
  for (const [index, content] of contents.entries()) {
    const parts = partsOf(content);
    if (parts.length === 0)
      return `* GenerateContentRequest.contents[${index}].parts: contents.parts must not be empty.\n`;
    const calls = parts.filter((part) => part.functionCall);
    const responses = parts.filter((part) => part.functionResponse);
    if (responses.length !== open) {
      return 'Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.';
    }
    if (calls.length > 0 && (index === 0 || contents[index - 1]?.role === 'model')) {
      return 'Please ensure that function call turn comes immediately after a user turn or after a function response turn.';
    }
    if (needsSignatures && index > lastUserTurn && calls[0] && !calls[0].thoughtSignature) {
      return `Function call is missing a thought_signature in functionCall parts. This is required for tools to work correctly. Additional data, function call \`default_api:${String((calls[0].functionCall as Record<string, unknown>).name)}\`, position ${index + 1}.`;
    }
    open = calls.length;
  }
  return open > 0
    ? 'Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.'
    : undefined;
}

function textOf(parts: Record<string, unknown>[]): string {
  return parts
    .filter((part) => typeof part.text === 'string' && part.thought !== true)
    .map((part) => stringOf(part.text))
    .join('\n');
}

function normalise(body: Record<string, unknown>, model: string): NormalisedRequest {
  const messages = records(body.contents).map((content): NormalisedMessage => {
    const parts = partsOf(content);
    const toolCalls = parts
      .map((part) => part.functionCall)
      .filter(isRecord)
      .map((call) => ({ id: stringOf(call.id ?? call.name), name: String(call.name), input: call.args }));
    const toolResults = parts
      .map((part) => part.functionResponse)
      .filter(isRecord)
      .map((result) => ({
        id: stringOf(result.id ?? result.name),
        text: stringOf(isRecord(result.response) ? (result.response.content ?? result.response) : ''),
      }));
    const images = parts
      .map((part) => part.inlineData)
      .filter(isRecord)
      .map((data) => stringOf(data.data));
    return {
      role: toolResults.length > 0 ? 'tool' : content.role === 'model' ? 'assistant' : 'user',
      text: textOf(parts),
      ...(toolCalls.length > 0 ? { toolCalls } : {}),
      ...(toolResults.length > 0 ? { toolResults } : {}),
      ...(images.length > 0 ? { images } : {}),
    };
  });
  const config = isRecord(body.generationConfig) ? body.generationConfig : {};
  return {
    model,
    system: isRecord(body.systemInstruction) ? textOf(partsOf(body.systemInstruction)) : '',
    messages,
    tools: records(body.tools).flatMap((tool) =>
      records(tool.functionDeclarations).map((declaration) => String(declaration.name)),
    ),
    maxOutputTokens: config.maxOutputTokens === undefined ? undefined : Number(config.maxOutputTokens),
    raw: body,
  };
}

function createEncoder(model: string): Encoder {
  const responseId = randomUUID();
  const frame = (value: Record<string, unknown>) =>
    `data: ${JSON.stringify({ ...value, modelVersion: model, responseId })}\r\n\r\n`;
  const say = (part: Record<string, unknown>) =>
    frame({ candidates: [{ content: { parts: [part], role: 'model' }, index: 0 }] });
  return {
    contentType: 'text/event-stream',
    start: () => '',
    text: (text) => say({ text }),
    thinking: (text) => say({ text, thought: true }),
    toolCall: ({ name, input }) => say({ functionCall: { name, args: input ?? {} }, thoughtSignature: 'c2lnbmF0dXJl' }),
    finish({ usage, reason }) {
      const finishReason = { stop: 'STOP', 'tool-calls': 'STOP', length: 'MAX_TOKENS', 'content-filter': 'SAFETY' }[
        reason
      ];
      const promptTokenCount = usage.input + (usage.cacheRead ?? 0) + (usage.cacheWrite ?? 0);
      return frame({
        candidates: [{ content: { parts: [{ text: '' }], role: 'model' }, finishReason, index: 0 }],
        usageMetadata: {
          promptTokenCount,
          candidatesTokenCount: usage.output,
          totalTokenCount: promptTokenCount + usage.output,
          ...(usage.cacheRead ? { cachedContentTokenCount: usage.cacheRead } : {}),
        },
      });
    },
    error: (kind) => `data: ${JSON.stringify(failure(kind).body)}\r\n\r\n`,
  };
}
