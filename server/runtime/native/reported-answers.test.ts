import { afterEach, describe, expect, test } from 'vitest';
import { recordedJson, recording } from '../../../testkit/models/recording.ts';
import type { Script } from '../../../testkit/models/script.ts';
import { closeDoubles, collect, kinds, startRun, textsOf, user } from '../../../test/native-run.ts';
import { providerIds } from '../../providers/provider.ts';
import type { RuntimeEvent, RuntimeMessage } from '../agent-runtime.ts';

// What users of like products reported, as it came over the wire. Real: the runtime, the AI SDK, HTTP.

afterEach(closeDoubles);

const stepEnds = (events: RuntimeEvent[]) => events.filter((event) => event.type === 'step-end');
const files = {
  anthropic: 'cut-off-anthropic.sse',
  openai: 'cut-off-openai.sse',
  google: 'cut-off-google.sse',
  'ollama-cloud': 'cut-off-ollama.ndjson',
  'ollama-local': 'cut-off-ollama.ndjson',
};

describe.each(providerIds)('%s', (provider) => {
  test('an answer that reached the limit of output says so with its last step', async () => {
    const run = await startRun(provider);
    run.double.respond(recording(files[provider]));
    const events = await collect(run.start());
    expect(textsOf(events)).toBe('The answer is cut off in the');
    expect(stepEnds(events)).toMatchObject([{ reason: 'length' }]);
    expect(events.at(-1)).toEqual({ type: 'finish', reason: 'length' });
    expect(run.double.requests).toHaveLength(1);
  });

  test('thinking that used up the limit is no empty answer to ask for again', async () => {
    const run = await startRun(provider);
    run.double.respond([{ thinking: 'Let me think about it…' }, { finish: 'length' }]);
    const events = await collect(run.start());
    expect(kinds(events)).toEqual(['step-end', 'finish']);
    expect(events.at(-1)).toEqual({ type: 'finish', reason: 'length' });
  });

  test('thinking between tags is neither shown nor sent back', async () => {
    const run = await startRun(provider);
    run.double.respondNext([
      { text: '<think>\nThe user wants a list.\n</think>\n\nI will look.', chunks: 9 },
      { toolCall: { name: 'pinchy_ls', input: { path: '/data' } } },
    ]);
    run.double.respondNext([{ text: '<thinking>So few.</thinking>Two files.', chunks: 5 }]);
    const events = await collect(run.start());
    expect(textsOf(events)).toBe('I will look.Two files.');
    expect(JSON.stringify(run.double.requests[1]?.body)).not.toContain('wants a list');
    expect(JSON.stringify(run.double.requests[1]?.body)).toContain('I will look.');
  });

  test('remains of another format are taken out of the names of tools', async () => {
    const run = await startRun(provider);
    run.double.respondNext([
      { toolCall: { name: 'pinchy_ls<|channel|>commentary', input: { path: '/data' } } },
      { toolCall: { name: 'functions.pinchy_ls', input: { path: '/b' } } },
    ]);
    await collect(run.start());
    expect(run.calls.map(({ toolId, offered }) => [toolId, offered])).toEqual([
      ['pinchy_ls', true],
      ['pinchy_ls', true],
    ]);
  });
});

test.each([
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['refusal', 'filter'],
])('Anthropic’s %s is told as %s', async (stopReason, reason) => {
  const run = await startRun('anthropic');
  run.double.respond(recording(files.anthropic, ['"max_tokens"', `"${stopReason}"`]));
  expect((await collect(run.start())).at(-1)).toEqual({ type: 'finish', reason });
});

test('an event that nobody knows costs neither text nor an error', async () => {
  const run = await startRun('anthropic');
  run.double.respond(recording('unknown-event-anthropic.sse'));
  const events = await collect(run.start());
  expect(textsOf(events)).toBe('first second');
  expect(events.at(-1)).toEqual({ type: 'finish', reason: 'stop' });
});

