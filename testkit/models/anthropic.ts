import { randomUUID } from 'node:crypto';
import type { DoubleErrorKind, NormalisedMessage, NormalisedRequest } from './script.ts';
import { isRecord, plain, records, sse, stringOf, type Encoder, type PlainReply, type Wire } from './wire.ts';
import { anthropicMessage, createWholeEncoder } from './whole-answers.ts';

// The wire format is that of https://platform.claude.com/docs/en/api/messages and /messages-streaming, /errors, /models-list.

const errors: Record<DoubleErrorKind, { status: number; type: string; message: string }> = {
  auth: { status: 401, type: 'authentication_error', message: 'invalid x-api-key' },
  forbidden: {
    status: 403,
    type: 'permission_error',
    message: 'Your API key does not have permission to use the specified resource.',
  },
  quota: {
    status: 400,
    type: 'invalid_request_error',
    message:
      'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
  },
  'rate-limit': {
    status: 429,
    type: 'rate_limit_error',
    message: "This request would exceed your organization's rate limit of 50,000 input tokens per minute.",
  },
  'model-not-found': { status: 404, type: 'not_found_error', message: 'model: unknown' },
  'context-too-long': {
    status: 400,
    type: 'invalid_request_error',
    message: 'prompt is too long: 212345 tokens > 200000 maximum',
  },
  overloaded: { status: 529, type: 'overloaded_error', message: 'Overloaded' },
  server: { status: 500, type: 'api_error', message: 'Internal server error' },
};

function failure(status: number, type: string, message: string): PlainReply {
  return { status, body: { type: 'error', error: { type, message }, request_id: `req_${randomUUID().slice(0, 8)}` } };
}

export const anthropicWire: Wire = {
  basePath: '/v1',
  defaultModels: [
    { id: 'claude-sonnet-4-5-20250929', displayName: 'Claude Sonnet 4.5', tools: true, vision: true },
    { id: 'claude-haiku-4-5-20251001', displayName: 'Claude Haiku 4.5', tools: true, vision: true },
    { id: 'claude-opus-4-5-20251101', displayName: 'Claude Opus 4.5', tools: true, vision: true },
  ],

  httpError(kind, { model, retryAfter }) {
    const { status, type, message } = errors[kind];
    const reply = failure(status, type, kind === 'model-not-found' && model ? `model: ${model}` : message);
    return retryAfter === undefined ? reply : { ...reply, headers: { 'retry-after': String(retryAfter) } };
  },

  route({ message, url, body, bodyIsValid }, { models, apiKey }) {
    const refuse = (text: string) => ({ kind: 'plain', reply: failure(400, 'invalid_request_error', text) }) as const;
    const key = message.headers['x-api-key'];
    if (!key) return { kind: 'plain', reply: failure(401, 'authentication_error', 'x-api-key header is required') };
    if (apiKey !== undefined && key !== apiKey) return { kind: 'plain', reply: this.httpError('auth', {}) };
    if (!message.headers['anthropic-version']) return refuse('anthropic-version: header is required');

    if (url.pathname === '/v1/models' && message.method === 'GET') {
      const limit = Number(url.searchParams.get('limit') ?? 20);
      if (!(limit >= 1 && limit <= 1000)) return refuse('limit: Input should be less than or equal to 1000');
      const after = url.searchParams.get('after_id');
      const from = after ? models.findIndex((model) => model.id === after) + 1 : 0;
      const page = models.slice(from, from + limit);
      const data = page.map((model) => ({
        type: 'model',
        id: model.id,
        display_name: model.displayName ?? model.id,
        created_at: '2025-09-29T00:00:00Z',
        ...(model.contextWindow ? { max_input_tokens: model.contextWindow } : {}),
      }));
      const has_more = from + limit < models.length;
      return {
        kind: 'list',
        reply: {
          status: 200,
          body: { data, has_more, first_id: page[0]?.id ?? null, last_id: page.at(-1)?.id ?? null },
        },
      };
    }

    if (url.pathname !== '/v1/messages') return { kind: 'plain', reply: failure(404, 'not_found_error', 'Not Found') };
    if (message.method !== 'POST')
      return plain(405, { type: 'error', error: { type: 'invalid_request_error', message: 'Method Not Allowed' } });
    if (!bodyIsValid) return refuse('The request body is not valid JSON');
    const problem = problemOf(body);
    if (problem) return refuse(problem);
    const model = String(body.model);
    if (!models.some((known) => known.id === model))
      return { kind: 'plain', reply: this.httpError('model-not-found', { model }) };
    return {
      kind: 'chat',
      request: normalise(body),
      encoder: body.stream === true ? createEncoder(model) : createWholeEncoder(model, anthropicMessage),
    };
  },
};

