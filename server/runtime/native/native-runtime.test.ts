import { afterEach, describe, expect, test } from 'vitest';
import { providerIds } from '../../providers/provider.ts';
import type { RuntimeMessage } from '../agent-runtime.ts';
import { closeDoubles, collect, imageData, kinds, startRun, textsOf, user } from '../../../test/native-run.ts';

// Real: the runtime, the AI SDK, HTTP. The provider is a double that speaks its wire format; the tool gate is recorded.

afterEach(closeDoubles);

describe.each(providerIds)('%s', (provider) => {
  test('streams, calls tools in parallel, and answers from what they gave', async () => {
    const run = await startRun(provider);
    run.double.respondNext([
      // Far enough apart that a busy machine hears them one by one: what comes at once is joined.
      { text: 'I will look.', chunks: 3, delayMs: 60 },
      { toolCall: { name: 'pinchy_ls', input: { path: '/data/a' } } },
      { toolCall: { name: 'pinchy_ls', input: { path: '/data/b' } } },
      { usage: { input: 100, output: 20 } },
    ]);
    run.double.respondNext([{ text: 'Two files.' }, { usage: { input: 150, output: 5 } }]);
    let running = 0;
    let most = 0;
    run.answerCalls(async ({ input }) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 30));
      running--;
      return { state: 'done', summary: 'Listed', output: `listing of ${(input as { path: string }).path}` };
    });
    const events = await collect(run.start());
    expect(kinds(events)).toEqual([
      'text-delta',
      'tool-start',
      'tool-start',
      'tool-end',
      'tool-end',
      'step-end',
      'text-delta',
      'step-end',
      'finish',
    ]);
    expect(events.filter(({ type }) => type === 'text-delta').length).toBeGreaterThan(2);
    expect(most).toBe(2);
    expect(textsOf(events)).toBe('I will look.Two files.');
    expect(events.filter(({ type }) => type === 'step-end')).toMatchObject([
      { usage: { inputTokens: 100, outputTokens: 20 }, model: run.modelId },
      { usage: { inputTokens: 150, outputTokens: 5 } },
    ]);
    expect(events.at(-1)).toEqual({ type: 'finish', reason: 'stop' });
    expect(run.calls).toMatchObject([
      {
        toolId: 'pinchy_ls',
        input: { path: '/data/a' },
        agentId: 'agent',
        userId: 'user',
        runId: 'run',
        offered: true,
      },
      { toolId: 'pinchy_ls', input: { path: '/data/b' } },
    ]);
    const second = run.double.requests[1]?.chat;
    expect(second?.system).toBe('Be helpful.');
    expect(second?.messages.flatMap(({ toolResults = [] }) => toolResults.map(({ text }) => text))).toEqual([
      'listing of /data/a',
      'listing of /data/b',
    ]);
  });

  test('an abort reaches the provider within a second and ends the run', async () => {
    const run = await startRun(provider);
    run.double.respond([{ text: 'word '.repeat(300), chunks: 300, delayMs: 20 }]);
    const stop = new AbortController();
    const events: string[] = [];
    let abortedAt = 0;
    for await (const event of run.start({}, stop.signal)) {
      events.push(event.type);
      if (events.length === 3) {
        abortedAt = performance.now();
        stop.abort();
      }
    }
    expect(performance.now() - abortedAt).toBeLessThan(500);
    expect(events).not.toContain('finish');
    expect(events).not.toContain('error');
    await expect.poll(() => run.double.disconnects).toHaveLength(1);
    expect(run.double.disconnects[0]!.at - abortedAt).toBeLessThan(1_000);
  });

  test('asks again after a fault before the first text', async () => {
    const run = await startRun(provider);
    for (const fault of [{ error: 'overloaded' as const }, { drop: true as const }]) run.double.respondNext([fault]);
    run.double.respondNext([{ text: 'There.' }]);
    const events = await collect(run.start());
    expect(textsOf(events)).toBe('There.');
    expect(events.at(-1)).toEqual({ type: 'finish', reason: 'stop' });
    expect(run.double.requests).toHaveLength(3);
  });

  test.each([
    ['the connection drops', [{ text: 'Half an ans' }, { drop: true as const }]],
    ['the body ends early', [{ text: 'Half an ans' }, { endEarly: true as const }]],
    ['the provider reports a fault', [{ text: 'Half an ans' }, { error: 'overloaded' as const }]],
  ])('keeps what was said and does not ask again when %s in mid-answer', async (_name, script) => {
    const run = await startRun(provider);
    run.double.respond(script);
    const events = await collect(run.start());
    expect(textsOf(events)).toBe('Half an ans');
    expect(events.at(-1)).toMatchObject({ type: 'error', code: 'provider_unavailable', retryable: true });
    expect(run.double.requests).toHaveLength(1);
  });

  test.each([
    ['a wrong key', 'auth', 'provider_auth'],
    ['a spent quota', 'quota', 'provider_quota'],
    ['a model that is gone', 'model-not-found', 'model_not_found'],
  ] as const)('names %s at once', async (_name, error, code) => {
    const run = await startRun(provider);
    run.double.respond([{ error }]);
    const events = await collect(run.start());
    expect(events).toEqual([{ type: 'error', code, message: expect.stringMatching(/\w+.*\./), retryable: false }]);
    expect(run.double.requests).toHaveLength(1);
  });

  test('reports nonsense as an error of the provider', async () => {
    const run = await startRun(provider);
    run.double.respond([{ garbage: 'data: <html>not what you think</html>\n\n' }]);
    const events = await collect(run.start());
    expect(events.at(-1)).toMatchObject({ type: 'error', code: 'provider_unavailable' });
  });

  test('gives up on a provider that hangs', async () => {
    const run = await startRun(provider, { silence: { firstByte: 150, thinking: 150, betweenChunks: 150 } });
    run.double.respond([{ hang: true }]);
    const started = performance.now();
    expect(await collect(run.start())).toMatchObject([
      { type: 'error', code: 'provider_unavailable', retryable: true },
    ]);
    run.double.respond([{ text: 'Well' }, { hang: true }]);
    expect((await collect(run.start())).at(-1)).toMatchObject({ type: 'error', code: 'provider_unavailable' });
    expect(performance.now() - started).toBeLessThan(3_000);
    await expect.poll(() => run.double.disconnects).toHaveLength(2);
  });

  test('shows images of people and of tools to a model that sees', async () => {
    const run = await startRun(provider, { vision: true });
    run.double.respondNext([{ toolCall: { name: 'pinchy_ls', input: { path: '/data/logo.png' } } }]);
    run.double.respondNext([{ text: 'A lobster.' }]);
    const image = (path: string) => ({ mediaType: 'image/png', path, bytes: 70 });
    const images = [image('/data/logo.png')];
    run.answerCalls(async () => ({ state: 'done', summary: 'Looked', output: 'The image.', images }));
    const sent = { ...user('See'), images: [image('/workspace/uploads/u1-plan.png')] };
    const events = await collect(run.start({ messages: [sent] }));
    expect(textsOf(events)).toBe('A lobster.');
    const [first, second] = run.double.requests.map(({ body }) => JSON.stringify(body).split(imageData).length - 1);
    expect([first, second]).toEqual([1, 2]);
  });
});

