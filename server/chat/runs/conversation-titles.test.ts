import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connectClient, type ChatClient } from '../../../test/chat/chat-client.ts';
import { createPersonAndAgent, startChatReplica } from '../../../test/chat/chat-replica.ts';
import {
  createAdmin,
  createMember,
  createTestApp,
  createTestDatabase,
  type TestApp,
  type TestUser,
} from '../../../test/create-test-app.ts';
import { auditRows, query } from '../../../test/test-database.ts';
import { startModelDouble, type ModelDouble } from '../../../testkit/model-double.ts';

// Real: server, sockets, PostgreSQL. Doubled: the model.

let double: ModelDouble;
let app: TestApp;
let admin: TestUser;
let member: TestUser;
let client: ChatClient;
let agentId: string;

beforeAll(async () => {
  double = await startModelDouble({ kind: 'anthropic' });
  app = await createTestApp({ environment: { ANTHROPIC_BASE_URL: double.url } });
  admin = await createAdmin(app.app);
  await admin.request('POST', '/api/settings/providers', { provider: 'anthropic', apiKey: 'sk-of-the-double' });
  agentId = (await admin.request('POST', '/api/agents', { name: 'Clerk', templateId: 'custom' })).body.id;
  member = await createMember(app.app, admin);
  client = await connectClient(`${(await app.listen()).replace('http', 'ws')}/api/ws`, { cookie: member.cookie });
});
afterAll(async () => {
  await client?.close();
  await app?.close();
  await double?.close();
});
beforeEach(() => {
  double.respond([{ text: 'The budget is 4,200 €.' }]);
  double.respondToTitles([{ text: 'Budget for March' }, { usage: { input: 60, output: 4 } }]);
  double.titleRequests.length = 0;
});

const chats = (suffix = '') => `/api/agents/${agentId}/chats${suffix}`;
const find = async (chatId: string) =>
  (await member.request('GET', chats())).body.find(({ id }: { id: string }) => id === chatId);
const usageOf = (chatId: string) =>
  query<{ source: string; output_tokens: string; user_id: string }>(
    app.databaseUrl,
    'select * from usage_records where conversation_id = $1 order by id',
    [chatId],
  );

async function say(content: string, chatId: string = randomUUID(), more = { begins: true }): Promise<string> {
  const before = client.all('complete').length;
  client.say(agentId, content, { chatId, ...more });
  await expect.poll(() => client.all('complete').length).toBe(before + 1);
  return chatId;
}

test('after the first answer the model names the conversation, once, counted as the system’s use', async () => {
  const chatId = await say('How much may we spend in March?\nIt is urgent.');
  await client.next('changed', (frame) => frame.chatId === chatId && frame.change === 'renamed');
  expect(await find(chatId)).toMatchObject({ title: 'Budget for March', titledBy: 'model' });
  expect(double.titleRequests).toHaveLength(1);
  const [asked] = double.titleRequests;
  expect(asked!.chat!.tools).toEqual([]);
  expect(asked!.chat!.messages.at(-1)!.text).toContain('How much may we spend in March?');
  expect(asked!.chat!.messages.at(-1)!.text).toContain('4,200 €');
  expect(await usageOf(chatId)).toMatchObject([
    { source: 'chat' },
    { source: 'system', output_tokens: '4', user_id: member.id },
  ]);
  const titled = (await auditRows(app.databaseUrl)).filter(({ event_type }) => event_type === 'conversation.titled');
  expect(titled.at(-1)).toMatchObject({
    actor_type: 'system',
    resource: `conversation:${chatId}`,
    detail: { agentId },
  });
  expect(JSON.stringify(titled)).not.toContain('Budget');
  await say('And in April?', chatId);
  expect(double.titleRequests).toHaveLength(1);
});

test('a title that a person gave stays, before and while the model is asked', async () => {
  const named = (await member.request('POST', chats(), { title: 'Mine' })).body.id;
  await say('Hello', named);
  const { promise: mayAnswer, resolve: answer } = Promise.withResolvers<void>();
  double.respondToTitles(async () => {
    await mayAnswer;
    return [{ text: 'The model’s' }, { usage: { input: 60, output: 4 } }];
  });
  const chatId = await say('Hello');
  await expect.poll(() => double.titleRequests.length).toBe(1);
  expect((await member.request('PATCH', chats(`/${chatId}`), { title: 'Mine too' })).status).toBe(200);
  answer();
  // What it cost is counted all the same, and with that it is over.
  await expect.poll(async () => (await usageOf(chatId)).length).toBe(2);
  expect(await find(chatId)).toMatchObject({ title: 'Mine too', titledBy: 'person' });
  expect(await find(named)).toMatchObject({ title: 'Mine', titledBy: 'person' });
  expect(double.titleRequests).toHaveLength(1);
});

