import {
  experimental_streamLanguageModelCall as streamLanguageModelCall,
  jsonSchema,
  type ModelMessage,
  tool,
} from 'ai';
import { expect, onTestFinished, test } from 'vitest';
import { type ModelDouble, type Script, startModelDouble } from '../../../testkit/model-double.ts';
import { createLanguageModel } from '../../providers/create-model.ts';
import { credentialFor, rootsFor } from '../../../test/provider-roots.ts';

// What the agent loop takes for granted of one call that the AI SDK calls experimental (docs/decisions/ai-sdk-call.md). An
// upgrade that changes any of it fails here, by name, before it fails somewhere in the loop.

const provider = 'openai';
let executed = 0;
const tools = {
  list: tool({
    description: 'Lists a directory',
    inputSchema: jsonSchema<{ path: string }>({
      type: 'object',
      properties: { path: { type: 'string' } },
      required: ['path'],
    }),
    execute: async () => {
      executed += 1;
      return 'never';
    },
  }),
};

async function start(script: Script) {
  const double = await startModelDouble({ kind: provider, apiKey: 'right-key' });
  onTestFinished(() => double.close());
  double.respond(script);
  return double;
}

type CallOptions = Parameters<typeof streamLanguageModelCall<typeof tools>>[0];

function call(
  double: ModelDouble,
  options: Pick<CallOptions, 'tools' | 'abortSignal' | 'download'> & { messages?: ModelMessage[] } = {},
) {
  const model = createLanguageModel(
    `${provider}/gpt-5`,
    credentialFor(provider, double.url, 'right-key'),
    rootsFor(double.url),
  );
  const messages: ModelMessage[] = [{ role: 'user', content: 'Hello' }];
  return streamLanguageModelCall({ model, messages, ...options, _internal: { collectContent: false } });
}

async function readParts(stream: ReadableStream<{ type: string }>) {
  const parts: ({ type: string } & Record<string, unknown>)[] = [];
  for await (const part of stream) parts.push(part);
  return parts;
}

test('the parts of an answer, their names, order and fields', async () => {
  const double = await start([
    { text: 'One two', chunks: 2 },
    { toolCall: { name: 'list', input: { path: '/data' }, id: 'call_1' } },
    { usage: { input: 12, output: 5, cacheRead: 4 } },
  ]);
  const { stream } = await call(double, { tools });
  expect(stream).toBeInstanceOf(ReadableStream);
  const parts = await readParts(stream);
  const known = ['model-call-start', 'text-start', 'text-delta', 'text-end', 'tool-call', 'model-call-end'];
  const types = parts.map(({ type }) => type);
  expect(types.filter((type, index) => known.includes(type) && type !== types[index - 1])).toEqual(known);
  const texts = parts.filter(({ type }) => type === 'text-delta');
  expect(texts.map(({ text }) => text).join('')).toBe('One two');
  expect(new Set(texts.map(({ id }) => id)).size, 'one id for one text').toBe(1);
  expect(parts.find(({ type }) => type === 'tool-call')).toMatchObject({
    toolCallId: 'call_1',
    toolName: 'list',
    input: { path: '/data' },
  });
  expect(parts.at(-1)).toMatchObject({
    type: 'model-call-end',
    finishReason: 'tool-calls',
    usage: { inputTokens: 16, outputTokens: 5, inputTokenDetails: { cacheReadTokens: 4, noCacheTokens: 12 } },
  });
});

test('one call is one request: no tool runs, no next step, and the tools go along with their schema', async () => {
  const double = await start([{ toolCall: { name: 'list', input: { path: '/data' } } }]);
  await readParts((await call(double, { tools })).stream);
  expect([executed, double.requests.filter(({ chat }) => chat).length]).toEqual([0, 1]);
  expect(JSON.stringify(double.requests.at(-1)?.body)).toContain('Lists a directory');
});

test('a call of a tool that was not offered, or with an input that does not fit, is passed on as it came', async () => {
  const double = await start([
    { toolCall: { name: 'destroy', input: { everything: true } } },
    { toolCall: { name: 'list', input: { path: 7 } } },
  ]);
  const calls = (await readParts((await call(double, { tools })).stream)).filter(({ type }) => type === 'tool-call');
  expect(calls.map(({ toolName, input }) => [toolName, input])).toEqual([
    ['destroy', { everything: true }],
    ['list', { path: 7 }],
  ]);
});

test('a refusal is not tried again by the SDK, and reaches the caller', async () => {
  const double = await start([{ error: 'overloaded' }]);
  const outcome = await call(double).then(
    async ({ stream }) => (await readParts(stream)).find(({ type }) => type === 'error')?.['error'],
    (error: unknown) => error,
  );
  expect(outcome).toMatchObject({ statusCode: expect.any(Number) });
  expect(double.requests.filter(({ chat }) => chat)).toHaveLength(1);
});

test('an aborted call closes the connection to the provider', async () => {
  const double = await start([{ text: 'On and on.' }, { hang: true }]);
  const controller = new AbortController();
  const { stream } = await call(double, { abortSignal: controller.signal });
  const reader = stream.getReader();
  for (;;) {
    const { value } = await reader.read();
    if (value?.type === 'text-delta') break;
  }
  controller.abort();
  await expect.poll(() => double.disconnects.length).toBe(1);
});

test('leaving the stream closes the connection too', async () => {
  const double = await start([{ text: 'On and on.' }, { hang: true }]);
  const { stream } = await call(double);
  const reader = stream.getReader();
  await reader.read();
  await reader.cancel();
  await expect.poll(() => double.disconnects.length).toBe(1);
});

test('an address in a message is fetched by the function that is given, and by nothing else', async () => {
  const double = await start([{ text: 'Seen.' }]);
  const asked: unknown[] = [];
  const image = { type: 'file' as const, mediaType: 'image/png', data: new URL('http://127.0.0.1:9/picture.png') };
  const download = async (files: { url: URL }[]) => {
    asked.push(...files.map(({ url }) => url.href));
    throw new Error('Files are not downloaded.');
  };
  const outcome = await call(double, { messages: [{ role: 'user', content: [image] }], download }).then(
    async ({ stream }) => (await readParts(stream)).map(({ type }) => type),
    (error: Error) => error.message,
  );
  expect([asked, outcome]).toEqual([['http://127.0.0.1:9/picture.png'], 'Files are not downloaded.']);
  expect(double.requests.filter(({ chat }) => chat)).toEqual([]);
});