describe('tool calls', () => {
  test('of unknown tools and with broken input reach the tool gate, and the model reads what it said', async () => {
    const run = await startRun('openai');
    run.double.respondNext([
      { toolCall: { name: 'shell', input: { command: 'ls' } } },
      { toolCall: { name: 'pinchy_ls', input: 'not an object' } },
    ]);
    run.double.respondNext([{ text: 'Sorry.' }]);
    run.answerCalls(async ({ toolId, offered }) =>
      offered
        ? { state: 'failed', summary: 'Invalid input', output: 'The input is not valid.' }
        : { state: 'denied', summary: `No ${toolId}`, output: `Denied: ${toolId}` },
    );
    const events = await collect(run.start());
    expect(run.calls.map(({ toolId, offered }) => [toolId, offered])).toEqual([
      ['shell', false],
      ['pinchy_ls', true],
    ]);
    expect(events.filter(({ type }) => type === 'tool-end')).toMatchObject([
      { name: 'shell', state: 'denied', summary: 'No shell' },
      { name: 'pinchy_ls', state: 'failed' },
    ]);
    const results = run.double.requests[1]?.chat?.messages.flatMap(({ toolResults = [] }) => toolResults);
    expect(results?.map(({ text }) => text)).toEqual([
      expect.stringContaining('Denied: shell'),
      expect.stringContaining('The input is not valid.'),
    ]);
  });

  test('end after 25 steps with an answer without tools', async () => {
    const run = await startRun('anthropic');
    run.double.respond(({ tools }, index) =>
      tools.length > 0
        ? [{ toolCall: { name: 'pinchy_ls', input: { path: `/data/${index}` } } }]
        : [{ text: 'That is all I found.' }],
    );
    const events = await collect(run.start());
    expect(run.double.requests).toHaveLength(25);
    expect(run.calls).toHaveLength(24);
    expect(textsOf(events)).toBe('That is all I found.');
    expect(events.slice(-2)).toMatchObject([
      { type: 'step-end', reason: 'step_limit' },
      { type: 'finish', reason: 'step_limit' },
    ]);
    const last = run.double.requests.at(-1)?.chat?.messages ?? [];
    expect(JSON.stringify(last)).toContain('/data/23');
    expect(last.at(-1)?.text).toMatch(/no tools are left/);
  });

  test('count the steps of a run that goes on, and a call in the last one runs nothing', async () => {
    const run = await startRun('ollama-local');
    run.double.respond([{ toolCall: { name: 'pinchy_ls', input: { path: '/data' } } }]);
    run.answerCalls(async ({ offered }) =>
      offered
        ? { state: 'done', summary: '', output: 'x' }
        : { state: 'denied', summary: 'Not offered', output: 'Denied' },
    );
    const events = await collect(run.start({ stepsUsed: 23 }));
    expect(run.calls.map(({ offered }) => offered)).toEqual([true, false]);
    expect(events.at(-1)).toEqual({ type: 'finish', reason: 'step_limit' });
  });

  test('are stopped with the run', async () => {
    const run = await startRun('openai');
    run.double.respond([
      { toolCall: { name: 'pinchy_ls', input: { path: '/' } } },
      { usage: { input: 70, output: 9 } },
    ]);
    const stop = new AbortController();
    run.answerCalls(
      ({ signal }) =>
        new Promise((resolve) =>
          signal.addEventListener('abort', () => resolve({ state: 'failed', summary: 'Stopped', output: 'Stopped' })),
        ),
    );
    const seen: string[] = [];
    for await (const event of run.start({}, stop.signal)) {
      seen.push(event.type);
      if (event.type === 'tool-start') setTimeout(() => stop.abort(), 20);
    }
    expect(seen).toEqual(['tool-start', 'tool-end', 'step-end']);
  });

  test('are not offered to models without tool use, which read earlier ones as text', async () => {
    const run = await startRun('anthropic', { toolUse: false });
    const toolCalls = [
      { toolCallId: 'odd id!', name: 'pinchy_ls', input: { path: '/x' }, output: 'y.md', failed: false },
    ];
    const events = await collect(
      run.start({
        messages: [user('List'), { position: 2, role: 'assistant', text: 'One.', toolCalls }, user('And now?', 3)],
      }),
    );
    expect(textsOf(events)).toBe('Hello.');
    const [request] = run.double.requests;
    expect(request?.chat?.tools).toEqual([]);
    expect(request?.chat?.messages.map(({ text }) => text).join('\n')).toContain('y.md');
  });

  test.each(providerIds)('in the history are sent to %s in a form that it takes back', async (provider) => {
    const run = await startRun(provider);
    const toolCalls = [
      { toolCallId: 'call:1/ö', name: 'weird tool!', input: 'not json', output: '', failed: true },
      { toolCallId: 'b', name: 'pinchy_ls', input: { path: '/x' }, output: 'y.md', failed: false },
    ];
    const messages: RuntimeMessage[] = [
      user('List'),
      { position: 2, role: 'assistant', text: ' ', toolCalls },
      { position: 3, role: 'assistant', text: '', toolCalls: [] },
      user('And now?', 4),
    ];
    const events = await collect(run.start({ messages }));
    expect(events.at(-1)).toEqual({ type: 'finish', reason: 'stop' });
    const results = run.double.requests[0]?.chat?.messages.flatMap(({ toolResults = [] }) => toolResults);
    expect(results?.map(({ text }) => text)).toEqual([expect.stringContaining('(empty)'), 'y.md']);
  });
});

