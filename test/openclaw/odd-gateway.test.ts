import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { HistoryMessage } from '../../contract/socket.ts';
import { type GatewayDouble, startGatewayDouble } from '../../testkit/gateway-double.ts';
import {
  ends,
  endsCall,
  fails,
  isAborted,
  says,
  saysInstead,
  startsCall,
  stores,
  storesResult,
  type TurnEvent,
} from '../../testkit/gateway-turn.ts';
import { type ModelDouble, startModelDouble } from '../../testkit/model-double.ts';
import { type ChatClient, connectClient } from '../chat/chat-client.ts';
import { createAdmin, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';

// What a gateway leaves out, adds, or says in its own words. Doubled: the gateway, which is so only at times; real: the app.

const token = 'the token of a gateway that is odd at times';
let gateway: GatewayDouble;
let provider: ModelDouble;
let server: TestApp;
let admin: TestUser;
let address: string;
let client: ChatClient;

beforeAll(async () => {
  gateway = await startGatewayDouble({ token });
  provider = await startModelDouble({ kind: 'openai' });
  server = await createTestApp({
    environment: {
      AGENT_RUNTIME: 'openclaw',
      OPENCLAW_URL: gateway.url,
      OPENCLAW_TOKEN: token,
      OPENAI_BASE_URL: provider.url,
    },
  });
  address = (await server.listen()).replace('http', 'ws');
  admin = await createAdmin(server.app);
  await admin.request('POST', '/api/settings/providers', { provider: 'openai', apiKey: 'sk-of-the-double' });
  await vi.waitFor(() => expect(server.services.runtime.health().connected).toBe(true), { timeout: 30_000 });
});
afterEach(() => client?.close());
afterAll(async () => {
  await server?.close();
  await gateway?.close();
  await provider?.close();
});

interface Answer {
  client: ChatClient;
  messages: HistoryMessage[];
  /** The person's message. */
  asked: HistoryMessage;
  /** The answer's last message. */
  last: HistoryMessage | undefined;
}

/** Asks a new agent, whose gateway does this, until the answer is over. */
async function ask(events: TurnEvent[]): Promise<Answer> {
  const created = await admin.request('POST', '/api/agents', { name: 'Clerk', templateId: 'custom' });
  const agentId = created.body.id as string;
  gateway.respondNext(events);
  client = await connectClient(`${address}/api/ws`, { cookie: admin.cookie });
  client.say(agentId, 'What is it?');
  await client.next('complete', undefined, 15_000);
  const { messages } = await client.history(agentId);
  const answers = messages.filter(({ role }) => role === 'assistant');
  return { client, messages, asked: messages[0]!, last: answers.at(-1) };
}

const call = { id: 'call_1', name: 'pinchy_ls', arguments: { path: '/data' } };

test('an answer as it should be is whole', async () => {
  const { last } = await ask([...says('For', 'ty-two.'), stores({ text: 'Forty-two.' }), ends({ text: 'Forty-two.' })]);
  expect(last).toMatchObject({ content: 'Forty-two.', finishReason: 'stop', usage: { inputTokens: 10 } });
  expect(client.text()).toBe('Forty-two.');
  expect(client.all('error')).toEqual([]);
});

test.each([
  ['at once', says('NO_REPLY')],
  ['in pieces', says('NO', '_RE', 'PLY')],
  ['letter by letter, with blanks', says(...'  \nNO_REPLY\n'.split(''))],
  ['in small letters', says('no_', 'reply')],
])('silence that came %s is never shown and ends as told', async (_how, events) => {
  const { asked, last } = await ask([...events, ends()]);
  expect(client.text()).toBe('');
  expect(last).toBeUndefined();
  expect(client.all('error')).toMatchObject([{ message: /nothing to answer/, retryable: true }]);
  expect(asked.failure).toMatchObject({ message: /nothing to answer/ });
});

test('silence that the gateway takes back, asks about again and reports as a failure is told as silence', async () => {
  const retracted = saysInstead('');
  const failure = { errorMessage: "⚠️ Agent couldn't generate a response. Please try again." };
  const silent = await ask([...says('NO', '_REPLY'), retracted, ...says('NO_', 'REPLY'), retracted, fails(failure)]);
  expect(client.text()).toBe('');
  expect(silent.last).toBeUndefined();
  expect(silent.asked.failure).toMatchObject({ message: /nothing to answer/ });
  await client.close();
  const empty = await ask([stores({}), fails(failure)]);
  expect(empty.asked.failure).toMatchObject({ message: /empty answer/ });
  await client.close();
  const second = await ask([...says('NO', '_REPLY'), retracted, ...says('Forty', '-two.'), ends()]);
  expect(second.last).toMatchObject({ content: 'Forty-two.' });
});

test('silence in the stored message or the last event only is silence as well', async () => {
  const stored = await ask([stores({ text: 'NO_REPLY' }), ends()]);
  expect(stored.client.text()).toBe('');
  expect(stored.asked.failure).toMatchObject({ message: /nothing to answer/ });
  await client.close();
  const final = await ask([ends({ text: ' NO_REPLY ' })]);
  expect(final.client.text()).toBe('');
  expect(final.asked.failure).toMatchObject({ message: /nothing to answer/ });
});

test('silence behind an answer leaves the answer', async () => {
  const text = 'Sent to Ada.\n\nNO_REPLY';
  const { last } = await ask([
    ...says(...text.split('')),
    stores({ text: 'Sent to Ada.' }),
    ends({ text: 'Sent to Ada.' }),
  ]);
  expect(client.text()).toBe('Sent to Ada.');
  expect(last).toMatchObject({ content: 'Sent to Ada.', finishReason: 'stop' });
});

test('text that is only in the last event is the answer', async () => {
  const { last } = await ask([ends({ text: 'Forty-two.' })]);
  expect(last).toMatchObject({ content: 'Forty-two.', finishReason: 'stop' });
});

test('the last event heals what got lost of a long answer, which the stored message only begins', async () => {
  const text = 'word '.repeat(2_000).trim();
  const stored = `${text.slice(0, 8_000)}\n...(truncated)...`;
  const { last } = await ask([...says('word '), stores({ text: stored }), ends({ text })]);
  expect(last!.content).toBe(text);
});

test('the last event gives the text of all steps, of which only what is new is added', async () => {
  const { messages } = await ask([
    ...says('Let me look.'),
    stores({ text: 'Let me look.', calls: [call] }),
    endsCall('call_1', 'pinchy_ls', 'a.md'),
    ends({ text: 'Let me look.\n\nOne file.' }),
  ]);
  expect(messages.slice(1).map(({ content }) => content)).toEqual(['Let me look.', 'One file.']);
});

test.each([
  ['nothing at all', []],
  ['a message without text', [stores({})]],
  ['blanks', says(' \n')],
])('an end after %s is told as an empty answer', async (_what, events) => {
  const { asked, last } = await ask([...events, ends()]);
  expect(last).toBeUndefined();
  expect(asked.failure).toMatchObject({ message: /empty answer/, retryable: true });
});

test.each(['length', 'max_tokens', 'MAX_TOKENS', 'maxOutputTokens', 'model_context_window_exceeded'])(
  'an answer that ended by %s is cut off, whichever event says so',
  async (stopReason) => {
    const text = 'The answer is cut off in the';
    const early = await ask([...says(text), stores({ text, stopReason }), ends({ text })]);
    expect(early.last).toMatchObject({ content: text, finishReason: 'length' });
    await client.close();
    const late = await ask([...says(text), stores({ text }), ends({ text, stopReason })]);
    expect(late.last).toMatchObject({ content: text, finishReason: 'length' });
    expect(client.all('done').at(-1)).toMatchObject({ finishReason: 'length' });
  },
);

test('a limit that was used up before the first word is told', async () => {
  const { last } = await ask([stores({ stopReason: 'length' }), ends({ stopReason: 'length' })]);
  expect(last).toMatchObject({ content: '', finishReason: 'length' });
});

test.each([
  ['stored with the message', [...says('I will'), stores({ text: 'I will', stopReason: 'refusal' }), ends()]],
  ['with the end', [...says('I will'), stores({ text: 'I will' }), ends({ stopReason: 'content_filter' })]],
  ['as a failure', [...says('I will'), stores({ text: 'I will' }), fails({ errorKind: 'refusal' })]],
  ['as a failure before any word', [fails({ errorKind: 'refusal', errorMessage: 'refused' })]],
])('a refusal that is said %s is told as the provider’s filter', async (_where, events) => {
  const { last } = await ask(events);
  expect(last).toMatchObject({ finishReason: 'filter' });
});

test.each([
  ['aborted', 'interrupted', /stopped in the OpenClaw Gateway/],
  ['restart', 'interrupted', /stopped in the OpenClaw Gateway/],
  ['superseded', 'interrupted', /stopped in the OpenClaw Gateway/],
  ['timeout', 'provider_unavailable', /took too long/],
  ['error', 'internal', /could not answer/],
])('an end by %s is never whole', async (stopReason, code, message) => {
  const { last } = await ask([...says('Half an ans'), ends({ text: 'Half an ans', stopReason })]);
  expect(last).toMatchObject({ content: 'Half an ans', finishReason: 'error', failure: { code, message } });
  await client.close();
  const aborted = await ask([...says('Half an ans'), isAborted(stopReason)]);
  expect(aborted.last).toMatchObject({ content: 'Half an ans', finishReason: 'error' });
});

test('a reason that nobody knows is that of a whole answer', async () => {
  const { last } = await ask([
    ...says('Yes.'),
    stores({ text: 'Yes.', stopReason: 'eos' }),
    ends({ stopReason: 'eos' }),
  ]);
  expect(last).toMatchObject({ content: 'Yes.', finishReason: 'stop' });
});

test('a try that failed and was repeated costs its tokens, and shows no sentence of the gateway', async () => {
  const { last, messages } = await ask([
    stores({
      text: 'The agent run failed before producing a reply.',
      stopReason: 'error',
      usage: { input: 7, output: 0 },
    }),
    ...says('Yes.'),
    stores({ text: 'Yes.' }),
    ends(),
  ]);
  expect(messages).toHaveLength(2);
  expect(last).toMatchObject({ content: 'Yes.', usage: { inputTokens: 17 } });
});

test('what fails after a whole answer does not make it half', async () => {
  const { last } = await ask([...says('Yes.'), stores({ text: 'Yes.' }), fails({ errorMessage: 'hook failed' })]);
  expect(last).toMatchObject({ content: 'Yes.', finishReason: 'stop' });
  expect(client.all('error')).toEqual([]);
});

test('a call whose result never comes ends with the answer, and says that it may have been done', async () => {
  const { messages } = await ask([
    ...says('Let me look.'),
    stores({ text: 'Let me look.', calls: [call] }),
    startsCall('call_1', 'pinchy_ls', { path: '/data' }),
    ...says('Nothing there.'),
    stores({ text: 'Nothing there.' }),
    ends(),
  ]);
  expect(messages.slice(1).map(({ content }) => content)).toEqual(['Let me look.', 'Nothing there.']);
  expect(messages[1]!.toolCalls).toMatchObject([{ state: 'failed', summary: /never arrived/ }]);
});

test('a call that is still open at the end is not running for ever', async () => {
  const { messages } = await ask([...says('Let me look.'), stores({ text: 'Let me look.', calls: [call] }), ends()]);
  expect(messages[1]!.toolCalls).toMatchObject([{ state: 'failed', summary: /never arrived/ }]);
  expect(client.all('tool').at(-1)).toMatchObject({ state: 'failed' });
});

test('a call whose own event got lost has the result that was stored', async () => {
  const { messages } = await ask([
    stores({ calls: [call] }),
    storesResult('call_1', 'pinchy_ls', 'a.md'),
    2_000,
    ...says('One file.'),
    stores({ text: 'One file.' }),
    ends(),
  ]);
  expect(messages[1]!.toolCalls).toMatchObject([{ state: 'done' }]);
  expect(messages[2]).toMatchObject({ content: 'One file.', finishReason: 'stop' });
});

test('a late snapshot is not said twice, and one that replaces what was shown is not lost', async () => {
  const { last } = await ask([...says('Yes', '.'), stores({ text: 'Yes.' }), ...says('Yes.'), ends({ text: 'Yes.' })]);
  expect(last!.content).toBe('Yes.');
  await client.close();
  const replaced = await ask([
    saysInstead('Draft'),
    saysInstead('The answer is 4.'),
    stores({ text: 'The answer is 4.' }),
    ends({ text: 'The answer is 4.' }),
  ]);
  expect(replaced.last!.content).toBe('Draft\n\nThe answer is 4.');
});

test.each([
  [
    { errorMessage: '⚠️ LLM request failed:\n key sk-12345678 was odd.', errorDetail: { failoverReason: 'format' } },
    'internal',
    'The OpenClaw Gateway could not answer (LLM request failed: key … was odd). Try again; its log says why.',
  ],
  [{ errorDetail: { failoverReason: 'empty_response' } }, 'internal', /empty answer/],
  [{ errorKind: 'timeout', stopReason: 'timeout' }, 'provider_unavailable', /took too long/],
  [{ errorKind: 'context_length' }, 'context_too_long', /longer than this model can read/],
  [
    { errorDetail: { httpStatus: 500, providerErrorMessagePreview: 'model requires more system memory (9 GiB)' } },
    'internal',
    /requires more system memory/,
  ],
  [
    { errorDetail: { httpStatus: 400, providerErrorMessagePreview: 'prompt is too long: 9000 tokens > 8192 maximum' } },
    'context_too_long',
    /longer than this model can read/,
  ],
])('a failure %j is told by its cause', async (failure, code, message) => {
  const { asked } = await ask([fails(failure)]);
  const words = typeof message === 'string' ? message : expect.stringMatching(message);
  expect(asked.failure).toMatchObject({ code, message: words });
});
