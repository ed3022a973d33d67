import { generateText, isStepCount, streamText, tool, type ModelMessage } from 'ai';
import { afterEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { startModelDouble, type ModelDouble, type Script } from '../../testkit/model-double.ts';
import { createLanguageModel } from './create-model.ts';
import { describeProviderError } from './describe-error.ts';
import { normaliseUsage } from './prices.ts';
import { withCachedInstructions, withPromptCaching } from './prompt-caching.ts';
import { providerIds, type ProviderId } from './provider.ts';
import { ProviderError } from './provider-error.ts';
import { credentialFor, rootsFor } from '../../test/provider-roots.ts';

// The real AI SDK providers against the doubles: what is proved here holds for both.

const chatModels: Record<ProviderId, string> = {
  anthropic: 'claude-sonnet-4-5-20250929',
  openai: 'gpt-5',
  google: 'gemini-2.5-flash',
  'ollama-cloud': 'gpt-oss:120b',
  'ollama-local': 'qwen3:8b',
};

const doubles: ModelDouble[] = [];
afterEach(async () => {
  await Promise.all(doubles.splice(0).map((double) => double.close()));
});

async function start(provider: ProviderId, script?: Script) {
  const apiKey = provider === 'ollama-local' ? {} : { apiKey: 'right-key' };
  const double = await startModelDouble({ kind: provider, ...apiKey });
  doubles.push(double);
  if (script) double.respond(script);
  const model = (id = chatModels[provider], key = 'right-key') =>
    createLanguageModel(`${provider}/${id}`, credentialFor(provider, double.url, key), rootsFor(double.url));
  return { double, model };
}

const ls = (execute: (input: { path: string }) => Promise<string>) =>
  tool({ description: 'Lists a directory', inputSchema: z.object({ path: z.string() }), execute });

/** What the provider's failure looks like after our translation. */
async function failureOf(provider: ProviderId, model: ReturnType<typeof createLanguageModel>): Promise<ProviderError> {
  let failure: unknown;
  const result = streamText({ model, prompt: 'Hello', maxRetries: 0, onError: ({ error }) => void (failure = error) });
  try {
    for await (const part of result.stream) if (part.type === 'error') failure ??= part.error;
  } catch (error) {
    failure = error; // A broken connection ends the iteration itself.
  }
  expect(failure, 'the stream reports an error').toBeDefined();
  return describeProviderError(failure, provider, { model: model.modelId });
}

describe.each(providerIds)('%s', (provider) => {
  test('streams text as it comes, with its usage', async () => {
    const { double, model } = await start(provider, [
      // Far enough apart that none come together: those would be one piece.
      { text: 'Grüße aus der Küche 🦞!', chunks: 6, delayMs: 60 },
      { usage: { input: 120, output: 34, cacheRead: 80 } },
    ]);
    const result = streamText({ model: model(), instructions: 'Be short.', prompt: 'Hello' });
    const deltas: string[] = [];
    for await (const delta of result.textStream) deltas.push(delta);
    expect(deltas.join('')).toBe('Grüße aus der Küche 🦞!');
    expect(deltas.length).toBeGreaterThanOrEqual(5);
    expect(await result.finishReason).toBe('stop');
    // Ollama does not say what it had cached.
    const cached = !provider.startsWith('ollama');
    expect(normaliseUsage(provider, await result.usage)).toEqual({
      inputTokens: cached ? 120 : 200,
      outputTokens: 34,
      cacheReadTokens: cached ? 80 : 0,
      cacheWriteTokens: 0,
    });
    expect(double.requests[0]?.chat).toMatchObject({
      model: chatModels[provider],
      system: 'Be short.',
      messages: [{ role: 'user', text: 'Hello' }],
      tools: [],
    });
  });

  test('calls tools, gets their results and goes on', async () => {
    const { double, model } = await start(provider);
    double.respondNext([
      { text: 'I will look.' },
      { toolCall: { name: 'pinchy_ls', input: { path: '/data/ä' } } },
      { toolCall: { name: 'pinchy_ls', input: { path: '/data/b' } } },
    ]);
    double.respondNext([{ text: 'Two files.' }]);
    const paths: string[] = [];
    const result = streamText({
      model: model(),
      prompt: 'What is there?',
      tools: { pinchy_ls: ls(async ({ path }) => (paths.push(path), `listing of ${path}`)) },
      stopWhen: isStepCount(5),
    });
    await result.consumeStream();
    expect(paths).toEqual(['/data/ä', '/data/b']);
    expect((await result.steps).map(({ text, finishReason }) => [text, finishReason])).toEqual([
      ['I will look.', 'tool-calls'],
      ['Two files.', 'stop'],
    ]);
    const [first, second] = double.requests.map(({ chat }) => chat);
    expect(first?.tools).toEqual(['pinchy_ls']);
    expect(second?.messages.flatMap(({ toolCalls = [] }) => toolCalls.map(({ input }) => input))).toEqual([
      { path: '/data/ä' },
      { path: '/data/b' },
    ]);
    expect(second?.messages.flatMap(({ toolResults = [] }) => toolResults.map(({ text }) => text))).toEqual([
      'listing of /data/ä',
      'listing of /data/b',
    ]);
  });

  test('answers whole as well as in a stream', async () => {
    const { model } = await start(provider, [{ text: 'Whole', chunks: 3 }, { usage: { input: 12, output: 3 } }]);
    const result = await generateText({ model: model(), prompt: 'Hello' });
    expect([result.text, result.finishReason]).toEqual(['Whole', 'stop']);
    expect(normaliseUsage(provider, result.usage)).toMatchObject({ inputTokens: 12, outputTokens: 3 });
  });

  test('shows images to the model', async () => {
    const { double, model } = await start(provider, [{ text: 'A dot.' }]);
    const image = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg==';
    const messages: ModelMessage[] = [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'See' },
          { type: 'file', mediaType: 'image/png', data: image },
        ],
      },
    ];
    const seeing = provider === 'ollama-cloud' ? model('qwen3-vl:235b') : model();
    expect(await streamText({ model: seeing, messages }).text).toBe('A dot.');
    expect(double.requests[0]?.chat?.messages[0]?.images?.[0]).toContain(image);
  });

  test('an abort reaches the provider', async () => {
    const { double, model } = await start(provider, [{ text: 'word '.repeat(300), chunks: 300, delayMs: 20 }]);
    const controller = new AbortController();
    const result = streamText({ model: model(), prompt: 'Hello', abortSignal: controller.signal, onError: () => {} });
    let read = 0;
    for await (const part of result.stream) if (part.type === 'text-delta' && ++read === 3) controller.abort();
    await expect.poll(() => double.disconnects).toHaveLength(1);
  });

  test('an abort before the first token reaches the provider', async () => {
    const { double, model } = await start(provider, [{ hang: true }]);
    const controller = new AbortController();
    const result = streamText({ model: model(), prompt: 'Hello', abortSignal: controller.signal, onError: () => {} });
    const consumed = result.consumeStream();
    await expect.poll(() => double.requests).toHaveLength(1);
    controller.abort();
    await consumed;
    await expect.poll(() => double.disconnects).toHaveLength(1);
  });

  test.each([
    ['a wrong key', 'auth', 'provider_auth', false],
    ['no rights', 'forbidden', 'provider_auth', false],
    ['a limit per minute', 'rate-limit', 'rate_limited', true],
    ['an unknown model', 'model-not-found', 'model_not_found', false],
    ['a prompt that is too long', 'context-too-long', 'context_too_long', false],
    ['an overload', 'overloaded', 'provider_unavailable', true],
    ['a fault', 'server', 'provider_unavailable', true],
  ] as const)('names the cause: %s', async (_name, error, code, isRetryable) => {
    const { model } = await start(provider, [{ error }]);
    const failure = await failureOf(provider, model());
    expect(failure).toMatchObject({ code, isRetryable });
    expect(failure.message).toMatch(/^[A-Z].{20,}\.$/);
    expect(failure.message).not.toMatch(/right-key|sk-wrong/);
  });

  test('names the cause: out of credit', async () => {
    const { model } = await start(provider, [{ error: 'quota' }]);
    expect(await failureOf(provider, model())).toMatchObject({ code: 'provider_quota', isRetryable: false });
  });

  test('hands on how long to wait', async () => {
    const { model } = await start(provider, [{ error: 'rate-limit', retryAfter: 7 }]);
    expect(await failureOf(provider, model())).toMatchObject({ code: 'rate_limited', retryAfterMs: 7000 });
  });

  test('a key the service does not know is refused', async () => {
    if (provider === 'ollama-local') return;
    const { model } = await start(provider);
    expect(await failureOf(provider, model(undefined, 'wrong-key'))).toMatchObject({ code: 'provider_auth' });
  });

  test('a model the service does not know is refused', async () => {
    const { model } = await start(provider);
    const failure = await failureOf(provider, model('no-such-model'));
    expect(failure).toMatchObject({ code: 'model_not_found' });
    expect(failure.message).toContain('no-such-model');
  });

  test('an error in mid-stream names its cause', async () => {
    const { model } = await start(provider, [{ text: 'Half of' }, { wait: 120 }, { error: 'overloaded' }]);
    expect(await failureOf(provider, model())).toMatchObject({ code: 'provider_unavailable', isRetryable: true });
  });

  test('a connection that breaks in mid-stream is retryable', async () => {
    const { model } = await start(provider, [{ text: 'Half of' }, { wait: 120 }, { drop: true }]);
    expect(await failureOf(provider, model())).toMatchObject({ code: 'provider_unavailable', isRetryable: true });
  });

  test('a connection that breaks in the middle of a frame is retryable', async () => {
    const { model } = await start(provider, [{ dropAfterBytes: 40 }, { text: 'A long sentence that never arrives.' }]);
    expect(await failureOf(provider, model())).toMatchObject({ code: 'provider_unavailable', isRetryable: true });
  });

  test('rubbish in the stream is an error, not an answer', async () => {
    const garbage = provider.startsWith('ollama') ? '<html>\n' : 'data: <html>\n\n';
    const { model } = await start(provider, [{ text: 'Half of' }, { garbage }, { endEarly: true }]);
    expect(await failureOf(provider, model())).toMatchObject({ code: 'provider_unavailable' });
  });

  test('a stream that ends without its end is not taken for a whole answer', async () => {
    const { model } = await start(provider, [{ text: 'Half of' }, { wait: 100 }, { endEarly: true }]);
    const errors: unknown[] = [];
    const result = streamText({ model: model(), prompt: 'Hello', onError: ({ error }) => void errors.push(error) });
    await result.consumeStream();
    const reason = await Promise.resolve(result.finishReason).catch(() => 'error');
    expect(reason).not.toBe('stop');
  });

  test('an answer cut off by its length says so', async () => {
    const { model } = await start(provider, [{ text: 'Half of' }, { finish: 'length' }]);
    const result = streamText({ model: model(), prompt: 'Hello' });
    await result.consumeStream();
    expect(await result.finishReason).toBe('length');
  });

  test('does not follow redirects with the key', async () => {
    const other = await start(provider);
    const { model } = await start(provider, [{ redirect: `${other.double.url}/stolen` }]);
    const failure = await failureOf(provider, model());
    expect(failure).toMatchObject({ code: 'provider_unavailable', isRetryable: false });
    expect(other.double.requests).toHaveLength(0);
  });

  test('nobody listening is unavailable and retryable', async () => {
    const { double, model } = await start(provider);
    const target = model();
    await double.close();
    expect(await failureOf(provider, target)).toMatchObject({ code: 'provider_unavailable', isRetryable: true });
  });
});

