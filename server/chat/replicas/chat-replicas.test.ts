import { setTimeout as sleep } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestDatabase } from '../../../test/create-test-app.ts';
import { createPersonAndAgent, startChatReplica, type ChatReplica } from '../../../test/chat/chat-replica.ts';
import { createScriptedRuntime, lastText, say, sayForever } from '../../../test/chat/scripted-runtime.ts';
import type { Answer } from '../../../test/chat/scripted-runtime.ts';
import type { ChatOptions } from '../chat.ts';
import { takeReplicaLock } from '../../db/replica-lock.ts';
import { auditEntries, messages, replicas as replicaTable, runs } from '../../db/schema/index.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let started: ChatReplica[];
let answer: Answer;
let userId: string;
let agentId: string;

async function start(timings: ChatOptions['timings'] = {}): Promise<ChatReplica> {
  const runtime = createScriptedRuntime((request, signal) => answer(request, signal));
  const replica = await startChatReplica({ databaseUrl: database.url, runtime, timings });
  started.push(replica);
  return replica;
}

beforeEach(async () => {
  database = await createTestDatabase();
  started = [];
  answer = (request) => say(`Echo: ${lastText(request)}`);
  ({ userId, agentId } = await createPersonAndAgent((await start()).database));
});

afterEach(async () => {
  for (const replica of started) await replica.stop();
  await database.drop();
});

const first = () => started[0]!;
const runRows = (replica: ChatReplica) => replica.database.db.select().from(runs).orderBy(runs.position);

test('a socket on another replica follows the answer: text, tools, done, complete, in order', async () => {
  const second = await start();
  const followed = Promise.withResolvers<void>();
  answer = async function* () {
    await followed.promise;
    yield { type: 'text-delta', text: 'One ' };
    yield { type: 'tool-start', toolCallId: 't', name: 'pinchy_ls', input: { path: '/data' } };
    await sleep(60);
    yield { type: 'tool-end', toolCallId: 't', name: 'pinchy_ls', state: 'done', summary: 'Listed', output: 'o' };
    yield {
      type: 'step-end',
      usage: { inputTokens: 1, outputTokens: 1, cacheReadTokens: 0, cacheWriteTokens: 0 },
      model: 'm',
    };
    yield* say('two three four five six', 15);
  };
  const here = await first().connect(userId);
  const there = await second.connect(userId);
  const nowhere = await second.connect(userId);
  await there.history(agentId);
  here.say(agentId, 'count');
  await there.next('thinking');
  followed.resolve();
  const complete = await there.next('complete');
  expect(complete.runId).toBe((await here.next('complete')).runId);
  expect(there.text()).toBe('One two three four five six');
  expect(there.all('tool').map((tool) => tool.state)).toEqual(['running', 'done']);
  expect(there.all('done').map((done) => done.messageId)).toEqual(here.all('done').map((done) => done.messageId));
  expect(there.frames.at(-1)!.type).toBe('complete');
  const byMessage = Map.groupBy(there.all('chunk'), (chunk) => chunk.messageId);
  for (const chunks of byMessage.values()) expect(chunks.map((chunk) => chunk.seq)).toEqual(chunks.map((_, at) => at));
  await expect.poll(() => nowhere.all('changed').length).toBeGreaterThan(0);
  expect(nowhere.all('chunk')).toEqual([]);
  await sleep(100);
  expect(there.all('complete')).toHaveLength(1);
});

test('an answer that is followed elsewhere is written more often than others, so that it arrives as it grows', async () => {
  // By the common interval nothing of it would be there before its end.
  const writing = await start({ persist: 60_000 });
  answer = () => sayForever();
  const here = await writing.connect(userId);
  here.say(agentId, 'forever');
  await here.next('chunk');
  const there = await first().connect(userId);
  await there.history(agentId);
  await expect.poll(() => there.all('chunk').length).toBeGreaterThan(10);
  expect(here.text().startsWith(there.text().slice(0, 20))).toBe(true);
  here.send({ type: 'abort', agentId });
  await there.next('complete');
});

