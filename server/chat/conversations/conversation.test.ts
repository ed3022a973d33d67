import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ChatApp, createChatApp } from '../../../test/chat/chat-app.ts';
import type { ChatClient } from '../../../test/chat/chat-client.ts';
import { createMember, type TestUser } from '../../../test/create-test-app.ts';
import type { ModelDouble } from '../../../testkit/model-double.ts';
import { auditEntries, conversations, messages, runs } from '../../db/schema/index.ts';

let double: ModelDouble;
let app: ChatApp;
let admin: TestUser;
let member: TestUser;
let agentId: string;

beforeAll(async () => {
  app = await createChatApp({ environment: { ALLOW_PRIVATE_URLS: '1' } });
  ({ double, admin, member, agentId } = app);
});
afterAll(async () => {
  await app?.close();
});

const db = () => app.services.database.db;
const chats = (suffix = '') => `/api/agents/${agentId}/chats${suffix}`;
const open = (user: TestUser) => app.open(user);

async function sayIn(client: ChatClient, chatId: string | undefined, text: string, reply: string): Promise<void> {
  double.respondNext([{ text: reply }]);
  const before = client.all('complete').length;
  client.say(agentId, text, chatId === undefined ? {} : { chatId });
  await expect.poll(() => client.all('complete').length).toBe(before + 1);
}

test('conversations are made, named by their first message, listed newest first, renamed and searched', async () => {
  const created = await member.request('POST', chats(), {});
  expect(created.status).toBe(201);
  expect(created.body).toMatchObject({ agentId, title: null, isDefault: false, lastMessageAt: null });
  const client = await open(member);
  await sayIn(client, undefined, 'The default one', 'Fine.');
  await sayIn(client, created.body.id, 'Budget for\nMarch', 'It is 100 % spent_well.');
  expect(client.all('ack')[1]).toMatchObject({ agentId, chatId: created.body.id });
  expect(client.all('ack')[0]).not.toHaveProperty('chatId');

  const list = await member.request('GET', chats());
  expect(list.body).toMatchObject([
    { id: created.body.id, title: 'Budget for', isDefault: false },
    { title: 'The default one', isDefault: true },
  ]);
  const renamed = await member.request('PATCH', chats(`/${created.body.id}`), { title: '  Spending  ' });
  expect(renamed.body).toMatchObject({ title: 'Spending' });
  const find = async (q: string) => (await member.request('GET', chats(`?q=${encodeURIComponent(q)}`))).body;
  expect(await find('100 % SPENT_')).toMatchObject([{ id: created.body.id, match: 'It is 100 % spent_well.' }]);
  expect(await find('spending')).toMatchObject([{ id: created.body.id, match: 'Spending' }]);
  expect(await find('%')).toHaveLength(1);
  expect(await find('\\')).toEqual([]);
  expect(await find('nothing like it')).toEqual([]);
  await client.close();
});

test('a conversation is its own person’s: others, also admins, get 404, with nothing changed or recorded', async () => {
  const created = await member.request('POST', chats(), { title: 'Private' });
  const path = chats(`/${created.body.id}`);
  const before = await db().select().from(auditEntries);
  expect((await admin.request('PATCH', path, { title: 'Mine' })).status).toBe(404);
  expect((await admin.request('DELETE', path)).status).toBe(404);
  expect((await admin.request('GET', `${path}/export`)).status).toBe(404);
  expect((await admin.request('GET', chats('?q=Private'))).body).toEqual([]);
  const other = await admin.request('POST', '/api/agents', { name: 'Other', templateId: 'custom' });
  expect((await member.request('DELETE', `/api/agents/${other.body.id}/chats/${created.body.id}`)).status).toBe(404);
  expect((await member.request('GET', `/api/agents/${randomUUID()}/chats`)).status).toBe(404);
  const [row] = await db().select().from(conversations).where(eq(conversations.id, created.body.id));
  expect(row).toMatchObject({ title: 'Private' });
  const after = await db().select().from(auditEntries);
  expect(after.length - before.length).toBe(1);
  expect(after.at(-1)).toMatchObject({ eventType: 'agent.created' });
});

test('an export holds what was said, as Markdown or JSON, and is recorded without it', async () => {
  const created = await member.request('POST', chats(), { title: 'Überschrift "x"\r\n# y' });
  const client = await open(member);
  await sayIn(client, created.body.id, 'What is **this**?', 'A *test*.');
  const markdown = await member.request('GET', chats(`/${created.body.id}/export`));
  expect(markdown.headers['content-type']).toBe('text/markdown; charset=utf-8');
  expect(markdown.headers['content-disposition']).toMatch(/^attachment; filename="uberschrift-x-y-[\d-]+\.md"$/);
  expect(markdown.text).toContain('# Überschrift "x" # y\n');
  expect(markdown.text).toMatch(/## You, .*\n\nWhat is \*\*this\*\*\?\n\n## Clerk, .*\n\nA \*test\*\.\n/);
  const url = chats(`/${created.body.id}/export?format=json`);
  const json = await app.app.inject({ method: 'GET', url, headers: { cookie: member.cookie } });
  expect(json.json().messages).toMatchObject([{ role: 'user' }, { role: 'assistant', content: 'A *test*.' }]);
  const audit = await db().select().from(auditEntries).where(eq(auditEntries.eventType, 'conversation.exported'));
  expect(audit.map((entry) => entry.detail)).toMatchObject([{ format: 'md' }, { format: 'json' }]);
  const details = await db().select({ detail: auditEntries.detail }).from(auditEntries);
  expect(JSON.stringify(details)).not.toMatch(/Überschrift|What is/);
  await client.close();
});

test('deleting a conversation stops its answer, takes everything with it and tells open tabs', async () => {
  const created = await member.request('POST', chats(), {});
  const chatId = created.body.id;
  double.respondNext([{ text: 'Slow ' }, { hang: true }]);
  const [client, tab] = [await open(member), await open(member)];
  client.say(agentId, 'go', { chatId });
  await client.next('chunk');
  expect((await member.request('DELETE', chats(`/${chatId}`))).body).toEqual({ success: true });
  await client.next('complete');
  expect(client.all('error')).toEqual([]);
  await tab.next('changed', (frame) => frame.chatId === chatId && frame.change === 'deleted');
  client.send({ type: 'history', agentId, chatId });
  expect(await client.next('error')).toMatchObject({ code: 'not_found', chatId });
  await expect.poll(() => double.disconnects.length).toBeGreaterThan(0);
  for (const table of [messages, runs]) {
    expect(await db().select().from(table).where(eq(table.conversationId, chatId))).toEqual([]);
  }
  const [entry] = await db()
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.resource, `conversation:${chatId}`))
    .orderBy(auditEntries.id)
    .offset(1);
  expect(entry).toMatchObject({ eventType: 'conversation.deleted', detail: { agentId } });
  await Promise.all([client.close(), tab.close()]);
});