test('Anthropic gets at most four cache marks, on instructions and the last messages, over many steps', async () => {
  const { double, model } = await start('anthropic');
  for (let step = 0; step < 6; step++)
    double.respondNext([{ toolCall: { name: 'pinchy_ls', input: { path: String(step) } } }]);
  double.respondNext([{ text: 'Done.' }, { usage: { input: 10, output: 2, cacheRead: 900, cacheWrite: 50 } }]);
  const result = streamText({
    model: model(),
    instructions: withCachedInstructions('anthropic', 'Be short.'),
    messages: [{ role: 'user', content: 'Go' }],
    tools: { pinchy_ls: ls(async () => 'listing') },
    stopWhen: isStepCount(10),
    prepareStep: ({ messages }) => ({ messages: withPromptCaching('anthropic', messages) }),
  });
  expect(await result.text).toBe('Done.');
  expect(double.requests).toHaveLength(7);
  const marks = JSON.stringify(double.requests.at(-1)?.body).split('"cache_control"').length - 1;
  expect(marks).toBeGreaterThanOrEqual(2);
  expect(marks).toBeLessThanOrEqual(4);
  const usage = (await result.steps).at(-1)!.usage;
  expect(normaliseUsage('anthropic', usage)).toEqual({
    inputTokens: 10,
    outputTokens: 2,
    cacheReadTokens: 900,
    cacheWriteTokens: 50,
  });
});