test('arguments that came as text are the call’s input', async () => {
  const run = await startRun('ollama-local');
  run.double.respondNext(recording('arguments-as-text-ollama.ndjson'));
  await collect(run.start());
  expect(run.calls).toMatchObject([{ toolId: 'pinchy_ls', input: { path: '/data/handbook' } }]);
});

test('a call that the limit cut off in its arguments is not made', async () => {
  const run = await startRun('openai');
  run.double.respond(
    recording(files.openai, [
      'event: response.incomplete',
      'data: {"type":"response.output_item.done","output_index":1,"item":{"type":"function_call","id":"fc_1","call_id":"call_1","name":"pinchy_ls","arguments":"{\\"path\\":\\"/da","status":"incomplete"}}\n\nevent: response.incomplete',
    ]),
  );
  const events = await collect(run.start());
  expect(run.calls).toEqual([]);
  expect(events.at(-1)).toEqual({ type: 'finish', reason: 'length' });
});

test('the ids of calls are unique in a conversation, whatever the model says', async () => {
  const run = await startRun('ollama-local');
  for (let step = 0; step < 3; step++) run.double.respondNext(recording('repeated-id-ollama.ndjson'));
  run.double.respondNext([{ text: 'Done.' }]);
  const events = await collect(run.start());
  const ids = events.flatMap((event) => (event.type === 'tool-start' ? [event.toolCallId] : []));
  expect(new Set(ids).size).toBe(3);

  // What was stored before is told apart when it is sent.
  const call = { toolCallId: 'call_0', name: 'pinchy_ls', input: {}, output: 'x', failed: false };
  const messages: RuntimeMessage[] = [1, 3, 5, 7].flatMap((position) => [
    user('Again', position),
    { position: position + 1, role: 'assistant', text: '', toolCalls: [call, { ...call, toolCallId: 'call_1' }] },
  ]);
  const other = await startRun('anthropic');
  await collect(other.start({ messages: [...messages, user('And now?', 9)] }));
  const sent = other.double.requests[0]?.chat?.messages ?? [];
  const sentIds = sent.flatMap(({ toolCalls = [] }) => toolCalls.map(({ id }) => id));
  expect(sentIds).toHaveLength(8);
  expect(new Set(sentIds).size).toBe(8);
  expect(sent.flatMap(({ toolResults = [] }) => toolResults.map(({ id }) => id))).toEqual(sentIds);
});

describe('a window', () => {
  const refusal = { refuse: 400, body: recordedJson('context-limit-anthropic.json') };

  test('that prompt and room exceed together leads to less room, not to an error', async () => {
    const run = await startRun('anthropic', { contextWindow: 200_000 });
    run.double.respondNext([refusal]);
    run.double.respondNext([{ text: 'There.' }]);
    const events = await collect(run.start());
    expect(textsOf(events)).toBe('There.');
    const [, second] = run.double.requests;
    expect(second?.chat?.maxOutputTokens).toBeLessThan(60_000);
    expect(second?.chat?.maxOutputTokens).toBeGreaterThan(20_000);
  });

  test('keeps room for the answer before anybody refuses', async () => {
    const run = await startRun('anthropic', { contextWindow: 200_000 });
    const filler = 'word '.repeat(112_000);
    await collect(run.start({ messages: [user(filler, 1), user('And?', 2)] }));
    const [request] = run.double.requests;
    const prompt = JSON.stringify(request?.body).length / 4;
    expect(prompt).toBeGreaterThan(136_000);
    expect(prompt + (request?.chat?.maxOutputTokens ?? 64_000)).toBeLessThan(200_000);
  });

  test('that is not enough in a proxy’s words leads to compaction, also where nobody knew it', async () => {
    const run = await startRun('openai');
    const words = "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens.";
    const older: RuntimeMessage[] = [1, 3, 5].flatMap((position) => [
      user('word '.repeat(1_500), position),
      { position: position + 1, role: 'assistant', text: 'Yes.', toolCalls: [] },
    ]);
    run.double.respond(({ system, messages }) => {
      if (system.includes('memory of a conversation')) return [{ text: '- Words were said.' }];
      return messages.length > 4 ? [{ refuse: 400, body: { error: { message: words } } }] : [{ text: 'There.' }];
    });
    const events = await collect(run.start({ messages: [...older, user('And?', 7)] }));
    expect(kinds(events)).toEqual(['compacted', 'text-delta', 'step-end', 'finish']);
  });
});

