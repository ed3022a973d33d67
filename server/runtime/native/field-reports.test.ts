import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import type { Step } from '../../../testkit/models/script.ts';
import { closeDoubles, collect, startRun, textsOf } from '../../../test/native-run.ts';
import type { ProviderId } from '../../providers/provider.ts';
import type { RuntimeEvent } from '../agent-runtime.ts';

// Answers as they were reported of proxies, local servers and providers (docs/providers.md), in bytes of our own. Real: the runtime,
// the AI SDK, HTTP.

afterEach(closeDoubles);

type Recorded = Extract<Step, { recorded: unknown }>;
interface Seen {
  text: string;
  /** How the run ended: a reason, or the sentence of an error. */
  end: string;
  inputTokens: number;
  cacheReadTokens: number;
  calls: { toolId: string; input: unknown; toolCallId: string }[];
  asked: number;
}

async function answerOf(provider: ProviderId, script: (string | Recorded)[], isChat = false): Promise<Seen> {
  const run = await startRun(provider);
  const { double } = run;
  const steps = script.map((body): Recorded => (typeof body === 'string' ? { recorded: body } : body));
  const last = steps.at(-1);
  if (isChat) double.respondNext([{ refuse: 404, body: { error: { message: 'Not found' } } }]);
  for (const step of steps) double.respondNext([step]);
  if (last) double.respond([last]);
  const events = await collect(run.start());
  const end = events.at(-1) as Extract<RuntimeEvent, { type: 'finish' | 'error' }>;
  const usage = events.flatMap((event) => (event.type === 'step-end' ? [event.usage] : []));
  return {
    text: textsOf(events),
    end: end.type === 'finish' ? end.reason : end.message,
    inputTokens: usage.reduce((sum, { inputTokens }) => sum + inputTokens, 0),
    cacheReadTokens: usage.reduce((sum, { cacheReadTokens }) => sum + cacheReadTokens, 0),
    calls: run.calls,
    asked: double.requests.length - (isChat ? 1 : 0),
  };
}

