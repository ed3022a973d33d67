import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestDatabase } from '../../test/create-test-app.ts';
import { createPersonAndAgent, startChatReplica, type ChatReplica } from '../../test/chat/chat-replica.ts';
import { createScriptedRuntime, lastText, model, say, sayForever, usage } from '../../test/chat/scripted-runtime.ts';
import type { Answer } from '../../test/chat/scripted-runtime.ts';
import { auditEntries, conversations, messages, runs, usageRecords } from '../db/schema/index.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let replica: ChatReplica;
let answer: Answer;
let userId: string;
let agentId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  replica = await startChatReplica({
    databaseUrl: database.url,
    runtime: createScriptedRuntime((request, signal) => answer(request, signal)),
    messagesPerMinute: 30,
    limits: { framesPerSecond: 100 },
    timings: { thinking: 300 },
    priceUsage: async () => 0.0000123,
  });
});

afterAll(async () => {
  await replica?.stop();
  await database?.drop();
});

beforeEach(async () => {
  answer = (request) => say(`Echo: ${lastText(request)}`);
  ({ userId, agentId } = await createPersonAndAgent(replica.database));
});

const db = () => replica.database.db;
const runsOf = (user: string) => db().select().from(runs).where(eq(runs.userId, user)).orderBy(runs.position);

test('a message is acknowledged, answered in chunks, stored with its usage, and the run completes once', async () => {
  const client = await replica.connect(userId);
  const clientMessageId = client.say(agentId, 'good morning');
  const complete = await client.next('complete');
  const all = client.frames.map((frame) => frame.type);
  // On a busy machine it is said more than once that the run lives.
  const types = all.filter((type, index) => type !== 'thinking' || all[index - 1] !== type);
  expect(types.slice(0, 3)).toEqual(['ack', 'thinking', 'chunk']);
  expect(types.slice(-2)).toEqual(['done', 'complete']);
  expect(client.all('ack')).toEqual([
    { type: 'ack', agentId, clientMessageId, messageId: expect.any(String), queued: false },
  ]);
  expect(client.text()).toBe('Echo: good morning');
  const chunks = client.all('chunk');
  expect(chunks.map((chunk) => chunk.seq)).toEqual(chunks.map((_, index) => index));
  expect(new Set(chunks.map((chunk) => chunk.runId))).toEqual(new Set([complete.runId]));
  const done = await client.next('done');
  expect(done.usage).toEqual({ ...usage, cost: '0.0000123' });

  const history = await client.history(agentId);
  expect(history.messages).toEqual([
    expect.objectContaining({ role: 'user', content: 'good morning', clientMessageId }),
    expect.objectContaining({
      role: 'assistant',
      id: done.messageId,
      content: 'Echo: good morning',
      usage: done.usage,
    }),
  ]);
  expect(history).not.toHaveProperty('activeRun');
  const [run] = await runsOf(userId);
  expect(run).toMatchObject({ state: 'completed', steps: 1, replicaId: replica.replicaId });
  const [record] = await db().select().from(usageRecords).where(eq(usageRecords.userId, userId));
  expect(record).toMatchObject({ model, inputTokens: 10, outputTokens: 5, cost: '0.0000123000', source: 'chat' });
  const audit = await db()
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.resource, `run:${run!.id}`));
  expect(audit).toMatchObject([{ eventType: 'run.completed', detail: { agentId, model, steps: 1 } }]);
  const [conversation] = await db().select().from(conversations).where(eq(conversations.userId, userId));
  expect(conversation).toMatchObject({ isDefault: true, title: 'good morning' });
  await client.close();
});

test('a message sent again, also at the same time, is acknowledged again and answered once', async () => {
  const client = await replica.connect(userId);
  const other = await replica.connect(userId);
  const clientMessageId = randomUUID();
  // A socket hears the end of an answer that goes on when it is acknowledged there, so none may end before.
  const acknowledged = Promise.withResolvers<void>();
  answer = async function* (request) {
    await acknowledged.promise;
    yield* say(`Echo: ${lastText(request)}`);
  };
  for (let count = 0; count < 5; count++) {
    client.say(agentId, 'only once', { clientMessageId });
    other.say(agentId, 'only once', { clientMessageId });
  }
  await expect.poll(() => [client.all('ack').length, other.all('ack').length]).toEqual([5, 5]);
  acknowledged.resolve();
  await client.next('complete');
  client.say(agentId, 'only once', { clientMessageId });
  await expect.poll(() => client.all('ack').length).toBe(6);
  const acks = [...client.all('ack'), ...other.all('ack')];
  expect(new Set(acks.map((ack) => ack.messageId)).size).toBe(1);
  expect(await runsOf(userId)).toHaveLength(1);
  expect(await db().select().from(conversations).where(eq(conversations.userId, userId))).toHaveLength(1);
  await sleep(50);
  expect(client.all('complete')).toHaveLength(1);
});