describe('a summary', () => {
  const long: RuntimeMessage[] = [1, 2, 3].flatMap((turn) => [
    user(`${turn} ${'x'.repeat(9_000)}`, turn * 2 - 1),
    { position: turn * 2, role: 'assistant', text: `${turn} ${'y'.repeat(9_000)}`, toolCalls: [] },
  ]);
  const ask = [...long, user('And now?', 7)];
  const isSummary = (system: string) => system.includes('memory of a conversation');

  test.each<[string, Script]>([
    ['is thinking only', recording('thinking-only-ollama.ndjson')],
    ['is cut off', [{ text: '- The budget' }, { finish: 'length' }]],
    ['is thinking between tags only', [{ text: '<think>What to keep?</think>' }]],
  ])('that %s replaces nothing: it is asked for again, then said', async (_what, script) => {
    const run = await startRun('ollama-local', { contextWindow: 8_192 });
    run.double.respond(({ system }) => (isSummary(system) ? script : [{ text: 'There.' }]));
    const events = await collect(run.start({ messages: ask, summary: 'They plan a party.' }));
    expect(kinds(events)).not.toContain('compacted');
    expect(events.at(-1)).toMatchObject({ type: 'error', code: 'context_too_long', message: /no whole summary/ });
    const asked = run.double.requests.filter(({ chat }) => isSummary(chat?.system ?? ''));
    expect(asked).toHaveLength(2);
  });

  test('that the second try gives is taken', async () => {
    const run = await startRun('ollama-local', { contextWindow: 8_192 });
    let tries = 0;
    run.double.respond(({ system }) =>
      !isSummary(system)
        ? [{ text: 'There.' }]
        : tries++ === 0
          ? recording('thinking-only-ollama.ndjson')
          : [{ text: '- They plan a party.' }],
    );
    const events = await collect(run.start({ messages: ask }));
    expect(events.filter(({ type }) => type === 'compacted')).toMatchObject([{ summary: '- They plan a party.' }]);
    expect(textsOf(events)).toBe('There.');
  });

  test('that never comes costs nothing as long as the messages fit all the same', async () => {
    const run = await startRun('ollama-local', { contextWindow: 16_000 });
    run.double.respond(({ system }) =>
      isSummary(system) ? [{ text: '' }, { finish: 'length' }] : [{ text: 'There.' }],
    );
    const events = await collect(run.start({ messages: ask }));
    expect(kinds(events)).toEqual(['text-delta', 'step-end', 'finish']);
    const last = run.double.requests.at(-1)?.chat;
    expect(JSON.stringify(last?.messages)).toContain('1 xxx');
  });
});

test('Ollama’s reason why a model cannot be loaded is told at once', async () => {
  const run = await startRun('ollama-local');
  run.double.respond([{ refuse: 500, body: recordedJson('no-memory-ollama.json') }]);
  expect(await collect(run.start())).toMatchObject([
    { type: 'error', retryable: false, message: /requires more system memory \(9\.1 GiB\) than is available/ },
  ]);
  expect(run.double.requests).toHaveLength(1);
});

test('a stream that broke is not said to be out of reach', async () => {
  const run = await startRun('openai');
  run.double.respond([{ text: 'Half an ans' }, { drop: true }]);
  const events = await collect(run.start());
  expect(events.at(-1)).toMatchObject({ type: 'error', retryable: true, message: /broke off before its end/ });
});