describe('answers', () => {
  test('carry no NUL and no torn characters', async () => {
    const run = await startRun('openai');
    run.double.respond([{ text: 'a\0b \ud83e' }, { text: '\udd9e!' }]);
    const events = await collect(run.start());
    expect(textsOf(events)).toBe('ab 🦞!');
    expect(events.every((event) => event.type !== 'text-delta' || event.text.isWellFormed())).toBe(true);
  });

  test('that are cut by the provider say so', async () => {
    const run = await startRun('anthropic');
    run.double.respond([{ text: 'So far' }, { finish: 'length' }]);
    expect((await collect(run.start())).at(-1)).toEqual({ type: 'finish', reason: 'length' });
    run.double.respond([{ text: 'I ' }, { finish: 'content-filter' }]);
    expect((await collect(run.start())).at(-1)).toEqual({ type: 'finish', reason: 'filter' });
  });

  test('that are empty are asked for again, and then reported', async () => {
    const run = await startRun('google');
    run.double.respondNext([{ usage: { input: 10, output: 0 } }]);
    run.double.respondNext([{ text: 'Now.' }, { usage: { input: 10, output: 1 } }]);
    const events = await collect(run.start());
    expect(textsOf(events)).toBe('Now.');
    expect(events.find(({ type }) => type === 'step-end')).toMatchObject({ usage: { inputTokens: 20 } });
    run.double.respond([{ usage: { input: 10, output: 0 } }]);
    expect((await collect(run.start())).at(-1)).toMatchObject({ type: 'error', message: /empty answer/ });
  });

  test('wait as long as the provider asks, within reason', async () => {
    const run = await startRun('openai', { retry: { firstPauseMs: 10, maxPauseMs: 2_000 } });
    run.double.respondNext([{ error: 'rate-limit', retryAfter: 1 }]);
    const started = performance.now();
    expect(textsOf(await collect(run.start()))).toBe('Hello.');
    expect(performance.now() - started).toBeGreaterThan(950);
    run.double.respondNext([{ error: 'rate-limit', retryAfter: 60 }]);
    expect(await collect(run.start())).toMatchObject([{ type: 'error', code: 'rate_limited', retryable: true }]);
  });

  test('are given up after three tries', async () => {
    const run = await startRun('anthropic');
    run.double.respond([{ error: 'server' }]);
    expect(await collect(run.start())).toMatchObject([{ type: 'error', code: 'provider_unavailable' }]);
    expect(run.double.requests).toHaveLength(3);
  });

  test('are not waited for during a pause once the run is stopped', async () => {
    const run = await startRun('anthropic', { retry: { firstPauseMs: 5_000, maxPauseMs: 5_000 } });
    run.double.respond([{ error: 'server' }]);
    const started = performance.now();
    expect(await collect(run.start({}, AbortSignal.timeout(200)))).toEqual([]);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('fail with the words of whoever knows why there is no model', async () => {
    const run = await startRun('openai');
    const reason = { code: 'no_provider', message: 'No provider is set up.', retryable: false };
    expect(await collect(run.start({}, undefined, () => Promise.reject(reason)))).toEqual([
      { type: 'error', ...reason },
    ]);
    const [event] = await collect(run.start({}, undefined, () => Promise.reject(new Error('/srv/secret'))));
    expect(event).toMatchObject({ type: 'error', code: 'internal' });
    expect(JSON.stringify(event)).not.toContain('secret');
  });

  test('name images that a model cannot see', async () => {
    const run = await startRun('ollama-local');
    const image = { mediaType: 'image/png', path: '/workspace/uploads/u1-plan.png', bytes: 70 };
    await collect(run.start({ messages: [{ ...user('See'), images: [image] }] }));
    const [message] = run.double.requests[0]?.chat?.messages ?? [];
    expect(message?.images).toBeUndefined();
    expect(message?.text).toContain('plan.png');
  });
});

test('a consumer that leaves closes the connection to the provider', async () => {
  const run = await startRun('anthropic');
  run.double.respond([{ text: 'word '.repeat(300), chunks: 300, delayMs: 20 }]);
  for await (const event of run.start()) if (event.type === 'text-delta') break;
  await expect.poll(() => run.double.disconnects).toHaveLength(1);
});

test('the prompt is marked for caching where the provider wants marks', async () => {
  const run = await startRun('anthropic');
  await collect(run.start());
  expect(run.double.requests[0]?.body).toMatchObject({ system: [{ cache_control: { type: 'ephemeral' } }] });
});

test('thinking goes back to the provider with its signature, and not to people', async () => {
  const run = await startRun('anthropic');
  run.double.respondNext([{ thinking: 'Hm, hm.' }, { toolCall: { name: 'pinchy_ls', input: { path: '/data' } } }]);
  const events = await collect(run.start());
  expect(textsOf(events)).toBe('Hello.');
  const body = JSON.stringify(run.double.requests[1]?.body);
  expect(body).toContain('Hm, hm.');
  expect(body).toContain('c2lnbmF0dXJl');
});