test('steps become messages of their own, tools show their states, what the model read stays on the server', async () => {
  answer = async function* () {
    yield { type: 'text-delta', text: 'Let me look.' };
    yield { type: 'tool-start', toolCallId: 't1', name: 'pinchy_read', input: { path: '/data/a.md' } };
    const call = { toolCallId: 't1', name: 'pinchy_read' };
    yield { type: 'tool-end', ...call, state: 'done', summary: 'Read a.md', output: 'secret contents' };
    yield { type: 'step-end', usage, model };
    yield* say('It says hello.');
  };
  const client = await replica.connect(userId);
  client.say(agentId, 'look');
  await client.next('complete');
  const [first, second] = client.all('done');
  expect(client.all('tool')).toMatchObject([
    { messageId: first!.messageId, toolCallId: 't1', state: 'running', input: { path: '/data/a.md' } },
    { messageId: first!.messageId, toolCallId: 't1', state: 'done', summary: 'Read a.md' },
  ]);
  expect(client.all('chunk').filter((chunk) => chunk.messageId === second!.messageId)[0]!.seq).toBe(0);
  const { messages: shown } = await client.history(agentId);
  expect(shown.map((message) => message.content)).toEqual(['look', 'Let me look.', 'It says hello.']);
  expect(JSON.stringify(client.frames)).not.toContain('secret contents');
  const stored = await db().select().from(messages).where(eq(messages.id, first!.messageId));
  expect(stored[0]!.toolCalls[0]).not.toHaveProperty('output');
  expect(stored[0]!.toolOutputs).toEqual([{ toolCallId: 't1', output: 'secret contents' }]);
  client.say(agentId, 'and now?');
  await expect.poll(() => client.all('complete').length).toBe(2);
  expect(replica.runtime.requests.at(-1)!.messages).toMatchObject([
    { role: 'user', text: 'look' },
    { role: 'assistant', text: 'Let me look.', toolCalls: [{ output: 'secret contents', failed: false }] },
    { role: 'assistant', text: 'It says hello.' },
    { role: 'user', text: 'and now?' },
  ]);
});

test('messages wait their turn, at most five, and are answered in order, each with what was said before', async () => {
  let release = () => {};
  const gate = new Promise<void>((resolve) => (release = resolve));
  answer = async function* (request) {
    if (lastText(request) === 'first') await gate;
    yield* say(`Answer to ${lastText(request)}`);
  };
  const client = await replica.connect(userId);
  client.say(agentId, 'first');
  await client.next('ack');
  const waiting = [1, 2, 3, 4, 5].map((number) => client.say(agentId, `later ${number}`));
  const refused = client.say(agentId, 'one too many');
  const error = await client.next('error');
  expect(error).toMatchObject({ code: 'queue_full', clientMessageId: refused, agentId });
  expect(error).not.toHaveProperty('runId');
  expect(client.all('ack').map((ack) => ack.queued)).toEqual([false, true, true, true, true, true]);
  const history = await client.history(agentId);
  expect(history.activeRun).toMatchObject({ queued: 5, messageId: null, content: '', seq: -1 });
  expect(history.messages.map((message) => message.clientMessageId).slice(1)).toEqual(waiting);
  release();
  await expect.poll(() => client.all('complete').length).toBe(6);
  const { messages: shown } = await client.history(agentId);
  expect(shown.map((message) => message.content)).toEqual([
    ...['first', 'Answer to first'],
    ...[1, 2, 3, 4, 5].flatMap((number) => [`later ${number}`, `Answer to later ${number}`]),
  ]);
  expect(replica.runtime.requests.at(-1)!.messages).toHaveLength(11);
  expect(new Set(client.all('complete').map((frame) => frame.runId)).size).toBe(6);
});

