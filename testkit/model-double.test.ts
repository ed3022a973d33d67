import { afterEach, describe, expect, test } from 'vitest';
import { startModelDouble, type DoubleKind, type ModelDouble } from './model-double.ts';

// What a wrong request meets here is what it would meet at the service. That right ones work is proved in server/providers/.

const doubles: ModelDouble[] = [];
afterEach(async () => {
  await Promise.all(doubles.splice(0).map((double) => double.close()));
});

async function start(kind: DoubleKind): Promise<ModelDouble> {
  const double = await startModelDouble({ kind, apiKey: 'key' });
  doubles.push(double);
  return double;
}

async function post(
  url: string,
  headers: Record<string, string>,
  body: unknown,
): Promise<{ status: number; text: string }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
}

describe('Anthropic', () => {
  const headers = { 'x-api-key': 'key', 'anthropic-version': '2023-06-01' };
  const body = {
    model: 'claude-sonnet-4-5-20250929',
    max_tokens: 10,
    stream: true,
    messages: [{ role: 'user', content: 'Hello' }],
  };
  const tools = [{ name: 'look', input_schema: { type: 'object' } }];
  const call = { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'look', input: {} }] };
  const result = { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'seen' }] };
  const marked = { type: 'text', text: 'x', cache_control: { type: 'ephemeral' } };

  test.each([
    [{ ...body, max_tokens: undefined }, 400, 'max_tokens: Field required'],
    [{ ...body, messages: [] }, 400, 'at least one message is required'],
    [{ ...body, messages: [{ role: 'assistant', content: 'Hi' }] }, 400, 'first message must use the'],
    [
      { ...body, messages: [{ role: 'user', content: [{ type: 'text', text: '' }] }] },
      400,
      'text content blocks must be non-empty',
    ],
    [{ ...body, model: 'claude-9' }, 404, 'model: claude-9'],
    [{ ...body, tools, messages: [...body.messages, call] }, 400, 'without `tool_result` blocks'],
    [{ ...body, tools, messages: [...body.messages, call, ...body.messages] }, 400, 'without `tool_result` blocks'],
    [{ ...body, tools, messages: [result] }, 400, 'unexpected `tool_use_id`'],
    [{ ...body, messages: [...body.messages, call, result] }, 400, 'must define tools'],
    [{ ...body, messages: [{ role: 'user', content: Array.from({ length: 5 }, () => marked) }] }, 400, 'Found 5'],
    [{ ...body, tools, messages: [...body.messages, call, result] }, 200, 'message_stop'],
  ])('request %#', async (request, status, words) => {
    const { url } = await start('anthropic');
    const answer = await post(`${url}/messages`, headers, request);
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(words)]);
  });

  test('wants a key and a version', async () => {
    const { url } = await start('anthropic');
    expect((await post(`${url}/messages`, {}, body)).status).toBe(401);
    expect((await post(`${url}/messages`, { ...headers, 'x-api-key': 'other' }, body)).text).toContain(
      'authentication_error',
    );
    expect((await post(`${url}/messages`, { 'x-api-key': 'key' }, body)).text).toContain('anthropic-version');
  });
});

describe('OpenAI', () => {
  const headers = { authorization: 'Bearer key' };
  const call = { type: 'function_call', call_id: 'call_1', name: 'look', arguments: '{}' };
  const output = { type: 'function_call_output', call_id: 'call_1', output: 'seen' };
  test.each([
    [{}, 400, 'model parameter'],
    [{ model: 'gpt-9', input: 'Hi' }, 400, 'model_not_found'],
    [{ model: 'gpt-5' }, 400, "'input'"],
    [{ model: 'gpt-5', input: [call] }, 400, 'No tool output found'],
    [{ model: 'gpt-5', input: [output] }, 400, 'No tool call found'],
    [{ model: 'gpt-5', input: [{ type: 'item_reference', id: 'msg_1' }] }, 400, 'not found'],
    [{ model: 'gpt-5', input: [call, output], stream: true }, 200, 'response.completed'],
  ])('response %#', async (request, status, words) => {
    const { url } = await start('openai');
    const answer = await post(`${url}/responses`, headers, request);
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(words)]);
  });

  const toolCall = { id: 'call_1', type: 'function', function: { name: 'look', arguments: '{}' } };
  test.each([
    [[], 400, 'empty array'],
    [[{ role: 'tool', tool_call_id: 'call_1', content: 'seen' }], 400, 'must be a response to a preceeding message'],
    [
      [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', tool_calls: [toolCall] },
      ],
      400,
      'did not have response messages: call_1',
    ],
    [
      [
        { role: 'assistant', tool_calls: [toolCall] },
        { role: 'tool', tool_call_id: 'call_1', content: 'seen' },
      ],
      200,
      '[DONE]',
    ],
  ])('chat completion %#', async (messages, status, words) => {
    const { url } = await start('openai');
    const answer = await post(`${url}/chat/completions`, headers, { model: 'gpt-5', messages, stream: true });
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(words)]);
  });

  test('usage in chat completions comes when asked for', async () => {
    const double = await start('openai');
    double.respond([
      { text: 'Hi', chunks: 2 },
      { toolCall: { name: 'look', input: { at: 1 } } },
      { usage: { input: 3, output: 4, cacheRead: 2 } },
    ]);
    const request = { model: 'gpt-5', stream: true, messages: [{ role: 'user', content: 'Hi' }] };
    expect((await post(`${double.url}/chat/completions`, headers, request)).text).not.toContain('prompt_tokens');
    const { text } = await post(`${double.url}/chat/completions`, headers, {
      ...request,
      stream_options: { include_usage: true },
    });
    const frames = text
      .split('\n\n')
      .filter((frame) => frame.startsWith('data: {'))
      .map(
        (frame) =>
          JSON.parse(frame.slice(6)) as {
            choices: { delta: { content?: string }; finish_reason: string | null }[];
            usage: unknown;
          },
      );
    expect(frames.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe('Hi');
    expect(frames.at(-2)?.choices[0]?.finish_reason).toBe('tool_calls');
    expect(frames.at(-1)).toMatchObject({
      choices: [],
      usage: { prompt_tokens: 5, completion_tokens: 4, prompt_tokens_details: { cached_tokens: 2 } },
    });
  });
});