const sse = (...events: (object | string)[]) =>
  events.map((event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`).join('');
const lines = (...events: object[]) => events.map((event) => `${JSON.stringify(event)}\n`).join('');

const delta = (content: string, more: object = {}) => ({
  id: 'c1',
  model: 'm',
  choices: [{ index: 0, delta: { content }, finish_reason: null, ...more }],
});
const done = (finish_reason: string | null) => ({
  id: 'c1',
  model: 'm',
  choices: [{ index: 0, delta: {}, finish_reason }],
});
const whole = sse(delta('Forty'), delta('-two.'), done('stop'), '[DONE]');
const chat = (...script: (string | Recorded)[]) => answerOf('openai', script, true);

describe('Chat Completions', () => {
  test.each<[string, string | Recorded]>([
    [
      'an empty finish_reason and no usage in every chunk',
      sse(
        { ...delta('Forty', { finish_reason: '' }), usage: null },
        { ...delta('-two.', { finish_reason: '' }), usage: null },
        done('stop'),
        '[DONE]',
      ),
    ],
    ['no finish_reason at all', sse(delta('Forty'), delta('-two.'), '[DONE]')],
    ['no [DONE]', sse(delta('Forty'), delta('-two.'), done('stop'))],
    [
      'chunks without choices',
      sse(
        { id: '', choices: [], prompt_filter_results: [{}] },
        delta('Forty'),
        { id: 'c1' },
        delta('-two.'),
        done('stop'),
        '[DONE]',
      ),
    ],
    [
      'choices and deltas that are null',
      sse({ choices: null }, { choices: [null] }, { choices: [{ delta: null }] }, delta('Forty-two.'), done('stop')),
    ],
    [
      'an event in the middle that is no JSON',
      sse(delta('Forty'), '{"id": "c1", "choi', delta('-two.'), done('stop'), '[DONE]'),
    ],
    [
      'an event that was torn and begun again',
      sse(delta('Forty'), `{"id":"20260data: ${JSON.stringify(delta('-two.'))}`, done('stop'), '[DONE]'),
    ],
    [
      'one line break where two belong',
      `data: ${JSON.stringify(delta('Forty'))}\ndata: ${JSON.stringify(delta('-two.'))}\n\n${sse(done('stop'))}`,
    ],
    ['carriage returns', whole.replaceAll('\n', '\r\n')],
    ['carriage returns only', whole.replaceAll('\n', '\r')],
    [
      'comments, names, numbers and a byte-order mark',
      `\uFEFF: keep-alive\n\nretry: 3000\n\n${whole.replaceAll('data:', 'id: 7\nevent: message\ndata:')}: bye\n\n`,
    ],
    [
      'data in several lines',
      sse(delta('Forty')) +
        `data: ${JSON.stringify(delta('-two.'), null, 2).replaceAll('\n', '\ndata: ')}\n\n` +
        sse(done('stop')),
    ],
    ['no space after the colon', whole.replaceAll('data: ', 'data:')],
    [
      'every byte in a packet of its own',
      { recorded: whole, cuts: Array.from({ length: whole.length }, (_, index) => index) },
    ],
    ['gzip', { recorded: gzipSync(whole), headers: { 'content-encoding': 'gzip' } }],
    ['another content type', { recorded: whole, contentType: 'text/plain' }],
    ['JSON’s content type', { recorded: whole, contentType: 'application/json' }],
    [
      'JSON under the name of a stream',
      JSON.stringify({ id: 'c', choices: [{ message: { content: 'Forty-two.' }, finish_reason: 'stop' }] }),
    ],
    [
      'parts instead of text',
      sse(
        delta('Forty'),
        { choices: [{ delta: { content: [{ type: 'text', text: '-two.' }] } }] },
        done('eos'),
        '[DONE]',
      ),
    ],
  ])('%s: the answer is whole', async (_what, body) => {
    expect(await chat(body)).toMatchObject({ text: 'Forty-two.', end: 'stop', asked: 1 });
  });

  test.each([
    'abort',
    'error',
    'cancelled',
    'network_error',
    'insufficient_system_resource',
    'malformed_function_call',
  ])('what ends by %s is never whole', async (reason) => {
    const seen = await chat(sse(delta('Forty'), done(reason), '[DONE]'));
    expect(seen).toMatchObject({ text: 'Forty', end: expect.stringMatching(/broke off/) });
  });

  test.each([
    ['an upstream that went away', sse(delta('Forty')), /broke off/],
    [
      'an error in the stream',
      sse(delta('Forty'), { error: { message: 'Payload is not completed', code: '500' } }),
      /fault|broke off|refused/,
    ],
    ['an error as text', sse(delta('Forty'), { error: 'upstream timed out' }), /upstream timed out|fault|refused/],
    [
      'an error that is an event of plain text',
      `${sse(delta('Forty'))}event: error\ndata: upstream timed out\n\n`,
      /upstream timed out|fault|refused/,
    ],
    ['text that is no event at the end', sse(delta('Forty'), 'upstream connect error'), /understood|broke off/],
  ])('%s is told, and what was said stays', async (_what, body, sentence) => {
    expect(await chat(body)).toMatchObject({ text: 'Forty', end: expect.stringMatching(sentence) });
  });

  test('an empty success is asked for again, then told', async () => {
    const seen = await chat(sse(done('stop'), '[DONE]'));
    expect(seen).toMatchObject({ text: '', end: expect.stringMatching(/empty answer/), asked: 3 });
  });

  test('a call whose id is that of another, whose index is missing and whose arguments are an object is made once each', async () => {
    const call = (path: string) => ({ id: 'call_0', function: { name: 'pinchy_ls', arguments: { path } } });
    const calls = { choices: [{ delta: { tool_calls: [call('/a'), call('/b')] }, finish_reason: 'stop' }] };
    const seen = await chat(sse(calls, '[DONE]'), whole);
    expect(seen.calls.map(({ input }) => input)).toEqual([{ path: '/a' }, { path: '/b' }]);
    expect(new Set(seen.calls.map(({ toolCallId }) => toolCallId)).size).toBe(2);
  });

  test.each([
    [{ prompt_tokens: 100, completion_tokens: 2, prompt_tokens_details: { cached_tokens: 80 } }, 20, 80],
    [{ prompt_tokens: 100, completion_tokens: 2, prompt_tokens_details: null, cache_read_input_tokens: 80 }, 20, 80],
    [{ prompt_tokens: 100, completion_tokens: 2, prompt_cache_hit_tokens: 80, prompt_cache_miss_tokens: 20 }, 20, 80],
    [{ prompt_tokens: '100', completion_tokens: '2', total_tokens: null }, 100, 0],
    [{ input_tokens: 100, output_tokens: 2 }, 100, 0],
    [null, 0, 0],
  ])('usage %j is counted', async (usage, inputTokens, cacheReadTokens) => {
    const seen = await chat(sse(delta('Yes.'), { ...done('stop'), usage }, '[DONE]'));
    expect(seen).toMatchObject({ end: 'stop', inputTokens, cacheReadTokens });
  });
});

