import { streamText, tool } from 'ai';
import { afterEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { startModelDouble, type ModelDouble } from '../../testkit/model-double.ts';
import { recordedJson } from '../../testkit/models/recording.ts';
import { createLanguageModel } from './create-model.ts';
import { listModels } from './list-models.ts';
import { baseUrlOf } from './provider.ts';
import { credentialFor, rootsFor } from '../../test/provider-roots.ts';

// Addresses of the cloud providers may lead to a proxy, or to a server of one's own that speaks their language.

const doubles: ModelDouble[] = [];
afterEach(async () => {
  await Promise.all(doubles.splice(0).map((double) => double.close()));
});

async function startProxy() {
  const ids = ['openai/gpt-4o', 'azure/gpt-5-mini', 'llama-3.3-70b', 'text-embedding-3-small', 'whisper-1'];
  const double = await startModelDouble({
    kind: 'openai',
    isProxy: true,
    models: ids.map((id) => ({ id, tools: true, ...(id.startsWith('llama') && { contextWindow: 16_384 }) })),
  });
  doubles.push(double);
  const model = (id: string) =>
    createLanguageModel(`openai/${id}`, credentialFor('openai', double.url, 'key'), rootsFor(double.url));
  return { double, model };
}

const list = (provider: 'openai' | 'anthropic', url: string) =>
  listModels(provider, credentialFor(provider, url, 'key'), rootsFor(url));

describe('OpenAI’s address may lead to a proxy', () => {
  test('whose list has any names and leaves out what it likes', async () => {
    const { double } = await startProxy();
    const models = await list('openai', double.url);
    expect(models.map(({ id }) => id).toSorted()).toEqual(['azure/gpt-5-mini', 'llama-3.3-70b', 'openai/gpt-4o']);
    expect(models.find(({ id }) => id === 'llama-3.3-70b')).toMatchObject({ toolUse: true, contextWindow: 16_384 });
    expect(models.find(({ id }) => id === 'openai/gpt-4o')).toMatchObject({ vision: true, contextWindow: 128_000 });
    for (const body of [
      recordedJson('models-of-proxy.json'),
      { data: [{ id: 'openai/gpt-4o', created: null }, { id: 'azure/gpt-5-mini', created: '1677610602' }, 7, {}] },
      { models: [{ name: 'openai/gpt-4o' }, 'azure/gpt-5-mini'] },
      ['openai/gpt-4o', { id: 'azure/gpt-5-mini' }],
    ]) {
      double.respondToModelList([{ refuse: 200, body }]);
      const found = (await list('openai', double.url)).map(({ id }) => id);
      expect(found).toEqual(expect.arrayContaining(['openai/gpt-4o', 'azure/gpt-5-mini']));
    }
  });

  test('that has no Responses API: answers and calls of tools come through Chat Completions', async () => {
    const { double, model } = await startProxy();
    double.respondNext([{ text: 'I look.' }, { toolCall: { name: 'pinchy_ls', input: { path: '/data' } } }]);
    double.respondNext([{ text: 'Two files.', chunks: 3 }, { usage: { input: 30, output: 4 } }]);
    const tools = {
      pinchy_ls: tool({ inputSchema: z.object({ path: z.string() }), execute: async ({ path }) => `in ${path}` }),
    };
    const result = streamText({ model: model('llama-3.3-70b'), prompt: 'Hello', tools, stopWhen: () => false });
    await result.consumeStream();
    const steps = await result.steps;
    expect(steps.map(({ text }) => text)).toEqual(['I look.', 'Two files.']);
    expect(steps[1]?.usage).toMatchObject({ inputTokens: 30, outputTokens: 4 });
    expect(double.requests.at(-1)?.chat?.messages.flatMap(({ toolResults = [] }) => toolResults)).toMatchObject([
      { text: 'in /data' },
    ]);
    // Looked for once.
    expect(double.requests.map(({ path }) => path)).toEqual([
      '/v1/responses',
      '/v1/chat/completions',
      '/v1/chat/completions',
    ]);
  });

  test.each<[string, string]>([
    [
      'the text only in a message at the end',
      '{"choices":[{"index":0,"message":{"role":"assistant","content":"Hello."},"finish_reason":"stop"}]}',
    ],
    [
      'content in parts',
      '{"choices":[{"delta":{"content":[{"type":"text","text":"Hello."}]},"finish_reason":"stop"}]}',
    ],
    [
      'nulls and counts as text',
      '{"id":null,"created":null,"choices":[{"index":null,"delta":{"role":null,"content":"Hello.","tool_calls":null},"finish_reason":"stop"}],"usage":{"prompt_tokens":"12","completion_tokens":null}}',
    ],
    ['no finish_reason', '{"choices":[{"delta":{"content":"Hello."}}]}'],
  ])('that streams %s', async (_what, event) => {
    const { double, model } = await startProxy();
    double.respond([
      { recorded: `: OPENROUTER PROCESSING\n\ndata: ${event}\n\ndata: [DONE]\n\n`, contentType: 'text/event-stream' },
    ]);
    const result = streamText({ model: model('openai/gpt-4o'), prompt: 'Hello', maxRetries: 0 });
    await result.consumeStream();
    expect([await result.text, await result.finishReason]).toEqual(['Hello.', 'stop']);
  });

  test('that answers at once although a stream was asked for', async () => {
    const { double, model } = await startProxy();
    const choices = [{ index: 0, message: { role: 'assistant', content: 'Hello.' }, finish_reason: 'stop' }];
    double.respond([{ refuse: 200, body: { id: 'x', choices, usage: { prompt_tokens: 3, completion_tokens: 2 } } }]);
    const result = streamText({ model: model('openai/gpt-4o'), prompt: 'Hello', maxRetries: 0 });
    await result.consumeStream();
    expect([await result.text, await result.finishReason]).toEqual(['Hello.', 'stop']);
  });

  test('that gives every call the same index', async () => {
    const { double, model } = await startProxy();
    const call = (id: string, path: string) =>
      `data: ${JSON.stringify({ choices: [{ delta: { tool_calls: [{ index: 0, id, function: { name: 'pinchy_ls', arguments: { path } } }] } }] })}\n\n`;
    const end = 'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';
    double.respond([{ recorded: call('a', '/one') + call('b', '/two') + end, contentType: 'text/event-stream' }]);
    const tools = { pinchy_ls: tool({ inputSchema: z.object({ path: z.string() }) }) };
    const result = streamText({ model: model('openai/gpt-4o'), prompt: 'Hello', tools, maxRetries: 0 });
    await result.consumeStream();
    expect((await result.toolCalls).map(({ input }) => input)).toEqual([{ path: '/one' }, { path: '/two' }]);
  });
});

describe('an address with and without its version', () => {
  test('of Anthropic answers both ways', async () => {
    const double = await startModelDouble({ kind: 'anthropic' });
    doubles.push(double);
    for (const url of [double.url, double.url.replace(/\/v1$/, ''), `${double.url}/`]) {
      expect(await list('anthropic', url)).toHaveLength(3);
      const credential = credentialFor('anthropic', url, 'key');
      const model = createLanguageModel('anthropic/claude-sonnet-4-5-20250929', credential, rootsFor(url));
      expect(await streamText({ model, prompt: 'Hello' }).text).toBe('Hello.');
    }
  });

  test.each([
    ['anthropic', 'https://proxy.example/anthropic', 'https://proxy.example/anthropic/v1'],
    ['anthropic', 'https://proxy.example/v1/', 'https://proxy.example/v1'],
    ['openai', 'http://vllm:8000', 'http://vllm:8000/v1'],
    ['openai', 'https://x.openai.azure.com/openai/v1', 'https://x.openai.azure.com/openai/v1'],
    ['openai', 'https://proxy.example/openai', 'https://proxy.example/openai'],
    ['google', 'https://generativelanguage.googleapis.com', 'https://generativelanguage.googleapis.com/v1beta'],
    ['google', 'https://proxy.example/v1beta', 'https://proxy.example/v1beta'],
  ] as const)('%s %s', (provider, given, expected) => {
    expect(baseUrlOf(provider, { apiKey: 'key' }, rootsFor(given))).toBe(expected);
  });

  test('that leads nowhere is said to be the address, not the key or the model', async () => {
    const double = await startModelDouble({ kind: 'anthropic' });
    doubles.push(double);
    const wrong = double.url.replace(/\/v1$/, '/elsewhere/v1');
    await expect(list('anthropic', wrong)).rejects.toMatchObject({
      code: 'provider_unavailable',
      message: expect.stringMatching(/address in ANTHROPIC_BASE_URL/),
    });
  });
});
