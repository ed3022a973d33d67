import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ChatApp, createChatApp } from '../../../test/chat/chat-app.ts';
import type { ChatClient } from '../../../test/chat/chat-client.ts';
import { createMember, type TestUser } from '../../../test/create-test-app.ts';
import { auditRows, query } from '../../../test/test-database.ts';
import type { ModelDouble } from '../../../testkit/model-double.ts';

// Real: server, sockets, PostgreSQL, files. Doubled: the model.

let double: ModelDouble;
let app: ChatApp;
let admin: TestUser;
let member: TestUser;
let agentId: string;

beforeAll(async () => {
  app = await createChatApp();
  ({ double, admin, member, agentId } = app);
});
afterAll(async () => {
  await app?.close();
});

const chats = (suffix = '') => `/api/agents/${agentId}/chats${suffix}`;
const open = (user: TestUser) => app.open(user);
const rows = (table: 'conversations' | 'uploads', id: string) =>
  query(app.databaseUrl, `select * from ${table} where id = $1`, [id]);

async function upload(): Promise<string> {
  const payload = '--b\r\nContent-Disposition: form-data; name="file"; filename="plan.txt"\r\n\r\nsecret\r\n--b--\r\n';
  const headers = { cookie: member.cookie, 'content-type': 'multipart/form-data; boundary=b' };
  const url = `/api/agents/${agentId}/uploads`;
  return (await app.app.inject({ method: 'POST', url, headers, payload })).json().id;
}
const files = () => readdirSync(join(app.home, 'workspaces', agentId), { recursive: true }).map(String);

async function begin(content = 'A secret question'): Promise<{ client: ChatClient; chatId: string; file: string }> {
  const client = await open(member);
  const [chatId, file] = [randomUUID(), await upload()];
  client.say(agentId, content, { chatId, begins: true, temporary: true, attachmentIds: [file] });
  await client.next('complete', (frame) => frame.chatId === chatId);
  return { client, chatId, file };
}

test('a temporary conversation answers as any other, and is in no list, search or other tab', async () => {
  const tab = await open(member);
  double.respondNext([{ text: 'A secret answer' }]);
  const { client, chatId } = await begin();
  expect((await client.history(agentId, { chatId })).messages).toMatchObject([
    { content: 'A secret question', attachments: [{ filename: 'plan.txt' }] },
    { content: 'A secret answer' },
  ]);
  client.say(agentId, 'And further', { chatId, temporary: true });
  await expect.poll(() => client.all('complete').length).toBe(2);
  for (const path of [chats(), chats('?archived=true'), chats('?q=secret')]) {
    expect([path, (await member.request('GET', path)).body]).toEqual([path, []]);
  }
  expect((await member.request('GET', '/api/conversations/search?q=secret')).body.conversations).toEqual([]);
  expect(tab.frames.filter((frame) => 'chatId' in frame && frame.chatId === chatId)).toEqual([]);
  for (const body of [{ pinned: true }, { archived: true }, { title: 'Kept' }]) {
    expect((await member.request('PATCH', chats(`/${chatId}`), body)).status).toBe(409);
  }
  await Promise.all([client.close(), tab.close()]);
});

test('leaving it removes texts and files at once; the trail and the figures keep counts', async () => {
  const { client, chatId, file } = await begin();
  expect(files().some((name) => name.includes(file))).toBe(true);
  expect((await member.request('DELETE', chats(`/${chatId}`))).status).toBe(200);
  expect(await rows('conversations', chatId)).toEqual([]);
  expect(await rows('uploads', file)).toEqual([]);
  expect(files().some((name) => name.includes(file))).toBe(false);
  const said = await query(app.databaseUrl, 'select * from messages where conversation_id = $1', [chatId]);
  expect(said).toEqual([]);
  client.send({ type: 'history', agentId, chatId });
  expect(await client.next('error')).toMatchObject({ code: 'not_found' });
  const trail = (await auditRows(app.databaseUrl)).filter(
    ({ resource, detail }) => resource === `conversation:${chatId}` || JSON.stringify(detail).includes(chatId),
  );
  expect(trail.map(({ event_type }) => event_type)).toEqual([
    'conversation.created',
    'run.completed',
    'conversation.deleted',
  ]);
  expect(trail[0]).toMatchObject({ detail: { temporary: true } });
  expect(JSON.stringify(await auditRows(app.databaseUrl))).not.toContain('secret');
  const used = await query(app.databaseUrl, 'select * from usage_records where conversation_id = $1', [chatId]);
  expect(used).toHaveLength(1);
  await client.close();
});