describe('Responses', () => {
  const begun = sse(
    { type: 'response.created', response: { id: 'r1', created_at: 1, model: 'm' } },
    { type: 'response.output_item.added', output_index: 0, item: { type: 'message', id: 'i1' } },
    { type: 'response.output_text.delta', item_id: 'i1', output_index: 0, delta: 'Forty' },
  );
  test.each([
    [{ type: 'response.incomplete', response: { incomplete_details: { reason: 'content_filter' } } }, 'filter'],
    [{ type: 'response.incomplete', response: { incomplete_details: { reason: 'max_output_tokens' } } }, 'length'],
    [{ type: 'response.incomplete', response: { incomplete_details: null } }, 'length'],
    [{ type: 'response.cancelled', response: {} }, /broke off/],
    [{ type: 'response.failed', response: { error: { code: 'server_error', message: 'Oh.' } } }, /./],
  ])('%j is told', async (event, end) => {
    const seen = await answerOf('openai', [begun + sse(event)]);
    expect(seen).toMatchObject({ text: 'Forty', end: typeof end === 'string' ? end : expect.stringMatching(end) });
    expect(seen.end).not.toBe('stop');
  });
});

describe('Anthropic', () => {
  const begun = sse(
    { type: 'message_start', message: { id: 'm1', model: 'm', usage: { input_tokens: 9 } } },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Forty' } },
    { type: 'content_block_stop', index: 0 },
  );
  const stopped = (stop_reason: string) =>
    sse({ type: 'message_delta', delta: { stop_reason }, usage: { output_tokens: 3 } }, { type: 'message_stop' });
  test.each([
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['stop', 'stop'],
    ['pause_turn', 'length'],
    ['length', 'length'],
    ['refusal', 'filter'],
    ['guardrail_intervened', 'filter'],
    ['content_filtered', 'filter'],
    ['error', /broke off/],
    ['malformed_model_output', /broke off/],
  ])('the reason %s is told', async (reason, end) => {
    const seen = await answerOf('anthropic', [begun + stopped(reason)]);
    expect(seen).toMatchObject({ text: 'Forty', end: typeof end === 'string' ? end : expect.stringMatching(end) });
  });

  test('an error that does not say that it is one, behind a beginning, is an error', async () => {
    const error = { error: { message: 'No deployments available', type: 'None', code: '429' } };
    const seen = await answerOf('anthropic', [sse({ type: 'message_start', message: { id: 'm1' } }, error)]);
    expect(seen).toMatchObject({ text: '' });
    expect(seen.end).toMatch(/No deployments|too many|fault|refused/);
  });
});