/** The first rule of the Messages API that a request breaks, in the API's words. */
function problemOf(body: Record<string, unknown>): string | undefined {
  if (typeof body.model !== 'string') return 'model: Field required';
  if (body.max_tokens === undefined) return 'max_tokens: Field required';
  if (!(Number(body.max_tokens) >= 1)) return 'max_tokens: must be greater than or equal to 1';
  if (!Array.isArray(body.messages)) return 'messages: Field required';
  const messages = records(body.messages);
  if (messages.length === 0) return 'messages: at least one message is required';
  if (messages[0]?.role !== 'user') return 'messages: first message must use the "user" role';

  const tools = records(body.tools);
  for (const [index, tool] of tools.entries()) {
    if (!/^[a-zA-Z0-9_-]{1,128}$/.test(String(tool.name)))
      return `tools.${index}.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'`;
    if (!isRecord(tool.input_schema) || tool.input_schema.type !== 'object')
      return `tools.${index}.custom.input_schema.type: Field required`;
  }

  let cacheControls = [...records(body.system), ...tools].filter((block) => block.cache_control).length;
  let open: string[] = [];
  for (const [index, message] of messages.entries()) {
    if (message.role !== 'user' && message.role !== 'assistant')
      return `messages.${index}.role: Input should be 'user' or 'assistant'`;
    const blocks = blocksOf(message.content);
    if (blocks.length === 0 && index < messages.length - 1)
      return `messages.${index}: all messages must have non-empty content except for the optional final assistant message`;
    cacheControls += blocks.filter((block) => block.cache_control).length;
    if (blocks.some((block) => block.type === 'text' && !block.text))
      return 'messages: text content blocks must be non-empty';
    const results = blocks.filter((block) => block.type === 'tool_result').map((block) => String(block.tool_use_id));
    const stray = results.find((id) => !open.includes(id));
    if (stray)
      return `messages.${index}.content.0: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${stray}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`;
    const missing = open.filter((id) => !results.includes(id));
    if (missing.length > 0)
      return `messages.${index - 1}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${missing.join(', ')}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`;
    open = blocks.filter((block) => block.type === 'tool_use').map((block) => String(block.id));
    if ((open.length > 0 || results.length > 0) && tools.length === 0)
      return 'Requests which include `tool_use` or `tool_result` blocks must define tools.';
  }
  if (open.length > 0)
    return `messages.${messages.length - 1}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${open.join(', ')}.`;
  if (cacheControls > 4) return `A maximum of 4 blocks with cache_control may be provided. Found ${cacheControls}.`;
  return undefined;
}

function blocksOf(content: unknown): Record<string, unknown>[] {
  return typeof content === 'string' ? (content ? [{ type: 'text', text: content }] : []) : records(content);
}

function textOf(content: unknown): string {
  return blocksOf(content)
    .filter((block) => block.type === 'text')
    .map((block) => stringOf(block.text))
    .join('\n');
}