test('messages said on different replicas are answered one after the other, each where it was said', async () => {
  const second = await start();
  const running = { now: 0, most: 0 };
  answer = async function* (request) {
    running.most = Math.max(running.most, ++running.now);
    try {
      await sleep(30);
      yield* say(`Echo: ${lastText(request)}`);
    } finally {
      running.now--;
    }
  };
  const clients = [await first().connect(userId), await second.connect(userId)];
  for (const client of clients) await client.history(agentId);
  for (const [at, text] of ['a', 'b', 'c', 'd'].entries()) {
    clients[at % 2]!.say(agentId, text);
    await clients[at % 2]!.next('ack', (ack) => ack.clientMessageId !== '');
    await expect.poll(() => clients[at % 2]!.all('ack').length).toBe(Math.floor(at / 2) + 1);
  }
  for (const client of clients) {
    await expect.poll(() => client.all('complete').length).toBe(4);
    expect(client.text()).toBe('Echo: aEcho: bEcho: cEcho: d');
    const order = client.frames.filter((frame) => frame.type === 'chunk' || frame.type === 'complete');
    const seen = order.map((frame) => frame.runId);
    expect(seen).toEqual(seen.toSorted((a, b) => seen.indexOf(a) - seen.indexOf(b)));
  }
  expect(running.most).toBe(1);
  const rows = await runRows(second);
  expect(rows.map((run) => run.replicaId)).toEqual([
    ...[first().replicaId, second.replicaId, first().replicaId, second.replicaId],
  ]);
});

test('an abort reaches a run on another replica within a second, and drops what waits on both', async () => {
  const second = await start();
  answer = () => sayForever();
  const here = await first().connect(userId);
  const there = await second.connect(userId);
  here.say(agentId, 'forever');
  await here.next('chunk');
  await there.history(agentId);
  there.say(agentId, 'dropped there');
  await there.next('ack');
  here.say(agentId, 'dropped here');
  await here.next('ack', (ack) => ack.queued);
  const before = Date.now();
  there.send({ type: 'abort', agentId });
  for (const client of [here, there]) {
    await expect.poll(() => client.all('complete').length).toBe(3);
    expect(new Set(client.all('complete').map((frame) => frame.runId)).size).toBe(3);
  }
  expect(Date.now() - before).toBeLessThan(1_500);
  expect((await runRows(second)).map((run) => run.state)).toEqual(['aborted', 'aborted', 'aborted']);
  expect(first().runtime.aborted).toHaveLength(1);
});

test('a killed replica: what it wrote is kept as interrupted and said once to whoever opens it; what waited is answered', async () => {
  answer = (request) => (lastText(request) === 'forever' ? sayForever() : say('Answered.'));
  const client = await first().connect(userId);
  client.say(agentId, 'forever');
  await client.next('chunk', (chunk) => chunk.seq > 3);
  client.say(agentId, 'next');
  await client.next('ack', (ack) => ack.queued);
  await sleep(100);
  await first().kill();
  const second = await start();
  const again = await second.connect(userId);
  await expect.poll(async () => (await runRows(second)).map((run) => run.state)).toEqual(['interrupted', 'completed']);
  const history = await again.history(agentId);
  expect(history.messages.map((message) => message.role)).toEqual(['user', 'assistant', 'user', 'assistant']);
  expect(history.messages[1]).toMatchObject({ interrupted: true });
  expect(client.text().startsWith(history.messages[1]!.content)).toBe(true);
  expect(history.messages[1]!.content).not.toBe('');
  // The next message was answered already, so the interruption is not the newest thing any more.
  expect(again.all('error')).toEqual([]);
  const audit = await second.database.db.select().from(auditEntries);
  expect(audit.map((entry) => entry.eventType)).toContain('run.interrupted');
});