test('an abort stops the provider at once, drops the queue and keeps what was said', async () => {
  answer = () => sayForever();
  const client = await replica.connect(userId);
  client.say(agentId, 'go on');
  await client.next('chunk', (chunk) => chunk.seq === 3);
  client.say(agentId, 'dropped');
  await client.next('ack', (ack) => ack.queued);
  const before = Date.now();
  client.send({ type: 'abort', agentId });
  await expect.poll(() => client.all('complete').length).toBe(2);
  expect(Date.now() - before).toBeLessThan(1_000);
  const [first, second] = await runsOf(userId);
  expect([first!.state, second!.state]).toEqual(['aborted', 'aborted']);
  expect(replica.runtime.aborted).toContain(first!.id);
  expect(client.all('complete').map((frame) => frame.runId)).toEqual([first!.id, second!.id]);
  const text = client.text();
  const { messages: shown, activeRun } = await client.history(agentId);
  expect(activeRun).toBeUndefined();
  expect(shown.map((message) => message.content)).toEqual(['go on', text, 'dropped']);
  expect(shown[1]).not.toHaveProperty('interrupted');
  expect(client.all('error')).toEqual([]);
  answer = () => say('Fresh.');
  client.say(agentId, 'again');
  await expect.poll(() => client.all('complete').length).toBe(3);
});

test('a runtime that does not listen to the abort is left behind', async () => {
  answer = async function* () {
    yield { type: 'text-delta', text: 'stuck' };
    await new Promise(() => {});
  };
  const client = await replica.connect(userId);
  client.say(agentId, 'hang');
  await client.next('chunk');
  client.send({ type: 'abort', agentId });
  expect(await client.next('complete', undefined, 1_500)).toMatchObject({ agentId });
});

test('a run that fails says why, completes, and keeps what was said as interrupted', async () => {
  answer = async function* () {
    yield { type: 'text-delta', text: 'Half an ' };
    yield { type: 'error', code: 'provider_quota', message: 'The account is out of credit.', retryable: true };
  };
  const client = await replica.connect(userId);
  client.say(agentId, 'fail');
  const { runId } = await client.next('complete');
  expect(client.frames.slice(-2).map((frame) => frame.type)).toEqual(['error', 'complete']);
  expect(client.all('error')).toEqual([
    {
      type: 'error',
      agentId,
      runId,
      code: 'provider_quota',
      message: 'The account is out of credit.',
      retryable: true,
    },
  ]);
  const { messages: shown } = await client.history(agentId);
  expect(shown[1]).toMatchObject({ content: 'Half an ', interrupted: true });
  const audit = await db()
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.resource, `run:${runId}`));
  expect(audit).toMatchObject([{ eventType: 'run.failed', outcome: 'failure', detail: { code: 'provider_quota' } }]);
});

test('a runtime that throws, or ends without saying how, is an internal error', async () => {
  const client = await replica.connect(userId);
  answer = () => {
    throw new Error('secret detail');
  };
  client.say(agentId, 'one');
  await client.next('complete');
  answer = async function* () {};
  client.say(agentId, 'two');
  await expect.poll(() => client.all('complete').length).toBe(2);
  expect(client.all('error').map((error) => error.code)).toEqual(['internal', 'internal']);
  expect(JSON.stringify(client.frames)).not.toContain('secret detail');
});

test('two tabs stay in step, tabs elsewhere and other people learn only what is theirs', async () => {
  const [first, second, elsewhere] = await Promise.all([1, 2, 3].map(() => replica.connect(userId)));
  const stranger = await replica.connect((await createPersonAndAgent(replica.database)).userId);
  await second!.history(agentId);
  await stranger.history(agentId);
  first!.say(agentId, 'hello');
  const complete = await second!.next('complete');
  await first!.next('complete');
  expect(second!.text()).toBe(first!.text());
  expect(second!.all('ack')).toEqual([]);
  expect(second!.all('changed')).toEqual([{ type: 'changed', agentId }]);
  await expect.poll(() => elsewhere!.all('changed').length).toBe(2);
  expect(elsewhere!.frames.every((frame) => frame.type === 'changed')).toBe(true);
  expect(first!.all('changed')).toEqual([]);
  expect(stranger.frames.map((frame) => frame.type)).toEqual(['history']);
  expect(JSON.stringify(stranger.frames)).not.toContain(complete.runId);
});
