import { afterEach, describe, expect, test } from 'vitest';
import { recording } from '../../../testkit/models/recording.ts';
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