test('a deactivated person loses open sockets within two seconds, and the upgrade answers 401', async () => {
  const leaver = await createMember(app.app, admin);
  const client = await open(leaver);
  await client.history(agentId);
  const before = Date.now();
  expect((await admin.request('DELETE', `/api/users/${leaver.id}`)).status).toBe(200);
  expect(await client.closed).toMatchObject({ code: 4401 });
  expect(Date.now() - before).toBeLessThan(2_000);
  await expect(open(leaver)).rejects.toThrow('401');
});

test('signing out closes the sockets of that session only', async () => {
  const other = await createMember(app.app, admin);
  const again = await app.app.inject({
    method: 'POST',
    url: '/api/auth/sign-in/email',
    payload: { email: other.email, password: other.password },
  });
  const cookie = String([again.headers['set-cookie']].flat()[0]).split(';')[0]!;
  const [first, second] = [await open(other), await app.open(other, cookie)];
  await other.request('POST', '/api/auth/sign-out');
  expect(await first.closed).toMatchObject({ code: 4401 });
  second.send({ type: 'ping' });
  await second.next('pong');
  await second.close();
});

test('what a tool answered is shown to whoever asked, and to nobody else', async () => {
  const reader = (await admin.request('POST', '/api/agents', { name: 'Reader', templateId: 'custom' })).body;
  mkdirSync(join(app.dataRoot, 'hr'), { recursive: true });
  writeFileSync(join(app.dataRoot, 'hr', 'leave.md'), 'Twenty-seven days of paid leave.');
  const granted = { allowedTools: ['pinchy_read'], pluginConfig: { allowed_paths: ['/data/hr'] } };
  expect((await admin.request('PATCH', `/api/agents/${reader.id}`, granted)).status).toBe(200);
  double.respondNext([{ toolCall: { name: 'pinchy_read', input: { path: '/data/hr/leave.md' } } }]);
  double.respondNext([{ text: 'Twenty-seven.' }]);
  const client = await open(member);
  client.say(reader.id, 'How many days?');
  await client.next('complete');
  const asked = await db().select().from(messages).where(eq(messages.content, ''));
  const { id: messageId, toolCalls } = asked.find((message) => message.toolCalls.length > 0)!;
  const at = (message: string, call: string) =>
    `/api/agents/${reader.id}/messages/${message}/tool-calls/${encodeURIComponent(call)}`;
  const { toolCallId } = toolCalls[0]!;

  const own = await member.request('GET', at(messageId, toolCallId));
  expect(own.status).toBe(200);
  expect(own.body.output).toContain('Twenty-seven days of paid leave.');
  expect((await admin.request('GET', at(messageId, toolCallId))).status).toBe(404);
  expect((await member.request('GET', at(messageId, 'another'))).status).toBe(404);
  expect((await member.request('GET', at(randomUUID(), toolCallId))).status).toBe(404);
  expect((await admin.request('DELETE', `/api/agents/${reader.id}`)).status).toBe(200);
  expect((await member.request('GET', at(messageId, toolCallId))).status).toBe(404);
  await client.close();
});

test('an export as JSON holds all branches and says which is shown, one as Markdown what is shown', async () => {
  const created = await member.request('POST', chats(), {});
  const chatId = created.body.id as string;
  const client = await open(member);
  await sayIn(client, chatId, 'First words', 'First answer.');
  double.respondNext([{ text: 'Second answer.' }]);
  const [said] = (await client.history(agentId, { chatId })).messages;
  const frame = { type: 'edit', agentId, chatId, messageId: said!.id, clientMessageId: randomUUID() };
  client.send({ ...frame, content: 'Other words' });
  await expect.poll(() => client.all('complete').length).toBe(2);
  const url = chats(`/${chatId}/export?format=json`);
  const json = await app.app.inject({ method: 'GET', url, headers: { cookie: member.cookie } });
  expect(json.json().messages).toMatchObject([
    { content: 'First words', hidden: true, branches: { number: 1, count: 2 } },
    { content: 'First answer.', hidden: true },
    { content: 'Other words', branches: { number: 2, count: 2, previous: said!.id } },
    { content: 'Second answer.' },
  ]);
  expect(json.json().messages[3]).not.toHaveProperty('hidden');
  const { text } = await member.request('GET', chats(`/${chatId}/export`));
  expect(text).toContain('*Version 2 of 2; the others are in the JSON export.*\n\nOther words');
  expect(text).not.toContain('First answer.');
  await client.close();
});