describe('Gemini', () => {
  const says = (text: string) => ({ candidates: [{ content: { role: 'model', parts: [{ text }] } }] });
  test.each([
    ['MAX_TOKENS', 'length'],
    ['RECITATION', 'filter'],
    ['SAFETY', 'filter'],
    ['LANGUAGE', 'filter'],
    ['prohibited_content', 'filter'],
    ['MALFORMED_FUNCTION_CALL', /broke off/],
    ['UNEXPECTED_TOOL_CALL', /broke off/],
    ['TOO_MANY_TOOL_CALLS', /broke off/],
    ['OTHER', /broke off/],
  ])('the reason %s is told', async (finishReason, end) => {
    const seen = await answerOf('google', [sse(says('Forty'), { candidates: [{ finishReason }] })]);
    expect(seen).toMatchObject({ text: 'Forty', end: typeof end === 'string' ? end : expect.stringMatching(end) });
  });

  test.each([
    ['a blocked question', { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' } }, 'filter'],
    ['a candidate without content', { candidates: [{ finishReason: 'MALFORMED_FUNCTION_CALL' }] }, /broke off/],
    [
      'a thought’s signature only',
      { candidates: [{ content: { parts: [{ thoughtSignature: 'x' }] }, finishReason: 'STOP' }] },
      /empty answer/,
    ],
    ['no candidates', { candidates: [], usageMetadata: { promptTokenCount: 3 } }, /broke off|empty answer/],
    ['candidates that are null', { candidates: null }, /broke off|empty answer/],
  ])('%s is never an empty answer that is whole', async (_what, body, end) => {
    const seen = await answerOf('google', [sse(body)]);
    expect(seen).toMatchObject({ text: '', end: typeof end === 'string' ? end : expect.stringMatching(end) });
  });
});

describe('Ollama', () => {
  const says = (content: string) => ({ model: 'm', message: { role: 'assistant', content }, done: false });
  const end = {
    model: 'm',
    message: { content: '' },
    done: true,
    done_reason: 'stop',
    prompt_eval_count: 4,
    eval_count: 2,
  };
  const good = lines(says('Forty'), says('-two.'), end);
  test.each<[string, string | Recorded]>([
    [
      'the reason of its end only',
      lines(says('Forty'), says('-two.'), { message: { content: '' }, done_reason: 'stop' }),
    ],
    ['carriage returns, blank lines and a byte-order mark', `\uFEFF\r\n${good.replaceAll('\n', '\r\n\r\n')}`],
    ['no line break at the end', good.trimEnd()],
    [
      'every byte in a packet of its own',
      { recorded: good, cuts: Array.from({ length: good.length }, (_, index) => index) },
    ],
    ['gzip', { recorded: gzipSync(good), headers: { 'content-encoding': 'gzip' } }],
  ])('%s: the answer is whole', async (_what, body) => {
    expect(await answerOf('ollama-local', [body])).toMatchObject({ text: 'Forty-two.', end: 'stop', asked: 1 });
  });

  test.each([
    [
      'with a line break',
      lines(says('Forty'), { error: 'an error was encountered while running the model: CUDA error' }),
    ],
    ['without one', lines(says('Forty')) + JSON.stringify({ error: 'unexpected EOF' })],
    ['of a server in front', lines(says('Forty'), { error: { message: 'runner process has terminated' } })],
  ])('an error inside the stream, %s, is told, and what was said stays', async (_how, body) => {
    const seen = await answerOf('ollama-local', [body]);
    expect(seen.text).toBe('Forty');
    expect(seen.end).toMatch(/CUDA error|unexpected EOF|runner process|fault|broke off/);
  });

  test('bytes that are no text damage one character, not the answer', async () => {
    const bytes = Buffer.concat([Buffer.from(lines(says('Forty')).slice(0, -20)), Buffer.from([0xff])]);
    const rest = Buffer.from(lines(says('Forty')).slice(-20) + lines(end));
    const seen = await answerOf('ollama-local', [{ recorded: Buffer.concat([bytes, rest]) }]);
    expect(seen.end).toBe('stop');
    expect(seen.text).toBe('Fo\uFFFDrty');
  });
});
