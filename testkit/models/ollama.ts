import type { DoubleErrorKind, DoubleModel, NormalisedRequest } from './script.ts';
import { bearerOf, isRecord, plain, records, type Routed, stringOf, textsOf, type Encoder, type Wire } from './wire.ts';
import { createWholeEncoder, ollamaChat } from './whole-answers.ts';

// The wire format is that of https://github.com/ollama/ollama/blob/main/docs/api.md; the cloud differs by its bearer key.

const errors: Record<DoubleErrorKind, { status: number; message: string }> = {
  auth: { status: 401, message: 'unauthorized' },
  forbidden: { status: 403, message: 'this model requires a subscription, upgrade for access' },
  quota: {
    status: 402,
    message: 'you have reached your weekly usage limit, upgrade for higher limits: https://ollama.com/upgrade',
  },
  'rate-limit': { status: 429, message: 'too many concurrent requests' },
  'model-not-found': { status: 404, message: "model 'unknown' not found" },
  'context-too-long': {
    status: 400,
    message: 'the prompt is longer than the context length currently available to the model',
  },
  overloaded: { status: 503, message: 'server busy, please try again.  maximum pending requests exceeded' },
  server: { status: 500, message: 'llama runner process has terminated: signal: killed' },
};

function createWire(isCloud: boolean, defaultModels: DoubleModel[]): Wire {
  return {
    basePath: '',
    defaultModels,

    httpError(kind, { model, retryAfter }) {
      const { status, message } = errors[kind];
      const reply = {
        status,
        body: { error: kind === 'model-not-found' && model ? `model '${model}' not found` : message },
      };
      return retryAfter === undefined ? reply : { ...reply, headers: { 'retry-after': String(retryAfter) } };
    },

    route({ message, url, body, bodyIsValid }, { models, apiKey }) {
      const key = bearerOf(message);
      const isWrong = isCloud
        ? !key || (apiKey !== undefined && key !== apiKey)
        : apiKey !== undefined && key !== apiKey;
      const find = (name: string) => models.find((known) => known.id === name || known.id === `${name}:latest`);

      if (url.pathname === '/' && !isCloud) return plain(200, 'Ollama is running');
      if (url.pathname === '/api/version') return plain(200, { version: '0.34.0' });
      // The cloud shows its list to anyone, with or without a key: only the chat needs one.
      if (url.pathname === '/api/tags' && message.method === 'GET')
        return { kind: 'list', reply: { status: 200, body: { models: models.map(tagOf) } } };
      if (message.method !== 'POST') return plain(404, '404 page not found');
      if (!bodyIsValid) return plain(400, { error: 'invalid character in JSON body' });
      const name = stringOf(body.model);

      if (url.pathname === '/api/show') {
        const known = find(name);
        return known
          ? plain(200, showOf(known))
          : { kind: 'plain', reply: this.httpError('model-not-found', { model: name }) };
      }
      if (url.pathname === '/v1/chat/completions') {
        if (isWrong)
          return plain(401, {
            error: { message: 'unauthorized', type: 'authentication_error', param: null, code: null },
          });
        return plain(400, {
          error: { message: 'model is required', type: 'invalid_request_error', param: null, code: null },
        });
      }
      if (url.pathname === '/api/embed') return routeEmbedding(body, find);
      if (url.pathname !== '/api/chat') return plain(404, '404 page not found');
      if (isWrong) return { kind: 'plain', reply: this.httpError('auth', {}) };
      if (!name) return plain(400, { error: 'model is required' });
      const known = find(name);
      if (!known) return { kind: 'plain', reply: this.httpError('model-not-found', { model: name }) };
      const problem = problemOf(body, known);
      if (problem) return plain(400, { error: problem });
      return {
        kind: 'chat',
        request: normalise(body),
        encoder: body.stream === false ? createWholeEncoder(name, ollamaChat) : createEncoder(name),
      };
    },
  };
}

function routeEmbedding(body: Record<string, unknown>, find: (name: string) => DoubleModel | undefined): Routed {
  const known = find(stringOf(body.model));
  if (!known) return plain(404, { error: `model "${stringOf(body.model)}" not found, try pulling it first` });
  if (known.chat !== false) return plain(501, { error: 'this model does not support embeddings' });
  const texts = typeof body.input === 'string' ? [body.input] : textsOf(body.input);
  if (!texts) return plain(400, { error: 'invalid input type' });
  return {
    kind: 'embedding',
    request: { model: known.id, texts },
    reply: (embeddings, tokens) => ({
      status: 200,
      body: { model: known.id, embeddings, total_duration: 1, load_duration: 1, prompt_eval_count: tokens },
    }),
  };
}

export const ollamaLocalWire = createWire(false, [
  { id: 'qwen3:8b', tools: true, contextWindow: 40_960 },
  { id: 'gemma3:4b', tools: false, vision: true, contextWindow: 131_072 },
  { id: 'nomic-embed-text:latest', chat: false, contextWindow: 2048, dimensions: 768 },
]);