test('one that nobody left is removed a day after its last message, by one replica or by several', async () => {
  const old = await begin();
  const recent = await begin();
  const kept = (await member.request('POST', chats(), { title: 'Kept' })).body.id;
  const empty = await member.request('POST', chats(), { temporary: true });
  expect(empty.body).toMatchObject({ temporary: true });
  const age = (ids: string[], hours: number) =>
    query(
      app.databaseUrl,
      `update conversations set last_message_at = now() - $2 * interval '1 hour', created_at = now() - interval '40 days'
       where id = any($1)`,
      [ids, hours],
    );
  await age([old.chatId, kept], 24.1);
  await age([recent.chatId], 23.9);
  await query(app.databaseUrl, `update conversations set created_at = now() - interval '25 hours' where id = $1`, [
    empty.body.id,
  ]);
  const { signal } = new AbortController();
  await Promise.all([app.services.sweepTemporary(signal), app.services.sweepTemporary(signal)]);
  expect(await rows('conversations', old.chatId)).toEqual([]);
  expect(await rows('conversations', empty.body.id)).toEqual([]);
  expect(await rows('uploads', old.file)).toEqual([]);
  expect(files().some((name) => name.includes(old.file))).toBe(false);
  expect(await rows('conversations', recent.chatId)).toHaveLength(1);
  expect(await rows('conversations', kept)).toHaveLength(1);
  const deleted = (await auditRows(app.databaseUrl)).filter(
    ({ event_type, resource }) => event_type === 'conversation.deleted' && resource === `conversation:${old.chatId}`,
  );
  expect(deleted).toMatchObject([{ actor_type: 'system', detail: { agentId } }]);
  await Promise.all([old.client.close(), recent.client.close()]);
});

test('what is meant to be temporary is never said where it would be kept', async () => {
  const client = await open(member);
  const kept = (await member.request('POST', chats(), { title: 'Kept' })).body.id;
  const before = await query(app.databaseUrl, 'select count(*) from messages');
  for (const more of [{}, { chatId: kept }, { chatId: kept, begins: true }, { chatId: randomUUID() }]) {
    const clientMessageId = client.say(agentId, 'Only for now', { ...more, temporary: true });
    const refused = await client.next('error', (frame) => frame.clientMessageId === clientMessageId);
    expect(refused).toMatchObject({ code: 'not_found' });
  }
  expect(await query(app.databaseUrl, 'select count(*) from messages')).toEqual(before);
  await client.close();
});

test('somebody else’s is as any that is not there; one whose agent was taken away can still be left', async () => {
  const { client, chatId } = await begin();
  const other = await createMember(app.app, admin);
  for (const who of [other, admin]) {
    expect((await who.request('DELETE', chats(`/${chatId}`))).status).toBe(404);
    expect((await who.request('GET', chats(`/${chatId}/export`))).status).toBe(404);
  }
  const stranger = await open(other);
  stranger.say(agentId, 'Mine now', { chatId, begins: true, temporary: true });
  expect(await stranger.next('error')).toMatchObject({ code: 'not_found' });
  await query(app.databaseUrl, `update agents set visibility = 'restricted' where id = $1`, [agentId]);
  expect((await member.request('GET', chats())).status).toBe(404);
  expect((await member.request('DELETE', chats(`/${chatId}`))).status).toBe(200);
  expect(await rows('conversations', chatId)).toEqual([]);
  await query(app.databaseUrl, `update agents set visibility = 'all' where id = $1`, [agentId]);
  await Promise.all([client.close(), stranger.close()]);
});

test('it can be left over the socket, which leaves what is kept alone', async () => {
  const { client, chatId, file } = await begin();
  client.send({ type: 'leave', agentId, chatId });
  await client.next('changed', (frame) => frame.chatId === chatId && frame.change === 'deleted');
  expect(await rows('conversations', chatId)).toEqual([]);
  await expect.poll(() => files().some((name) => name.includes(file))).toBe(false);
  client.send({ type: 'leave', agentId, chatId });
  expect(await client.next('error')).toMatchObject({ code: 'not_found', chatId });
  const kept = (await member.request('POST', chats(), { title: 'Kept' })).body.id;
  client.send({ type: 'leave', agentId, chatId: kept });
  await client.next('error', (frame) => frame.chatId === kept && frame.code === 'not_found');
  const { chatId: theirs, client: other } = await begin();
  const stranger = await open(await createMember(app.app, admin));
  stranger.send({ type: 'leave', agentId, chatId: theirs });
  stranger.send({ type: 'ping' });
  await stranger.next('pong');
  expect(await rows('conversations', theirs)).toHaveLength(1);
  expect(await rows('conversations', kept)).toHaveLength(1);
  await Promise.all([client.close(), other.close(), stranger.close()]);
});

test('leaving while it is being answered stops the answer', async () => {
  const client = await open(member);
  const chatId = randomUUID();
  double.respondNext([{ text: 'Slow ' }, { hang: true }]);
  client.say(agentId, 'Go', { chatId, begins: true, temporary: true });
  await client.next('chunk');
  const gone = double.disconnects.length;
  expect((await member.request('DELETE', chats(`/${chatId}`))).status).toBe(200);
  await client.next('complete');
  await expect.poll(() => double.disconnects.length).toBe(gone + 1);
  expect(await rows('conversations', chatId)).toEqual([]);
  await client.close();
});