test.each([
  ['provider_quota', false],
  ['provider_quota', true],
  ['context_too_long', true],
  ['rate_limited', true],
  ['internal', false],
] as const)('a run that failed with %s, retryable %s, says so on every replica', async (code, retryable) => {
  const second = await start();
  const followed = Promise.withResolvers<void>();
  answer = async function* () {
    yield { type: 'text-delta', text: 'Half ' };
    await followed.promise;
    yield { type: 'error', code, message: 'It did not work.', retryable };
  };
  const here = await first().connect(userId);
  const there = await second.connect(userId);
  here.say(agentId, 'fail');
  await here.next('chunk');
  await there.history(agentId);
  followed.resolve();
  await there.next('complete');
  await here.next('complete');
  expect(there.all('error')).toEqual(here.all('error'));
  expect(there.all('error')).toMatchObject([{ code, message: 'It did not work.', retryable }]);
});

test('whoever opens a conversation whose answer broke off hears it once, as a retryable error', async () => {
  answer = () => sayForever();
  const client = await first().connect(userId);
  client.say(agentId, 'forever');
  await client.next('chunk', (chunk) => chunk.seq > 3);
  await sleep(100);
  await first().kill();
  const second = await start();
  const again = await second.connect(userId);
  const { messages: shown, activeRun } = await again.history(agentId);
  expect(activeRun).toBeUndefined();
  expect(shown[1]).toMatchObject({ interrupted: true });
  expect(await again.next('error')).toMatchObject({ code: 'interrupted', retryable: true, agentId });
  await again.history(agentId);
  await sleep(50);
  expect(again.all('error')).toHaveLength(1);
  const other = await second.connect(userId);
  await other.history(agentId);
  await other.next('error');
  answer = () => say('Better.');
  again.say(agentId, 'forever');
  await again.next('complete');
  const last = await second.connect(userId);
  await last.history(agentId);
  await sleep(50);
  expect(last.all('error')).toEqual([]);
});

test('sockets that follow a run on a replica that dies are told when it is found out', async () => {
  const second = await start();
  answer = () => sayForever();
  const client = await first().connect(userId);
  client.say(agentId, 'forever');
  await client.next('chunk');
  const there = await second.connect(userId);
  await there.history(agentId);
  await there.next('chunk');
  await first().kill();
  const error = await there.next('error', undefined, 10_000);
  expect(error).toMatchObject({ code: 'interrupted', retryable: true });
  expect(there.frames.at(-1)).toMatchObject({ type: 'complete', runId: error.runId });
  await there.history(agentId);
  await sleep(50);
  expect(there.all('error')).toHaveLength(1);
});

test('a live replica is not taken for dead, however many others start', async () => {
  answer = () => say('one two three four five six seven eight', 100);
  const client = await first().connect(userId);
  client.say(agentId, 'slow');
  await client.next('chunk');
  await start();
  await start();
  await client.next('complete');
  expect(client.all('error')).toEqual([]);
  expect(client.text()).toBe('one two three four five six seven eight');
});

test('a run that another replica took is given up, not written over', async () => {
  answer = () => sayForever();
  const client = await first().connect(userId);
  client.say(agentId, 'forever');
  const { runId, messageId } = await client.next('chunk');
  const { db } = first().database;
  await sleep(60);
  await db.update(runs).set({ state: 'interrupted' }).where(eq(runs.id, runId));
  await db.update(messages).set({ state: 'interrupted', content: 'taken' }).where(eq(messages.id, messageId));
  expect(await client.next('error')).toMatchObject({ code: 'interrupted' });
  await client.next('complete');
  expect(first().runtime.aborted).toEqual([runId]);
  const [row] = await db.select().from(messages).where(eq(messages.id, messageId));
  expect(row).toMatchObject({ state: 'interrupted', content: 'taken' });
});

