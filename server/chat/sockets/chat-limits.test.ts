import { systemAuthority } from '../../db/authority.ts';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestDatabase } from '../../../test/create-test-app.ts';
import { createPersonAndAgent, startChatReplica, type ChatReplica } from '../../../test/chat/chat-replica.ts';
import { createScriptedRuntime, lastText, model, say, sayForever, usage } from '../../../test/chat/scripted-runtime.ts';
import type { Answer } from '../../../test/chat/scripted-runtime.ts';
import { conversations, runs, uploads, usageRecords } from '../../db/schema/index.ts';
import { titleOf } from '../conversations/title.ts';

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

test('frames that do not parse or fit are answered, not punished', async () => {
  const client = await replica.connect(userId);
  const clientMessageId = randomUUID();
  const deep = '['.repeat(30_000);
  const hostile = [
    'not json',
    '',
    'null',
    '[]',
    deep,
    '{"type":"unknown"}',
    JSON.stringify({ type: 'message', agentId, content: 'x', clientMessageId, extra: true }),
    JSON.stringify({ type: 'message', agentId, content: 'x', clientMessageId: 'nope' }),
    JSON.stringify({ type: 'message', agentId, content: ' \n', clientMessageId }),
    JSON.stringify({ type: 'message', agentId, content: 'x'.repeat(70_000), clientMessageId }),
    JSON.stringify({ type: 'history', agentId, limit: 201 }),
    JSON.stringify({ type: '__proto__', constructor: 1 }),
  ];
  for (const frame of hostile) client.sendRaw(frame);
  client.sendRaw(Buffer.from([0xff, 0xfe, 0x00]));
  await expect.poll(() => client.all('error').length).toBe(hostile.length + 1);
  expect(new Set(client.all('error').map((error) => error.code))).toEqual(new Set(['invalid_frame']));
  expect(client.all('error').filter((error) => error.clientMessageId === clientMessageId)).toHaveLength(3);
  client.send({ type: 'ping' });
  await client.next('pong');
  expect(await runsOf(userId)).toEqual([]);
});

test('a message of 32,000 characters is taken, one more is too long; characters are not bytes or code units', async () => {
  const client = await replica.connect(userId);
  const tooLong = client.say(agentId, 'x'.repeat(32_001));
  expect(await client.next('error')).toMatchObject({ code: 'too_long', clientMessageId: tooLong, retryable: false });
  client.say(agentId, 'x'.repeat(32_000));
  await client.next('ack');
  client.say(agentId, '🙂'.repeat(16_001));
  await expect.poll(() => client.all('ack').length).toBe(2);
});

test('NUL and halves of characters never reach the database, whole ones arrive whole across chunks', async () => {
  answer = async function* () {
    const emoji = '😀';
    yield* say(['a\0b ', emoji[0]!, `${emoji[1]!} lone `, '\ud83d', ' end \ud83d']);
  };
  const client = await replica.connect(userId);
  client.say(agentId, 'nul \0 and \ud800 lone');
  await client.next('complete');
  const { messages: shown } = await client.history(agentId);
  expect(shown.map((message) => message.content)).toEqual(['nul  and \ufffd lone', 'ab 😀 lone \ufffd end \ufffd']);
  expect(client.text()).toBe(shown[1]!.content);
});

test('an agent that may not be used, and conversations of others, are not found', async () => {
  const client = await replica.connect(userId);
  const other = await createPersonAndAgent(replica.database);
  const theirs = await replica.connect(other.userId);
  theirs.say(agentId, 'mine');
  await theirs.next('ack');
  const [their] = await db().select().from(conversations).where(eq(conversations.userId, other.userId));
  for (const type of ['history', 'abort'] as const) client.send({ type, agentId, chatId: their!.id });
  const clientMessageId = client.say(agentId, 'hello', { chatId: their!.id });
  await expect.poll(() => client.all('error').length).toBe(3);
  expect(client.all('error').map((error) => error.code)).toEqual(['not_found', 'not_found', 'not_found']);
  expect(client.all('error')[2]).toMatchObject({ clientMessageId, chatId: their!.id });
  replica.outsiders.add(userId);
  const refused = client.say(agentId, 'hello');
  await client.next('error', (error) => error.clientMessageId === refused && error.code === 'not_found');
  expect(await runsOf(userId)).toEqual([]);
});