test('the same words said by a person make a title theirs', async () => {
  double.respondToTitles([{ error: 'server' }]);
  const chatId = await say('Hello');
  await expect.poll(() => double.titleRequests.length).toBe(1);
  await member.request('PATCH', chats(`/${chatId}`), { title: 'Hello' });
  expect(await find(chatId)).toMatchObject({ title: 'Hello', titledBy: 'person' });
});

test.each([
  ['fails', [{ error: 'server' as const }]],
  ['is refused', [{ error: 'quota' as const }]],
  ['is cut off', [{ text: 'Half a ti' }, { finish: 'length' as const }]],
  ['writes an essay', [{ text: 'x'.repeat(500) }]],
  ['writes nothing', [{ text: ' ' }]],
])('where the model %s, the first words stay', async (_what, script) => {
  double.respondToTitles(script);
  const chatId = await say('Where are the walruses?');
  await expect.poll(() => double.titleRequests.length).toBe(1);
  await say('And now?', chatId);
  expect(await find(chatId)).toMatchObject({ title: 'Where are the walruses?', titledBy: 'words' });
  expect(double.titleRequests).toHaveLength(1);
});

test('an admin switches it off and on, and a temporary conversation gets none', async () => {
  const other = await createMember(app.app, admin);
  expect((await other.request('PUT', '/api/settings/conversations', { modelTitles: false })).status).toBe(403);
  expect((await admin.request('GET', '/api/settings/conversations')).body).toEqual({ modelTitles: true });
  const off = await admin.request('PUT', '/api/settings/conversations', { modelTitles: false });
  expect(off.body).toEqual({ modelTitles: false });
  const before = (await auditRows(app.databaseUrl)).filter(({ event_type }) => event_type.startsWith('settings.'));
  expect(before.at(-1)).toMatchObject({
    event_type: 'settings.conversations_updated',
    detail: { changes: { modelTitles: { from: true, to: false } } },
  });
  expect((await admin.request('POST', '/api/settings', { key: 'conversations', value: '{}' })).status).toBe(400);
  const silent = await say('Not named');
  await admin.request('PUT', '/api/settings/conversations', { modelTitles: true });
  await say('Temporary', randomUUID(), { begins: true, temporary: true } as never);
  const last = await say('Named');
  await expect.poll(async () => (await find(last)).titledBy).toBe('model');
  expect(double.titleRequests).toHaveLength(1);
  expect(await find(silent)).toMatchObject({ title: 'Not named', titledBy: 'words' });
});

test('no answer waits for a title', async () => {
  double.respondToTitles([{ hang: true }]);
  const chatId = await say('First');
  await expect.poll(() => double.titleRequests.length).toBe(1);
  await say('Second', chatId);
  await say('Elsewhere');
  expect(await find(chatId)).toMatchObject({ title: 'First' });
});

test('without a provider the first words stay, and nothing is asked', async () => {
  const fresh = await createTestApp();
  try {
    const owner = await createAdmin(fresh.app);
    const agents = (await owner.request('GET', '/api/agents')).body as { id: string }[];
    const socket = await connectClient(`${(await fresh.listen()).replace('http', 'ws')}/api/ws`, {
      cookie: owner.cookie,
    });
    socket.say(agents[0]!.id, 'Is anybody there?');
    await socket.next('complete');
    const list = await owner.request('GET', `/api/agents/${agents[0]!.id}/chats`);
    expect(list.body).toMatchObject([{ title: 'Is anybody there?', titledBy: 'words' }]);
    await socket.close();
  } finally {
    await fresh.close();
  }
});

describe('with several replicas', () => {
  test('each conversation is named once', async () => {
    const database = await createTestDatabase();
    const asked: string[] = [];
    const writeTitle = async ({ question }: { question: string }) => {
      asked.push(question);
      return {
        text: `About ${question}`,
        usage: { inputTokens: 1, outputTokens: 1, cacheReadTokens: 0, cacheWriteTokens: 0 },
      };
    };
    const replicas = [
      await startChatReplica({ databaseUrl: database.url, writeTitle }),
      await startChatReplica({ databaseUrl: database.url, writeTitle }),
    ];
    const person = await createPersonAndAgent(replicas[0]!.database);
    const [here, there] = await Promise.all(replicas.map((replica) => replica.connect(person.userId)));
    const chatId = randomUUID();
    here!.say(person.agentId, 'one', { chatId, begins: true });
    await here!.next('complete');
    there!.say(person.agentId, 'two', { chatId });
    await there!.next('complete');
    const title = async () =>
      (await query<{ title: string }>(database.url, 'select title from conversations where id = $1', [chatId]))[0]!
        .title;
    await expect.poll(title).toBe('About one');
    expect(asked).toEqual(['one']);
    for (const replica of replicas) await replica.stop();
    await database.drop();
  });
});
