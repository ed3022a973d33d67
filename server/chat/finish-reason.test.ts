import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { FinishReason, HistoryMessage } from '../../contract/socket.ts';
import { createTestDatabase } from '../../test/create-test-app.ts';
import { createPersonAndAgent, startChatReplica, type ChatReplica } from '../../test/chat/chat-replica.ts';
import { type Answer, createScriptedRuntime, model, say, sayForever, usage } from '../../test/chat/scripted-runtime.ts';
import { messages, runs } from '../db/schema/index.ts';
import type { RuntimeEvent } from '../runtime/agent-runtime.ts';
import { exportAsMarkdown } from './conversations/export-conversation.ts';

// How an answer ended: in its row, in `done`, in history, on another replica and in exports.

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let replica: ChatReplica;
let other: ChatReplica;
let answer: Answer;
let userId: string;
let agentId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  const start = () =>
    startChatReplica({
      databaseUrl: database.url,
      runtime: createScriptedRuntime((request, signal) => answer(request, signal)),
    });
  replica = await start();
  other = await start();
});

afterAll(async () => {
  await other?.stop();
  await replica?.stop();
  await database?.drop();
});

beforeEach(async () => {
  ({ userId, agentId } = await createPersonAndAgent(replica.database));
});

/** Says nothing until the run is stopped. */
async function* untilStopped(signal: AbortSignal): AsyncGenerator<RuntimeEvent> {
  await new Promise((resolve) => signal.addEventListener('abort', resolve));
  yield* [];
}

const db = () => replica.database.db;

async function* cutOff(text: string, reason: 'length' | 'filter' | 'step_limit'): AsyncGenerator<RuntimeEvent> {
  if (text) yield { type: 'text-delta', text };
  yield { type: 'step-end', usage, model, reason };
  yield { type: 'finish', reason };
}

async function* failed(events: RuntimeEvent[]): AsyncGenerator<RuntimeEvent> {
  yield* events;
  yield { type: 'error', code: 'provider_quota', message: 'The account is out of credit.', retryable: false };
}

async function markdownOf(history: { messages: HistoryMessage[] }): Promise<string> {
  const now = '2026-11-29T12:00:00.000Z';
  const place = { titledBy: null, pinned: false, archived: false, temporary: false };
  const conversation = { id: agentId, agentId, title: null, createdAt: now, updatedAt: now, isDefault: true, ...place };
  const { content } = exportAsMarkdown({
    conversation: { ...conversation, lastMessageAt: null },
    agentName: 'Clerk',
    messages: (async function* () {
      yield* history.messages;
    })(),
  });
  let text = '';
  for await (const part of content) text += part;
  return text;
}

test.each([
  ['length', 'So far'],
  ['filter', 'So far'],
  ['step_limit', 'So far'],
  ['length', ''],
  ['filter', ''],
] as const)('%s after %j is told in done, stored, in history, to followers and in exports', async (reason, text) => {
  answer = () => cutOff(text, reason);
  const client = await replica.connect(userId);
  const follower = await other.connect(userId);
  await follower.history(agentId);
  client.say(agentId, 'Go');
  const done = await client.next('done');
  expect(done).toMatchObject({ finishReason: reason, usage: { inputTokens: 10 } });
  expect(await follower.next('done')).toMatchObject({ finishReason: reason, messageId: done.messageId });
  await client.next('complete');
  const [row] = await db().select().from(messages).where(eq(messages.id, done.messageId));
  expect(row).toMatchObject({ content: text, state: 'complete', finishReason: reason });
  const history = await client.history(agentId);
  expect(history.messages.map((message) => message.finishReason)).toEqual([undefined, reason]);
  expect(await markdownOf(history)).toMatch(
    /\n\*(This answer was cut off|The provider’s|The agent used all)[^\n]+\*\n$/,
  );
});

test('a whole answer ends with stop', async () => {
  answer = () => say('All of it.');
  const client = await replica.connect(userId);
  client.say(agentId, 'Go');
  expect(await client.next('done')).toMatchObject({ finishReason: 'stop' });
  await client.next('complete');
  const history = await client.history(agentId);
  expect(history.messages[1]).toMatchObject({ finishReason: 'stop' });
  expect(history.messages[1]).not.toHaveProperty('failure');
  expect(await markdownOf(history)).not.toContain('*');
});

test('a person’s stop is theirs, with words and without', async () => {
  answer = () => sayForever();
  const client = await replica.connect(userId);
  client.say(agentId, 'Go');
  await client.next('chunk');
  client.send({ type: 'abort', agentId });
  expect(await client.next('done')).toMatchObject({ finishReason: 'aborted', usage: { inputTokens: 0, cost: null } });
  await client.next('complete');
  const history = await client.history(agentId);
  expect(history.messages[1]).toMatchObject({ finishReason: 'aborted' });
  expect(await markdownOf(history)).toContain('*You stopped this answer.*');

  answer = (_request, signal) => untilStopped(signal);
  client.say(agentId, 'Again');
  await client.next('thinking');
  client.send({ type: 'abort', agentId });
  await client.next('complete');
  const after = await client.history(agentId);
  expect(after.messages.map(({ role, finishReason }) => [role, finishReason])).toEqual([
    ['user', undefined],
    ['assistant', 'aborted'],
    ['user', 'aborted'],
  ]);
  expect(after.messages.every(({ content }) => content !== '')).toBe(true);
});

test.each<[string, RuntimeEvent[], (FinishReason | undefined)[]]>([
  ['before a word', [], ['error']],
  ['in mid-answer', [{ type: 'text-delta', text: 'Half ' }], [undefined, 'error']],
  [
    'in mid-answer, with its tokens counted',
    [
      { type: 'text-delta', text: 'Half ' },
      { type: 'step-end', usage, model, reason: 'error' },
    ],
    [undefined, 'error'],
  ],
  [
    'after a tool had run',
    [
      { type: 'tool-start', toolCallId: 't1', name: 'odoo_write', input: {} },
      { type: 'tool-end', toolCallId: 't1', name: 'odoo_write', state: 'done', summary: 'Changed', output: 'ok' },
      { type: 'step-end', usage, model },
    ],
    [undefined, 'error'],
  ],
])('a failure %s stays told, with its reason', async (_when, events, reasons) => {
  answer = () => failed(events);
  const client = await replica.connect(userId);
  client.say(agentId, 'Go');
  await client.next('error');
  await client.next('complete');
  const history = await (await other.connect(userId)).history(agentId);
  expect(history.messages.map((message) => message.finishReason)).toEqual(reasons);
  expect(history.messages.at(-1)?.failure).toEqual({
    code: 'provider_quota',
    message: 'The account is out of credit.',
    retryable: false,
  });
  expect(await markdownOf(history)).toContain('The account is out of credit.');
  const [run] = await db().select().from(runs).where(eq(runs.userId, userId));
  expect(run).toMatchObject({ state: 'failed', errorCode: 'provider_quota' });
});

test('answers from before reasons were stored are whole, or were interrupted', async () => {
  answer = () => say('All of it.');
  const client = await replica.connect(userId);
  client.say(agentId, 'Go');
  const done = await client.next('done');
  await client.next('complete');
  await db().update(messages).set({ finishReason: null }).where(eq(messages.id, done.messageId));
  expect((await client.history(agentId)).messages[1]).toMatchObject({ finishReason: 'stop' });
  await db().update(messages).set({ state: 'interrupted' }).where(eq(messages.id, done.messageId));
  expect((await client.history(agentId)).messages[1]).toMatchObject({ finishReason: 'interrupted', interrupted: true });
});