test('attachments are the own uploads of this agent, used once; the model gets their paths and images', async () => {
  const upload = (owner: string, mediaType: string) => ({
    id: randomUUID(),
    agentId,
    userId: owner,
    filename: 'Plan 1.png',
    mediaType,
    size: 10,
  });
  const image = upload(userId, 'image/png');
  const stranger = upload((await createPersonAndAgent(replica.database)).userId, 'image/png');
  await db().insert(uploads).values([image, stranger]);
  const client = await replica.connect(userId);
  client.say(agentId, 'mine?', { attachmentIds: [image.id, stranger.id] });
  expect(await client.next('error')).toMatchObject({ code: 'not_found' });
  client.say(agentId, '', { attachmentIds: [image.id, image.id] });
  await client.next('complete');
  client.say(agentId, 'again', { attachmentIds: [image.id] });
  await expect.poll(() => client.all('error').length).toBe(2);
  const { messages: shown } = await client.history(agentId);
  const attachment = { id: image.id, filename: 'Plan 1.png', mediaType: 'image/png', size: 10 };
  expect(shown[0]).toMatchObject({ content: '', attachments: [attachment] });
  const [message] = replica.runtime.requests.at(-1)!.messages;
  expect(message).toMatchObject({
    images: [{ mediaType: 'image/png', path: `/workspace/uploads/${image.id}-Plan 1.png`, bytes: 10 }],
  });
  expect(message!.text).toContain(`uploads/${image.id}-Plan 1.png`);
});

test('files of one message stand in the order in which they were attached, whichever came first', async () => {
  const [first, second, third] = ['a', 'b', 'c'].map((name, index) => ({
    ...{ id: randomUUID(), userId, agentId, filename: `${name}.png`, mediaType: 'image/png', size: 10 },
    createdAt: new Date(Date.now() - index * 1_000),
  }));
  await db().insert(uploads).values([first!, second!, third!]);
  const client = await replica.connect(userId);
  client.say(agentId, 'Which is the first?', { attachmentIds: [second!.id, first!.id, third!.id] });
  await client.next('complete');
  const { messages: shown } = await client.history(agentId);
  const names = ['b.png', 'a.png', 'c.png'];
  expect(shown[0]?.attachments?.map(({ filename }) => filename)).toEqual(names);
  const [message] = replica.runtime.requests.at(-1)!.messages;
  expect(message).toMatchObject({ images: names.map((name) => ({ path: expect.stringContaining(name) })) });
});

test('compaction keeps a summary, counts as system, and its messages are not sent again', async () => {
  answer = async function* (request) {
    const throughPosition = request.messages.at(-2)?.position;
    if (throughPosition) {
      yield { type: 'compacted', summary: 'They greeted.\0', throughPosition, usage, model };
    }
    yield* say('ok');
  };
  const client = await replica.connect(userId);
  for (let count = 1; count <= 3; count++) {
    client.say(agentId, `hello ${count}`);
    await expect.poll(() => client.all('complete').length).toBe(count);
  }
  const request = replica.runtime.requests.at(-1)!;
  expect(request.summary).toBe('They greeted.');
  expect(request.messages.map((message) => message.text)).toEqual(['hello 2', 'ok', 'hello 3']);
  const records = await db().select().from(usageRecords).where(eq(usageRecords.userId, userId));
  expect(records.map((record) => record.source).toSorted()).toEqual(['chat', 'chat', 'chat', 'system', 'system']);
});

test('a silent run says that it lives', async () => {
  let release = () => {};
  const gate = new Promise<void>((resolve) => (release = resolve));
  answer = async function* () {
    await gate;
    yield* say('Done.');
  };
  const client = await replica.connect(userId);
  client.say(agentId, 'think');
  await expect.poll(() => client.all('thinking').length).toBeGreaterThan(2);
  release();
  await client.next('complete');
});

test('sockets of a session that ended are closed within two seconds', async () => {
  const client = await replica.connect(userId);
  await client.history(agentId);
  replica.ended.add(userId);
  const before = Date.now();
  await replica.signals.transaction(systemAuthority, async (tx) =>
    replica.signals.signal(tx, { kind: 'user', userId }),
  );
  expect(await client.closed).toMatchObject({ code: 4401 });
  expect(Date.now() - before).toBeLessThan(2_000);
});

