import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { startModelDouble, type DoubleModel, type ModelDouble } from '../../testkit/model-double.ts';
import { requireBaseUrl } from './check-base-url.ts';
import { listModels } from './list-models.ts';
import { chooseDefaultModel, parseFullModelId, providerIds, type ProviderId } from './provider.ts';
import { ProviderError } from './provider-error.ts';
import { credentialFor, rootsFor } from '../../test/provider-roots.ts';

const key = 'sk-right-key-0123456789';
const doubles: ModelDouble[] = [];
const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(doubles.splice(0).map((double) => double.close()));
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function start(provider: ProviderId, models?: DoubleModel[]) {
  const double = await startModelDouble({
    kind: provider,
    ...(models ? { models } : {}),
    ...(provider === 'ollama-local' ? {} : { apiKey: key }),
  });
  doubles.push(double);
  return double;
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const list = (provider: ProviderId, url: string, apiKey = key, signal?: AbortSignal) =>
  listModels(provider, credentialFor(provider, url, apiKey), rootsFor(url), signal);

async function refusal(promise: Promise<unknown>): Promise<ProviderError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ProviderError);
  const { message } = error as ProviderError;
  expect(message).toMatch(/^[A-Z].{15,}[.3]$/);
  expect(message).not.toContain(key);
  return error as ProviderError;
}

test('Anthropic: all pages, with names and windows', async () => {
  const models = Array.from({ length: 1500 }, (_, index) => ({
    id: `claude-test-${index}`,
    displayName: `Claude Test ${index}`,
  }));
  const double = await start('anthropic', [
    { id: 'claude-sonnet-4-5-20250929', displayName: 'Claude Sonnet 4.5', contextWindow: 500_000 },
    ...models,
  ]);
  const found = await list('anthropic', double.url);
  expect(found).toHaveLength(1501);
  expect(found[0]).toEqual({
    id: 'claude-sonnet-4-5-20250929',
    provider: 'anthropic',
    displayName: 'Claude Sonnet 4.5',
    toolUse: true,
    vision: true,
    contextWindow: 500_000,
    windowSource: 'provider',
    maxOutput: null,
  });
  expect(found[1]?.contextWindow).toBe(200_000);
  expect(double.requests).toHaveLength(2);
});

test('OpenAI: only models that chat, with readable names', async () => {
  const ids = [
    'gpt-5-mini-2025-08-07',
    'gpt-4o',
    'o4-mini',
    'chatgpt-4o-latest',
    'whisper-1',
    'tts-1',
    'gpt-4o-audio-preview',
    'gpt-image-1',
    'omni-moderation-latest',
    'text-embedding-3-large',
    'gpt-realtime',
    'sora-2',
    'dall-e-3',
  ];
  const double = await start(
    'openai',
    ids.map((id) => ({ id })),
  );
  const found = await list('openai', double.url);
  expect(
    found.map(({ id, displayName, toolUse, vision, contextWindow }) => [
      id,
      displayName,
      toolUse,
      vision,
      contextWindow,
    ]),
  ).toEqual([
    ['chatgpt-4o-latest', 'ChatGPT-4o latest', false, true, 128_000],
    ['gpt-4o', 'GPT-4o', true, true, 128_000],
    ['gpt-5-mini-2025-08-07', 'GPT-5 mini (2025-08-07)', true, true, 400_000],
    ['o4-mini', 'o4-mini', true, true, 200_000],
  ]);
});

test('Google: only generateContent, with the window it states', async () => {
  const double = await start('google');
  const found = await list('google', double.url);
  expect(found.map(({ id, displayName, contextWindow }) => [id, displayName, contextWindow])).toEqual([
    ['gemini-2.5-flash', 'Gemini 2.5 Flash', 1_048_576],
    ['gemini-2.5-pro', 'Gemini 2.5 Pro', 1_048_576],
  ]);
});

test.each(['ollama-local', 'ollama-cloud'] as const)('%s: capabilities and windows of each model', async (provider) => {
  const double = await start(provider, [
    { id: 'qwen3:latest', tools: true, contextWindow: 40_960 },
    { id: 'gemma3:4b', vision: true, contextWindow: 131_072 },
    { id: 'nomic-embed-text:latest', chat: false },
  ]);
  const given = { provider, windowSource: 'provider' };
  expect(await list(provider, double.url)).toEqual([
    { ...given, id: 'qwen3:latest', displayName: 'qwen3', toolUse: true, vision: false, contextWindow: 40_960 },
    { ...given, id: 'gemma3:4b', displayName: 'gemma3:4b', toolUse: false, vision: true, contextWindow: 131_072 },
  ]);
});

