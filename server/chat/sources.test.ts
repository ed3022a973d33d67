import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../test/create-test-app.ts';
import type { ChatClient } from '../../test/chat/chat-client.ts';
import { createPersonAndAgent, startChatReplica, type ChatReplica } from '../../test/chat/chat-replica.ts';
import { type Answer, createScriptedRuntime, say, sayForever } from '../../test/chat/scripted-runtime.ts';
import { createLogger } from '../platform/logger.ts';
import { systemAuthority } from '../db/authority.ts';
import { messages } from '../db/schema/index.ts';
import { createSignals, type Signals } from '../db/signals.ts';
import { numberCitations } from '../tools/citations/number-citations.ts';
import { interruptMessages } from './runs/run.queries.ts';

// Real: PostgreSQL, two replicas, the numbering. Doubled: the runtime.

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let replica: ChatReplica;
let other: ChatReplica;
let signals: Signals;
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
  const holdAuthority = async () => {};
  signals = createSignals({
    ...{ db: replica.database.db, databaseUrl: database.url, log: createLogger('silent'), holdAuthority },
  });
});

afterAll(async () => {
  await other?.stop();
  await replica?.stop();
  await database?.drop();
});

beforeEach(async () => {
  ({ userId, agentId } = await createPersonAndAgent(replica.database));
});

const passage = (page: number) => ({
  path: '/data/hr/leave.pdf',
  place: `page ${page}`,
  text: `Text of page ${page}.`,
});
interface ReturningRun {
  conversationId: string;
  runId: string;
}
const number = ({ conversationId, runId }: ReturningRun, ...pages: number[]) => {
  const citations = numberCitations(signals, { conversationId, runId, toolCallId: 'call' });
  return Promise.all(pages.map((page) => citations.number(passage(page))));
};

/** Answers what `text` says, after a tool returned three pages. */
function answerWith(text: string): Answer {
  return async function* (request) {
    await number(request, 1, 2, 3);
    yield* say([text]);
  };
}

test('whoever follows on another replica is told the same sources, in the order of the text', async () => {
  answer = answerWith('Later [3], first [1], again [3], never [4].');
  const client = await replica.connect(userId);
  const follower = await other.connect(userId);
  await follower.history(agentId);
  client.say(agentId, 'Go');
  const sources = [
    { number: 3, ...passage(3) },
    { number: 1, ...passage(1) },
  ];
  expect((await client.next('done')).sources).toEqual(sources);
  expect((await follower.next('done')).sources).toEqual(sources);
  await client.next('complete');
  expect((await follower.history(agentId)).messages[1]?.sources).toEqual(sources);
});

test('an answer that was stopped, or lost with its process, keeps the sources of what was said', async () => {
  answer = async function* (request, signal) {
    await number(request, 1, 2);
    yield { type: 'text-delta', text: 'It says so [2]. ' };
    yield* sayForever();
    signal.throwIfAborted();
  };
  const client = await replica.connect(userId);
  client.say(agentId, 'Go');
  const { runId } = await client.next('chunk', ({ content }) => content.includes('[2]'));
  client.send({ type: 'abort', agentId });
  expect((await client.next('done')).sources).toMatchObject([{ number: 2 }]);
  await client.next('complete');
  const lost = { state: 'streaming' as const, cited: [] };
  const { db } = replica.database;
  await db.update(messages).set(lost).where(eq(messages.runId, runId));
  await signals.transaction(systemAuthority, (tx) => interruptMessages(tx, runId));
  expect((await client.history(agentId)).messages[1]).toMatchObject({ interrupted: true, sources: [{ number: 2 }] });
});

test('calls at once get numbers of their own, the same passage the same, and the next go on behind them', async () => {
  answer = answerWith('Ready.');
  const client = await replica.connect(userId);
  client.say(agentId, 'Go');
  await client.next('complete');
  const { messageId } = await client.next('done');
  const { db } = replica.database;
  const rows = await db.select({ id: messages.conversationId }).from(messages).where(eq(messages.id, messageId));
  const run = { conversationId: rows[0]!.id, runId: randomUUID() };
  const all = await Promise.all([number(run, 10, 11, 12), number(run, 12, 13, 1)]);
  const given = all.flat();
  expect(new Set(given).size).toBe(5);
  expect(given.at(-1)).toBe(1);
  expect(Math.max(...given)).toBe(7);
  expect(await number(run, 13, 20)).toEqual([given[4], 8]);
});

test('of a conversation that is gone nothing is kept, and the call is no failure', async () => {
  expect(await number({ conversationId: randomUUID(), runId: randomUUID() }, 1, 2)).toEqual([1, 2]);
});

describe('on branches of a conversation', () => {
  let client: ChatClient;
  /** What the tools of the next answer return, and what it says of it. */
  let next: { pages: number[]; text: string };

  beforeEach(async () => {
    answer = async function* (request) {
      const { pages, text } = next;
      await number(request, ...pages);
      yield* say([text]);
    };
    client = await replica.connect(userId);
  });

  async function ask(frame: Record<string, unknown>, said: typeof next) {
    next = said;
    const ended = client.all('complete').length;
    client.send({ agentId, clientMessageId: randomUUID(), ...frame });
    await expect.poll(() => client.all('complete').length).toBe(ended + 1);
    return client
      .all('done')
      .at(-1)!
      .sources.map((source) => source.number);
  }
  const shown = async () => (await client.history(agentId)).messages;

  test('what a tool returned on one that is hidden is no source, by number or by name, until that one is shown again', async () => {
    expect(await ask({ type: 'message', content: 'Q1' }, { pages: [1, 2], text: 'So [1].' })).toEqual([1]);
    const [question, hidden] = await shown();
    const changed = { pages: [3], text: 'So [1], [2], [3].' };
    expect(await ask({ type: 'edit', messageId: question!.id, content: 'Other' }, changed)).toEqual([3]);
    // The document's only passages there are those of the other branch.
    const named = { pages: [], text: 'See leave.pdf, page 1.' };
    expect(await ask({ type: 'message', content: 'Q2' }, named)).toEqual([3]);
    client.send({ type: 'branch', agentId, messageId: hidden!.id });
    await expect.poll(async () => (await shown()).length).toBe(2);
    expect((await shown())[1]?.sources).toMatchObject([{ number: 1 }]);
    expect(await ask({ type: 'message', content: 'Q3' }, { pages: [], text: 'So [1], [2], [3].' })).toEqual([1, 2]);
  });

  test('what tools of both returned is a source of both, by the same number', async () => {
    await ask({ type: 'message', content: 'Q1' }, { pages: [1], text: 'So [1].' });
    const [question, first] = await shown();
    const again = { pages: [2, 1], text: 'So [1] and [2].' };
    expect(await ask({ type: 'regenerate', messageId: question!.id }, again)).toEqual([1, 2]);
    const later = { pages: [], text: 'Still [1] and [2].' };
    expect(await ask({ type: 'message', content: 'Q2' }, later)).toEqual([1, 2]);
    client.send({ type: 'branch', agentId, messageId: first!.id });
    await expect.poll(async () => (await shown()).length).toBe(2);
    expect(await ask({ type: 'message', content: 'Q3' }, later)).toEqual([1]);
  });
});