export const ollamaCloudWire = createWire(true, [
  { id: 'gpt-oss:120b', tools: true, contextWindow: 131_072 },
  { id: 'qwen3-vl:235b', tools: true, vision: true, contextWindow: 262_144 },
]);

function tagOf({ id }: DoubleModel) {
  const details = {
    parent_model: '',
    format: 'gguf',
    family: 'qwen3',
    families: ['qwen3'],
    parameter_size: '8.2B',
    quantization_level: 'Q4_K_M',
  };
  return {
    name: id,
    model: id,
    modified_at: '2026-01-01T00:00:00Z',
    size: 5_200_000_000,
    digest: '0'.repeat(64),
    details,
  };
}

function showOf(model: DoubleModel) {
  const capabilities =
    model.chat === false
      ? ['embedding']
      : ['completion', ...(model.tools ? ['tools'] : []), ...(model.vision ? ['vision'] : [])];
  const context = model.contextWindow ? { 'qwen3.context_length': model.contextWindow } : {};
  return {
    details: tagOf(model).details,
    model_info: { 'general.architecture': 'qwen3', ...context },
    capabilities,
    modified_at: '2026-01-01T00:00:00Z',
  };
}

function problemOf(body: Record<string, unknown>, model: DoubleModel): string | undefined {
  if (model.chat === false) return `"${model.id}" does not support chat`;
  if (records(body.tools).length > 0 && !model.tools)
    return `registry.ollama.ai/library/${model.id} does not support tools`;
  // Being told not to think is refused by none.
  if (body.think && model.thinking === false) return `"${model.id}" does not support thinking`;
  for (const message of records(body.messages)) {
    if (!['system', 'user', 'assistant', 'tool'].includes(String(message.role)))
      return 'invalid role: must be one of [system user assistant tool]';
    if (message.content !== undefined && typeof message.content !== 'string') {
      return 'json: cannot unmarshal array into Go struct field ChatRequest.messages.content of type string';
    }
    for (const call of records(message.tool_calls)) {
      if (!isRecord(call.function) || !isRecord(call.function.arguments)) {
        return 'json: cannot unmarshal string into Go struct field ToolCallFunction.messages.tool_calls.function.arguments of type api.ToolCallFunctionArguments';
      }
    }
    const images = Array.isArray(message.images) ? message.images : [];
    if (images.some((image) => typeof image !== 'string' || !/^[A-Za-z0-9+/]+=*$/.test(image)))
      return 'illegal base64 data at input byte 4';
  }
  return undefined;
}

function normalise(body: Record<string, unknown>): NormalisedRequest {
  const all = records(body.messages);
  const options = isRecord(body.options) ? body.options : {};
  return {
    model: String(body.model),
    system: all
      .filter((message) => message.role === 'system')
      .map((message) => stringOf(message.content))
      .join('\n'),
    messages: all
      .filter((message) => message.role !== 'system')
      .map((message) => {
        const text = stringOf(message.content);
        const images = Array.isArray(message.images) ? message.images.map(stringOf) : [];
        const more = images.length > 0 ? { images } : {};
        if (message.role === 'tool')
          return {
            role: 'tool',
            text: '',
            toolResults: [{ id: stringOf(message.tool_call_id ?? message.tool_name), text }],
            ...more,
          };
        const toolCalls = records(message.tool_calls).map((call) => {
          const called = isRecord(call.function) ? call.function : {};
          return { id: stringOf(call.id), name: String(called.name), input: called.arguments };
        });
        return {
          role: message.role === 'assistant' ? 'assistant' : 'user',
          text,
          ...(toolCalls.length > 0 ? { toolCalls } : {}),
          ...more,
        };
      }),
    tools: records(body.tools).map((tool) => String(isRecord(tool.function) ? tool.function.name : '')),
    maxOutputTokens: options.num_predict === undefined ? undefined : Number(options.num_predict),
    raw: body,
  };
}

function createEncoder(model: string): Encoder {
  const line = (value: Record<string, unknown>) =>
    `${JSON.stringify({ model, created_at: new Date().toISOString(), ...value })}\n`;
  const say = (message: Record<string, unknown>) =>
    line({ message: { role: 'assistant', content: '', ...message }, done: false });
  let callIndex = 0;
  return {
    contentType: 'application/x-ndjson',
    start: () => '',
    text: (content) => say({ content }),
    thinking: (thinking) => say({ thinking }),
    toolCall: ({ id, name, input }) =>
      say({ tool_calls: [{ id, function: { index: callIndex++, name, arguments: input ?? {} } }] }),
    finish: ({ usage, reason }) =>
      line({
        message: { role: 'assistant', content: '' },
        done: true,
        done_reason: reason === 'length' ? 'length' : 'stop',
        total_duration: 1_500_000_000,
        load_duration: 100_000_000,
        // Ollama caches prompts too, but counts the whole prompt and does not say how much was cached.
        prompt_eval_count: usage.input + (usage.cacheRead ?? 0) + (usage.cacheWrite ?? 0),
        prompt_eval_duration: 200_000_000,
        eval_count: usage.output,
        eval_duration: 1_200_000_000,
      }),
    error: (kind) => `${JSON.stringify({ error: errors[kind].message })}\n`,
  };
}