describe('Google', () => {
  const headers = { 'x-goog-api-key': 'key' };
  const user = { role: 'user', parts: [{ text: 'Hi' }] };
  const call = { role: 'model', parts: [{ functionCall: { name: 'look', args: {} } }] };
  const result = { role: 'user', parts: [{ functionResponse: { name: 'look', response: {} } }] };
  test.each([
    ['gemini-2.5-flash', [], 400, 'contents is not specified'],
    ['gemini-2.5-flash', [{ role: 'user', parts: [] }], 400, 'parts must not be empty'],
    ['gemini-9', [user], 404, 'models/gemini-9 is not found'],
    ['gemini-2.5-flash', [user, call, user], 400, 'number of function response parts'],
    ['gemini-2.5-flash', [call, result], 400, 'immediately after a user turn'],
    ['gemini-2.5-flash', [user, call, result], 200, 'usageMetadata'],
  ])('%s, request %#', async (model, contents, status, words) => {
    const { url } = await start('google');
    const answer = await post(`${url}/models/${model}:streamGenerateContent?alt=sse`, headers, { contents });
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(words)]);
  });
});

describe('Ollama', () => {
  const message = { role: 'user', content: 'Hi' };
  const call = (args: unknown) => ({
    role: 'assistant',
    content: '',
    tool_calls: [{ function: { name: 'look', arguments: args } }],
  });
  test.each([
    [{ messages: [message] }, 400, 'model is required'],
    [{ model: 'none', messages: [message] }, 404, "model 'none' not found"],
    [
      { model: 'gemma3:4b', messages: [message], tools: [{ function: { name: 'look' } }] },
      400,
      'does not support tools',
    ],
    [{ model: 'nomic-embed-text', messages: [message] }, 400, 'does not support chat'],
    [{ model: 'qwen3:8b', messages: [{ role: 'user', content: [] }] }, 400, 'cannot unmarshal'],
    [{ model: 'qwen3:8b', messages: [call('{}')] }, 400, 'cannot unmarshal'],
    [{ model: 'qwen3:8b', messages: [message, call({})] }, 200, '"done":true'],
  ])('chat %#', async (request, status, words) => {
    const double = await startModelDouble({ kind: 'ollama-local' });
    doubles.push(double);
    const answer = await post(`${double.url}/api/chat`, {}, request);
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(words)]);
  });

  test('the cloud shows its list to anyone and answers only with the key', async () => {
    const { url } = await start('ollama-cloud');
    expect((await fetch(`${url}/api/tags`)).status).toBe(200);
    expect((await post(`${url}/api/chat`, {}, { model: 'gpt-oss:120b', messages: [message] })).status).toBe(401);
    expect((await post(`${url}/v1/chat/completions`, {}, {})).status).toBe(401);
    expect((await post(`${url}/v1/chat/completions`, { authorization: 'Bearer key' }, {})).status).toBe(400);
  });
});

test('a mistake in a script function is answered, not swallowed', async () => {
  const double = await startModelDouble({ kind: 'ollama-local' });
  doubles.push(double);
  double.respond(() => {
    throw new Error('wrong turn');
  });
  const answer = await post(
    `${double.url}/api/chat`,
    {},
    { model: 'qwen3:8b', messages: [{ role: 'user', content: 'Hi' }] },
  );
  expect([answer.status, answer.text]).toEqual([500, expect.stringContaining('wrong turn')]);
});

test('what is changed about a model of one double is not so in the next', async () => {
  const begin = async () => {
    const double = await startModelDouble({ kind: 'ollama-local' });
    doubles.push(double);
    return double;
  };
  (await begin()).models[0]!.thinking = false;
  expect((await begin()).models[0]).not.toHaveProperty('thinking');
});