describe.each(providerIds)('%s', (provider) => {
  test('a wrong key is named as such', async () => {
    if (provider === 'ollama-local') return;
    const double = await start(provider);
    for (const wrong of ['sk-wrong', '', 'key with spaces', 'ключ']) {
      expect(await refusal(list(provider, double.url, wrong))).toMatchObject({
        code: 'provider_auth',
        isRetryable: false,
      });
    }
  });

  test('nobody listening', async () => {
    const double = await start(provider);
    await double.close();
    expect(await refusal(list(provider, double.url))).toMatchObject({
      code: 'provider_unavailable',
      isRetryable: true,
    });
  });

  test('a redirect is not followed', async () => {
    let reached = 0;
    const target = await serve((_request, response) => (reached++, response.end('{}')));
    const double = await start(provider);
    double.respondToModelList([{ redirect: target }]);
    const error = await refusal(list(provider, double.url));
    expect(error).toMatchObject({ code: 'provider_unavailable' });
    expect(error.message).toContain('redirect');
    expect(reached).toBe(0);
  });

  test('a slow answer can be given up', async () => {
    const double = await start(provider);
    double.respondToModelList([{ hang: true }]);
    expect(await refusal(list(provider, double.url, key, AbortSignal.timeout(80)))).toMatchObject({
      code: 'interrupted',
    });
  });

  test.each([
    ['rate-limit', 'rate_limited'],
    ['overloaded', 'provider_unavailable'],
    ['server', 'provider_unavailable'],
  ] as const)('%s', async (kind, code) => {
    const double = await start(provider);
    double.respondToModelList([{ error: kind }]);
    expect(await refusal(list(provider, double.url))).toMatchObject({ code, isRetryable: true });
  });

  test('rubbish, a broken connection and something that is no such service', async () => {
    const double = await start(provider);
    double.respondToModelList([{ garbage: '<html>Sign in</html>' }]);
    expect(await refusal(list(provider, double.url))).toMatchObject({ code: 'provider_unavailable' });
    double.respondToModelList([{ drop: true }]);
    expect(await refusal(list(provider, double.url))).toMatchObject({
      code: 'provider_unavailable',
      isRetryable: true,
    });
    const url = await serve((_request, response) => response.writeHead(404).end('nothing here'));
    expect(await refusal(list(provider, url))).toMatchObject({ code: 'provider_unavailable' });
  });

  test('an endless answer is cut', async () => {
    const url = await serve((_request, response) => {
      const timer = setInterval(
        () => (response.destroyed ? clearInterval(timer) : response.write('x'.repeat(4_000_000))),
        1,
      );
    });
    expect(await refusal(list(provider, url))).toMatchObject({ code: 'provider_unavailable' });
  });
});

test('gives up after ten seconds', async () => {
  const double = await start('anthropic');
  double.respondToModelList([{ hang: true }]);
  const started = performance.now();
  const error = await refusal(list('anthropic', double.url));
  expect(error).toMatchObject({ code: 'provider_unavailable', isRetryable: true });
  expect(error.message).toContain('in time');
  const seconds = (performance.now() - started) / 1_000;
  expect(seconds).toBeGreaterThan(9.9);
  expect(seconds).toBeLessThan(20);
});

describe('base URL of a local Ollama', () => {
  test.each([
    ['http://127.0.0.1:11434', 'http://127.0.0.1:11434'],
    [' localhost:11434/ ', 'http://localhost:11434'],
    ['http://127.0.0.1:11434/api/', 'http://127.0.0.1:11434'],
    ['http://127.0.0.1:11434/v1', 'http://127.0.0.1:11434'],
    ['https://127.0.0.1/team/ollama/', 'https://127.0.0.1/team/ollama'],
    ['http://192.168.1.20:11434', 'http://192.168.1.20:11434'],
  ])('%s is %s', async (value, url) => expect(await requireBaseUrl(value)).toBe(url));

  test.each([
    'http://169.254.169.254',
    'http://2852039166',
    'http://[::ffff:a9fe:a9fe]',
    'http://[fd00:ec2::254]',
    'http://name:secret@127.0.0.1',
    'ftp://127.0.0.1',
    'http://127.0.0.1?x=1',
    'javascript:alert(1)',
    'http://',
  ])('%s is refused', async (value) =>
    expect(await refusal(requireBaseUrl(value))).toMatchObject({
      code: 'provider_unavailable',
      provider: 'ollama-local',
    }),
  );

  test('a name for the metadata address is refused', async () => {
    const resolve = async () => [{ address: '169.254.169.254', family: 4 }];
    expect(await refusal(requireBaseUrl('http://metadata.test', resolve))).toMatchObject({
      code: 'provider_unavailable',
    });
  });
});

test('the default model is a preferred one, else the first that can use tools', async () => {
  const model = (id: string, toolUse = true) => ({
    id,
    provider: 'anthropic' as const,
    displayName: id,
    toolUse,
    vision: true,
    contextWindow: null,
  });
  const choose = (...ids: string[]) =>
    chooseDefaultModel(
      'anthropic',
      ids.map((id) => model(id)),
    )?.id;
  expect(choose('claude-opus-4-5-20251101', 'claude-sonnet-4-5-20250929', 'claude-haiku-4-5')).toBe(
    'claude-sonnet-4-5-20250929',
  );
  expect(choose('claude-new-9', 'claude-new-8')).toBe('claude-new-9');
  expect(chooseDefaultModel('ollama-local', [model('gemma3:4b', false), model('custom:1b')])?.id).toBe('custom:1b');
  expect(chooseDefaultModel('ollama-local', [model('gemma3:4b', false)])?.id).toBe('gemma3:4b');
  expect(chooseDefaultModel('openai', [])).toBeUndefined();
});

test('full model ids may contain slashes and colons', () => {
  expect(parseFullModelId('ollama-local/hf.co/unsloth/Qwen3:Q4')).toEqual({
    provider: 'ollama-local',
    id: 'hf.co/unsloth/Qwen3:Q4',
  });
  for (const wrong of ['gpt-5', 'unknown/gpt-5', 'openai/', '/gpt-5', ''])
    expect(parseFullModelId(wrong)).toBeUndefined();
});