test('OpenAI is asked to store nothing', async () => {
  const { double, model } = await start('openai');
  await streamText({ model: model(), prompt: 'Hello' }).consumeStream();
  expect(double.requests[0]?.body).toMatchObject({ store: false });
});

test('a local Ollama is asked for a context the conversation fits into, and never to cut it', async () => {
  const { double, model } = await start('ollama-local');
  await streamText({ model: model(), prompt: 'Hello' }).consumeStream();
  await streamText({ model: model(), prompt: 'word '.repeat(20_000) }).consumeStream();
  const bodies = double.requests.map(
    ({ body }) => body as { options: { num_ctx: number }; truncate: boolean; shift: boolean },
  );
  expect(bodies.map(({ options }) => options.num_ctx)).toEqual([8192, 65_536]);
  expect(bodies.every(({ truncate, shift }) => !truncate && !shift)).toBe(true);
});

test('a local Ollama is reached by what people type, and never at a metadata address', async () => {
  const { double } = await start('ollama-local');
  const model = (baseUrl: string) => createLanguageModel('ollama-local/qwen3:8b', { baseUrl }, rootsFor(double.url));
  expect(await streamText({ model: model(`${double.url.replace('http://', ' ')}/api/`), prompt: 'Hello' }).text).toBe(
    'Hello.',
  );
  expect(() => model('http://[::ffff:169.254.169.254]:11434')).toThrow('not allowed');
});

test('thinking arrives apart from the answer', async () => {
  for (const provider of ['anthropic', 'google', 'ollama-local'] as const) {
    const { model } = await start(provider, [{ thinking: 'Hm.' }, { text: 'Yes.' }]);
    const result = streamText({ model: model(), prompt: 'Hello' });
    await result.consumeStream();
    expect([provider, await result.text, await result.finalStep.then(({ reasoningText }) => reasoningText)]).toEqual([
      provider,
      'Yes.',
      'Hm.',
    ]);
  }
});