test('a stop lets answers end within the grace, keeps others as interrupted, and leaves the queue to the next process', async () => {
  answer = (request) => (lastText(request) === 'forever' ? sayForever() : say('a b c d e f', 30));
  const other = await createPersonAndAgent(first().database);
  const quick = await first().connect(userId);
  const endless = await first().connect(other.userId);
  quick.say(agentId, 'short');
  await quick.next('ack');
  endless.say(other.agentId, 'forever');
  await quick.next('chunk');
  await endless.next('chunk');
  endless.say(other.agentId, 'waiting');
  await endless.next('ack', (ack) => ack.queued);
  const stopped = first().stop(600);
  const late = quick.say(agentId, 'too late');
  expect(await quick.next('error')).toMatchObject({
    code: 'runtime_unavailable',
    clientMessageId: late,
    retryable: true,
  });
  await quick.next('complete');
  expect(quick.text()).toBe('a b c d e f');
  expect(await endless.next('error')).toMatchObject({ code: 'interrupted', retryable: true });
  await endless.next('complete');
  expect(await endless.closed).toMatchObject({ code: 1001 });
  await stopped;
  const second = await start();
  await expect
    .poll(async () => (await runRows(second)).map((run) => run.state))
    .toEqual(['completed', 'interrupted', 'completed']);
  const [row] = await second.database.db.select().from(replicaTable);
  expect(row!.id).toBe(second.replicaId);
});

test('a socket that joins with a message only follows what another replica is still answering', async () => {
  const second = await start();
  const followed = Promise.withResolvers<void>();
  answer = async function* (request) {
    if (lastText(request) !== 'one') return yield* say('second answer');
    yield { type: 'text-delta', text: 'first ' };
    await followed.promise;
    yield* say('answer');
  };
  const here = await first().connect(userId);
  here.say(agentId, 'one');
  await here.next('chunk');
  const there = await second.connect(userId);
  there.say(agentId, 'two');
  await there.next('chunk', undefined, 1_000);
  followed.resolve();
  await expect.poll(() => there.all('complete').length).toBe(2);
  expect(there.text()).toBe('first answersecond answer');
});

test('a connection that breaks before it holds the lock of its process is given back, and the process can stop', async () => {
  const replica = first();
  const other = new Client({ connectionString: database.url });
  await other.connect();
  const end = (query: string) => other.query(`select pg_terminate_backend(pid) from pg_stat_activity where ${query}`);
  const isTakingLock = `datname = current_database() and pid <> pg_backend_pid() and query like '%pg_advisory_lock%'`;
  await end(isTakingLock);
  await other.query(takeReplicaLock, [replica.replicaId]);
  const waits = `${isTakingLock} and wait_event_type = 'Lock'`;
  const waiting = async () => (await other.query(`select 1 from pg_stat_activity where ${waits}`)).rowCount;
  for (let count = 0; count < 3; count++) {
    await expect.poll(waiting, { interval: 20 }).toBe(1);
    await end(waits);
  }
  await other.end();
  // The pool closes once every connection is back.
  await replica.stop();
});

test('answers survive a restart of the database', async () => {
  answer = () => say('one two three four five six seven eight nine ten', 60);
  const client = await first().connect(userId);
  client.say(agentId, 'count');
  await client.next('chunk');
  const { pool } = first().database;
  for (let count = 0; count < 3; count++) {
    await pool.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`);
    await sleep(120);
  }
  await client.next('complete', undefined, 10_000);
  expect(client.all('error')).toEqual([]);
  const history = await client.history(agentId);
  expect(history.messages[1]).toMatchObject({ content: 'one two three four five six seven eight nine ten' });
  expect(history.messages[1]).not.toHaveProperty('interrupted');
  const second = await start();
  await sleep(700);
  client.say(agentId, 'again');
  await expect.poll(() => client.all('complete').length).toBe(2);
  expect((await runRows(second)).map((run) => run.state)).toEqual(['completed', 'completed']);
});