test('without a signal the next frame of an ended session closes the socket, unanswered', async () => {
  const client = await replica.connect(userId);
  replica.ended.add(userId);
  client.say(agentId, 'hello');
  expect(await client.closed).toMatchObject({ code: 4401 });
  expect(client.frames).toEqual([]);
});

test('messages are limited per person over all sockets, other frames per socket', async () => {
  const clients = await Promise.all([replica.connect(userId), replica.connect(userId)]);
  const clientMessageId = randomUUID();
  for (let count = 0; count < 20; count++) {
    for (const client of clients) client.say(agentId, 'again and again', { clientMessageId });
  }
  await expect.poll(() => clients.flatMap((client) => client.all('error')).length).toBe(10);
  expect(clients[0]!.all('error')[0]).toMatchObject({ code: 'rate_limited', clientMessageId, retryable: true });
  for (let count = 0; count < 3_000; count++) clients[0]!.send({ type: 'ping' });
  await clients[0]!.next('error', (error) => error.code === 'rate_limited' && error.clientMessageId === undefined);
  await expect.poll(() => clients[0]!.all('pong').length).toBeGreaterThan(900);
  await sleep(300);
  clients[0]!.send({ type: 'ping' });
  expect(clients[0]!.all('pong').length).toBeLessThan(2_500);
});

test('an agent that is taken away in mid-answer stops answering, on a signal', async () => {
  answer = () => sayForever();
  const client = await replica.connect(userId);
  client.say(agentId, 'go');
  await client.next('chunk');
  replica.outsiders.add(userId);
  await replica.signals.transaction(systemAuthority, async (tx) =>
    replica.signals.signal(tx, { kind: 'agent', agentId }),
  );
  await client.next('complete', undefined, 2_000);
  expect(client.all('error')).toMatchObject([{ code: 'not_found', retryable: false }]);
  await client.next('agents');
});

test('a client too slow to follow is closed to come back, and the answer goes on without it', async () => {
  let produced = 0;
  answer = async function* () {
    for (; produced < 400; produced++) {
      yield { type: 'text-delta', text: 'x'.repeat(60_000) };
      await sleep(5);
    }
    yield { type: 'finish', reason: 'stop' };
  };
  const slow = await replica.connect(userId);
  slow.say(agentId, 'flood');
  await slow.next('chunk');
  slow.socket.pause();
  await expect.poll(() => replica.chat.countSockets(userId)).toBe(0);
  slow.socket.resume();
  expect((await slow.closed).code).toBeOneOf([1013, 1006]);
  await expect.poll(async () => (await runsOf(userId))[0]!.state, { timeout: 30_000 }).toBe('completed');
  expect(produced).toBe(400);
}, 60_000);

test('a huge frame closes its own socket and nothing else', async () => {
  const [huge, other] = [await replica.connect(userId), await replica.connect(userId)];
  huge.sendRaw('x'.repeat(2_000_000));
  expect((await huge.closed).code).toBe(1009);
  other.send({ type: 'ping' });
  await other.next('pong');
});

test('a person has at most twenty sockets', async () => {
  const clients = await Promise.all(Array.from({ length: 21 }, () => replica.connect(userId)));
  const codes = await Promise.race(clients.map((client) => client.closed));
  expect(codes.code).toBe(4429);
  expect(replica.chat.countSockets(userId)).toBe(20);
  await Promise.all(clients.map((client) => client.close()));
  await expect.poll(() => replica.chat.countSockets(userId)).toBe(0);
});

test('status tells open sockets that the runtime came or went', async () => {
  const client = await replica.connect(userId);
  await sleep(200);
  replica.runtime.connected = false;
  expect(await client.next('status')).toEqual({ type: 'status', runtime: { connected: false } });
  replica.runtime.connected = true;
  await client.next('status', (status) => status.runtime.connected);
});

test('titles are the first line, cut at a word', () => {
  expect(titleOf('  Hello\nworld')).toBe('Hello');
  expect(titleOf(' \n ')).toBeNull();
  expect(titleOf('word '.repeat(50))!.length).toBeLessThanOrEqual(60);
  expect(titleOf('😀'.repeat(100))!.isWellFormed()).toBe(true);
});
