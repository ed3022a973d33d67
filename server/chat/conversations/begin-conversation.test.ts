import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectClient, type ChatClient } from '../../../test/chat/chat-client.ts';
import {
  createAdmin,
  createMember,
  createTestApp,
  type TestApp,
  type TestUser,
} from '../../../test/create-test-app.ts';
import { startModelDouble, type ModelDouble } from '../../../testkit/model-double.ts';
import { auditEntries, conversations, messages } from '../../db/schema/index.ts';

let double: ModelDouble;
let app: TestApp;
let admin: TestUser;
let member: TestUser;
let agentId: string;
let address: string;

beforeAll(async () => {
  double = await startModelDouble({ kind: 'ollama-local' });
  double.respond([{ text: 'Hello.' }]);
  app = await createTestApp({ environment: { ALLOW_PRIVATE_URLS: '1' } });
  admin = await createAdmin(app.app);
  await admin.request('POST', '/api/settings/providers', { provider: 'ollama-local', baseUrl: double.url });
  address = (await app.listen()).replace('http', 'ws');
});

afterAll(async () => {
  await app?.close();
  await double?.close();
});

const db = () => app.services.database.db;
const open = (user: TestUser): Promise<ChatClient> => connectClient(`${address}/api/ws`, { cookie: user.cookie });
const created = () => db().select().from(auditEntries).where(eq(auditEntries.eventType, 'conversation.created'));
const stored = () => db().select().from(conversations).where(eq(conversations.agentId, agentId));
const newAgent = async () => {
  agentId = (await admin.request('POST', '/api/agents', { name: 'Clerk', templateId: 'custom' })).body.id;
  member = await createMember(app.app, admin);
};

test('opening an agent stores nothing and records nothing; its first message begins the conversation', async () => {
  await newAgent();
  const before = (await created()).length;
  const [first, second] = [await open(member), await open(member)];
  expect(await first.history(agentId)).toEqual({ type: 'history', agentId, messages: [], hasMore: false });
  await second.history(agentId);
  second.send({ type: 'abort', agentId });
  expect(await second.history(agentId)).toMatchObject({ messages: [] });
  expect(await stored()).toEqual([]);
  expect(await created()).toHaveLength(before);
  first.send({ type: 'history', agentId, before: randomUUID() });
  expect(await first.next('error')).toMatchObject({ code: 'not_found' });

  first.say(agentId, 'Good morning');
  // Who had it open before it began hears the answer.
  await second.next('complete');
  expect(second.text()).toBe('Hello.');
  expect(second.all('error')).toEqual([]);
  expect(await stored()).toMatchObject([{ isDefault: true, userId: member.id, title: 'Good morning' }]);
  expect(await created()).toHaveLength(before + 1);
  await Promise.all([first.close(), second.close()]);
});

test('first messages at the same time begin one conversation, and what is refused begins none', async () => {
  await newAgent();
  const before = (await created()).length;
  const tabs = await Promise.all([1, 2, 3].map(() => open(member)));
  const [refused] = tabs;
  refused!.say(agentId, 'With a file', { attachmentIds: [randomUUID()] });
  expect(await refused!.next('error')).toMatchObject({ code: 'not_found' });
  expect(await stored()).toEqual([]);
  await Promise.all(
    tabs.map((tab, index) => {
      tab.say(agentId, `Message ${index}`);
      return tab.next('ack');
    }),
  );
  expect(await stored()).toHaveLength(1);
  expect(await created()).toHaveLength(before + 1);
  await Promise.all(tabs.map((tab) => tab.close()));
});

test('a further conversation begins under the id that its first message gives it, once however often it is sent', async () => {
  await newAgent();
  const [first, second] = [await open(member), await open(member)];
  const chatId = randomUUID();
  first.say(agentId, 'Too early', { chatId });
  expect(await first.next('error')).toMatchObject({ code: 'not_found', chatId });
  const clientMessageId = randomUUID();
  const frame = { type: 'message', agentId, chatId, content: 'Once', clientMessageId, begins: true };
  for (const tab of [first, second, first]) tab.send(frame);
  await second.next('ack');
  await expect.poll(() => first.all('ack').length).toBe(2);
  // Whoever came second may have come after the answer.
  await expect.poll(() => first.all('complete').length + second.all('complete').length).toBeGreaterThan(0);
  expect(await stored()).toMatchObject([{ id: chatId, isDefault: false, title: 'Once' }]);
  expect(await db().select().from(messages).where(eq(messages.conversationId, chatId))).toHaveLength(2);
  expect(first.all('error')).toHaveLength(1);
  await Promise.all([first.close(), second.close()]);
});

test('nobody begins a conversation under an id that is somebody else’s, or may become it', async () => {
  await newAgent();
  const victim = await open(member);
  victim.say(agentId, 'Mine');
  await victim.next('complete');
  const [theirs] = await stored();
  const other = await createMember(app.app, admin);
  const thief = await open(other);
  const begin = (chatId: string) => thief.say(agentId, 'Mine now', { chatId, begins: true });
  const own = randomUUID();
  victim.say(agentId, 'A second one', { chatId: own, begins: true });
  await victim.next('complete', (frame) => frame.chatId === own);
  for (const chatId of [theirs!.id, own, '00000000-0000-8000-8000-00000000a9e7']) {
    begin(chatId);
    expect(await thief.next('error', (frame) => frame.chatId === chatId)).toMatchObject({ code: 'not_found' });
  }
  expect(await stored()).toHaveLength(2);
  expect((await stored()).every(({ userId }) => userId === member.id)).toBe(true);
  await Promise.all([victim.close(), thief.close()]);
});