function normalise(body: Record<string, unknown>): NormalisedRequest {
  const messages = records(body.messages).map((message): NormalisedMessage => {
    const blocks = blocksOf(message.content);
    const toolCalls = blocks
      .filter((block) => block.type === 'tool_use')
      .map((block) => ({ id: String(block.id), name: String(block.name), input: block.input }));
    const toolResults = blocks
      .filter((block) => block.type === 'tool_result')
      .map((block) => ({ id: String(block.tool_use_id), text: textOf(block.content) }));
    const images = blocks
      .flatMap((block) => (block.type === 'tool_result' ? [block, ...blocksOf(block.content)] : [block]))
      .filter((block) => block.type === 'image' && isRecord(block.source))
      .map((block) => block.source as Record<string, unknown>)
      .map((source) => stringOf(source.data ?? source.url));
    return {
      role: toolResults.length > 0 ? 'tool' : message.role === 'assistant' ? 'assistant' : 'user',
      text: textOf(message.content),
      ...(toolCalls.length > 0 ? { toolCalls } : {}),
      ...(toolResults.length > 0 ? { toolResults } : {}),
      ...(images.length > 0 ? { images } : {}),
    };
  });
  return {
    model: String(body.model),
    system: textOf(body.system),
    messages,
    tools: records(body.tools).map((tool) => String(tool.name)),
    maxOutputTokens: Number(body.max_tokens),
    raw: body,
  };
}

function createEncoder(model: string): Encoder {
  let index = -1;
  let openBlock: 'text' | 'thinking' | undefined;
  const close = () => {
    if (!openBlock) return '';
    const signature = openBlock === 'thinking' ? delta({ type: 'signature_delta', signature: 'c2lnbmF0dXJl' }) : '';
    openBlock = undefined;
    return signature + sse({ type: 'content_block_stop', index });
  };
  const open = (content_block: Record<string, unknown>) =>
    close() + sse({ type: 'content_block_start', index: ++index, content_block });
  const delta = (value: Record<string, unknown>) => sse({ type: 'content_block_delta', index, delta: value });
  const usage = {
    input_tokens: 1,
    output_tokens: 1,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    service_tier: 'standard',
  };

  return {
    contentType: 'text/event-stream; charset=utf-8',
    start: () =>
      sse({
        type: 'message_start',
        message: {
          id: `msg_${randomUUID()}`,
          type: 'message',
          role: 'assistant',
          model,
          content: [],
          stop_reason: null,
          stop_sequence: null,
          usage,
        },
      }) + sse({ type: 'ping' }),
    text(text) {
      const head = openBlock === 'text' ? '' : open({ type: 'text', text: '' });
      openBlock = 'text';
      return head + delta({ type: 'text_delta', text });
    },
    thinking(thinking) {
      const head = openBlock === 'thinking' ? '' : open({ type: 'thinking', thinking: '', signature: '' });
      openBlock = 'thinking';
      return head + delta({ type: 'thinking_delta', thinking });
    },
    toolCall({ id, name, input }) {
      const json = JSON.stringify(input ?? {});
      const middle = Math.ceil(json.length / 2);
      return (
        open({ type: 'tool_use', id, name, input: {} }) +
        ['', json.slice(0, middle), json.slice(middle)]
          .map((partial_json) => delta({ type: 'input_json_delta', partial_json }))
          .join('') +
        sse({ type: 'content_block_stop', index })
      );
    },
    finish({ usage: final, reason }) {
      const stop_reason = {
        stop: 'end_turn',
        'tool-calls': 'tool_use',
        length: 'max_tokens',
        'content-filter': 'refusal',
      }[reason];
      return (
        close() +
        sse({
          type: 'message_delta',
          delta: { stop_reason, stop_sequence: null },
          usage: {
            input_tokens: final.input,
            cache_creation_input_tokens: final.cacheWrite ?? 0,
            cache_read_input_tokens: final.cacheRead ?? 0,
            output_tokens: final.output,
          },
        }) +
        sse({ type: 'message_stop' })
      );
    },
    error: (kind) => sse({ type: 'error', error: { type: errors[kind].type, message: errors[kind].message } }),
  };
}
