import { afterEach, describe, expect, test } from 'vitest';
import { closeDoubles, collect, kinds, startRun, textsOf } from '../../../test/native-run.ts';
import { NoProvider } from '../../features/providers/model-resolver.ts';
import type { ProviderId } from '../../providers/provider.ts';
import type { NativeRuntimeOptions } from './native-runtime.ts';

// Real: the runtime, the AI SDK, HTTP. Doubled: the providers, by servers that speak their wire formats.

afterEach(closeDoubles);

const unset = { reasoningEffort: null, temperature: null, maxOutputTokens: null };

describe('how a model is asked', () => {
  type Body = Record<string, unknown>;
  /** What stands there in a body. */
  const at = (body: Body, path: string) =>
    path.split('.').reduce<unknown>((value, key) => (value as Body | undefined)?.[key], body);
  const ofOllama = {
    set: (body: Body) => [at(body, 'options.temperature'), at(body, 'options.num_predict')],
    thinking: (body: Body) => at(body, 'think'),
  };
  const expected: Record<ProviderId, { set: (body: Body) => unknown[]; thinking: (body: Body) => unknown }> = {
    anthropic: {
      set: (body) => [at(body, 'temperature'), at(body, 'max_tokens')],
      thinking: (body) => at(body, 'thinking.type'),
    },
    // GPT-5 takes no temperature, and is not sent one.
    openai: {
      set: (body) => [at(body, 'temperature') ?? 0.3, at(body, 'max_output_tokens')],
      thinking: (body) => at(body, 'reasoning.effort'),
    },
    google: {
      set: (body) => [at(body, 'generationConfig.temperature'), at(body, 'generationConfig.maxOutputTokens')],
      thinking: (body) => Number(at(body, 'generationConfig.thinkingConfig.thinkingBudget')) > 0,
    },
    'ollama-cloud': ofOllama,
    'ollama-local': ofOllama,
  };
  const high: Record<ProviderId, unknown> = {
    anthropic: 'enabled',
    openai: 'high',
    google: true,
    'ollama-cloud': 'high',
    'ollama-local': 'high',
  };

  test.each(Object.keys(expected) as ProviderId[])(
    '%s is told what is set, and nothing of what is not',
    async (provider) => {
      const run = await startRun(provider);
      const { set, thinking } = expected[provider];
      const body = () => run.double.requests.at(-1)!.chat!.raw;
      await collect(run.start());
      const plain = JSON.stringify(body());
      expect(plain).not.toMatch(/temperature|"think|effort/);
      await collect(run.start({ settings: { ...unset, temperature: 0.3, maxOutputTokens: 900 } }));
      expect(set(body())).toEqual([0.3, 900]);
      await collect(run.start({ settings: { ...unset, reasoningEffort: 'high' } }));
      expect(thinking(body())).toEqual(high[provider]);
    },
  );

  test('the lower of the model’s limit and the agent’s counts', async () => {
    const run = await startRun('ollama-local', { maxOutput: 2_000 });
    const limitOf = async (maxOutputTokens: number | null) => {
      await collect(run.start({ settings: { ...unset, maxOutputTokens } }));
      return run.double.requests.at(-1)!.chat!.maxOutputTokens;
    };
    expect([await limitOf(null), await limitOf(500), await limitOf(9_000)]).toEqual([2_000, 500, 2_000]);
  });

  test('a model of Ollama that cannot think answers without', async () => {
    const run = await startRun('ollama-local');
    run.double.models.find(({ id }) => run.modelId.endsWith(id))!.thinking = false;
    const ask = () => collect(run.start({ settings: { ...unset, reasoningEffort: 'low' } }));
    const events = await ask();
    expect(textsOf(events)).toBe('Hello.');
    expect(events.at(-1)).toEqual({ type: 'finish', reason: 'stop' });
    expect(run.double.requests).toHaveLength(2);
    // Known for the rest of the answer.
    run.double.respondNext([{ toolCall: { name: 'pinchy_ls', input: { path: '/data' } } }]);
    await ask();
    expect(run.double.requests).toHaveLength(5);
    for (const { chat } of run.double.requests.slice(-2)) expect(chat!.raw).not.toHaveProperty('think');
  });

  test.each<[ProviderId, unknown]>([
    [
      'openai',
      {
        error: {
          message: "Unsupported parameter: 'reasoning.effort' is not supported with this model.",
          type: 'invalid_request_error',
        },
      },
    ],
    [
      'anthropic',
      { type: 'error', error: { type: 'invalid_request_error', message: 'thinking is not supported by this model' } },
    ],
    ['google', { error: { code: 400, status: 'INVALID_ARGUMENT', message: 'Thinking is not enabled for this model' } }],
  ])('%s: a model that refuses to be told is asked without', async (provider, body) => {
    const run = await startRun(provider);
    run.double.respondNext([{ refuse: 400, body }]);
    const events = await collect(run.start({ settings: { ...unset, temperature: 0.5, reasoningEffort: 'medium' } }));
    expect(textsOf(events)).toBe('Hello.');
    expect(JSON.stringify(run.double.requests.at(-1)!.chat!.raw)).not.toMatch(/temperature|"think|effort/);
    // What else is wrong is told.
    run.double.respondNext([
      { refuse: 400, body: { error: { message: 'No such thing.', type: 'invalid_request_error' } } },
    ]);
    expect((await collect(run.start())).at(-1)).toMatchObject({ type: 'error' });
  });
});

describe('a fallback model', () => {
  /** Two providers: the first is asked, the second is the fallback. */
  async function startTwo(first: ProviderId = 'anthropic', second: ProviderId = 'ollama-local') {
    const [run, other] = [await startRun(first), await startRun(second)];
    const resolve: NativeRuntimeOptions['resolveModel'] = async (id) => (id === run.modelId ? run : other).resolved;
    const start = (resolveModel = resolve) =>
      collect(run.start({ fallbackModel: other.modelId }, new AbortController().signal, resolveModel));
    return { run, other, start };
  }
  const models = (events: Awaited<ReturnType<typeof collect>>) =>
    events.flatMap((event) => (event.type === 'step-end' ? [event.model] : []));

  test.each(['auth', 'quota', 'model-not-found', 'overloaded', 'rate-limit'] as const)(
    'answers where the other fails with %s',
    async (error) => {
      const { run, other, start } = await startTwo();
      run.double.respond([{ error }]);
      other.double.respond([{ text: 'From the other.' }, { usage: { input: 7, output: 3 } }]);
      const events = await start();
      expect(textsOf(events)).toBe('From the other.');
      expect(events[0]).toMatchObject({ type: 'fallback', model: run.modelId, fallbackModel: other.modelId });
      expect(events.at(-1)).toEqual({ type: 'finish', reason: 'stop' });
      expect(models(events)).toEqual([other.modelId]);
    },
  );

  test('goes on where the other left off, with what tools gave, and no tool is called again', async () => {
    const { run, other, start } = await startTwo();
    run.double.respondNext([
      { thinking: 'Where might it be?' },
      { text: 'I will look.' },
      { toolCall: { name: 'pinchy_ls', input: { path: '/data' } } },
    ]);
    run.double.respond([{ error: 'quota' }]);
    other.double.respond([{ text: ' There it is.' }]);
    run.answerCalls(async () => ({ state: 'done', summary: 'Listed', output: 'one file' }));
    const events = await start();
    expect(kinds(events)).toEqual([
      ...['text-delta', 'tool-start', 'tool-end', 'step-end', 'fallback'],
      ...['text-delta', 'step-end', 'finish'],
    ]);
    expect(textsOf(events)).toBe('I will look. There it is.');
    expect(models(events)).toEqual([run.modelId, other.modelId]);
    expect(run.calls).toHaveLength(1);
    const read = other.double.requests.at(-1)!.chat!.messages;
    expect(read.flatMap(({ toolResults = [] }) => toolResults.map(({ text }) => text))).toEqual(['one file']);
    expect(JSON.stringify(read)).not.toContain('Where might it be?');
  });

  test('answers where the provider of the other was removed', async () => {
    const { run, other, start } = await startTwo();
    const events = await start(async (id) => {
      if (id === run.modelId) throw new NoProvider('It is gone.');
      return other.resolved;
    });
    expect(textsOf(events)).toBe('Hello.');
    expect(models(events)).toEqual([other.modelId]);
  });

  test('takes over no answer that a person has seen the beginning of', async () => {
    const { run, other, start } = await startTwo();
    run.double.respond([{ text: 'Half an ans' }, { drop: true }]);
    const events = await start();
    expect(textsOf(events)).toBe('Half an ans');
    expect(events.at(-1)).toMatchObject({ type: 'error', code: 'provider_unavailable' });
    expect(other.double.requests).toEqual([]);
  });

  test('is the last one: when it fails too, its reason is told', async () => {
    const { run, other, start } = await startTwo();
    run.double.respond([{ error: 'quota' }]);
    other.double.respond([{ error: 'model-not-found' }]);
    expect(await start()).toMatchObject([
      { type: 'fallback', code: 'provider_quota' },
      { type: 'error', code: 'model_not_found' },
    ]);
    expect(run.double.requests).toHaveLength(1);
    // One that cannot be had leaves the first reason.
    const events = await start(async (id) => {
      if (id !== run.modelId) throw new NoProvider('It is gone.');
      return run.resolved;
    });
    expect(events).toMatchObject([{ type: 'error', code: 'provider_quota' }]);
  });

  test('has all the steps of an answer that the other was not billed for', async () => {
    const { run, other, start } = await startTwo();
    run.double.respond([{ error: 'quota' }]);
    other.double.respond(({ tools }) =>
      tools.length > 0 ? [{ toolCall: { name: 'pinchy_ls', input: { path: '/data' } } }] : [{ text: 'That is all.' }],
    );
    const events = await start();
    expect(other.double.requests).toHaveLength(25);
    expect(textsOf(events)).toBe('That is all.');
  });

  test('is not asked what is too long to be asked', async () => {
    const { run, other, start } = await startTwo();
    run.double.respond([{ error: 'context-too-long' }]);
    expect((await start()).at(-1)).toMatchObject({ type: 'error', code: 'context_too_long' });
    expect(other.double.requests).toEqual([]);
  });
});
