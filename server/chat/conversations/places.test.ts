import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ChatApp, createChatApp } from '../../../test/chat/chat-app.ts';
import { createMember, type TestUser } from '../../../test/create-test-app.ts';
import { auditRows, query } from '../../../test/test-database.ts';

// Real: server, sockets, PostgreSQL. Doubled: the model.

let app: ChatApp;
let admin: TestUser;
let member: TestUser;
let agentId: string;

beforeAll(async () => {
  app = await createChatApp();
  ({ admin, member, agentId } = app);
});
afterAll(async () => {
  await app?.close();
});

const chats = (suffix = '') => `/api/agents/${agentId}/chats${suffix}`;
const open = (user: TestUser) => app.open(user);
const titles = async (suffix = '', who = member) =>
  (await who.request('GET', chats(suffix))).body.map(({ title }: { title: string }) => title);
const trail = async (eventType: string) =>
  (await auditRows(app.databaseUrl)).filter((row) => row.event_type === eventType);

async function begin(...names: string[]): Promise<string[]> {
  member = await createMember(app.app, admin);
  const ids: string[] = [];
  for (const title of names) ids.push((await member.request('POST', chats(), { title })).body.id);
  return ids;
}

test('pinned conversations come first, and pinning is the trail’s and other tabs’ to know', async () => {
  const [oldest] = await begin('Oldest', 'Middle', 'Newest');
  const tab = await open(member);
  const before = (await trail('conversation.updated')).length;
  const pinned = await member.request('PATCH', chats(`/${oldest}`), { pinned: true });
  expect(pinned.body).toMatchObject({ title: 'Oldest', pinned: true, archived: false });
  expect(await titles()).toEqual(['Oldest', 'Newest', 'Middle']);
  expect(await tab.next('changed')).toMatchObject({ chatId: oldest, change: 'updated' });
  expect((await member.request('PATCH', chats(`/${oldest}`), { pinned: true })).status).toBe(200);
  const entries = await trail('conversation.updated');
  expect(entries).toHaveLength(before + 1);
  expect(entries.at(-1)).toMatchObject({ detail: { agentId, changes: { pinned: { from: false, to: true } } } });
  await member.request('PATCH', chats(`/${oldest}`), { pinned: false });
  expect(await titles()).toEqual(['Newest', 'Middle', 'Oldest']);
  await tab.close();
});

test('an archived conversation is out of the list, found by searching, and comes back when asked or spoken in', async () => {
  const [chatId] = await begin('Walrus facts', 'Pelican facts');
  await member.request('PATCH', chats(`/${chatId}`), { pinned: true });
  const archived = await member.request('PATCH', chats(`/${chatId}`), { archived: true });
  expect(archived.body).toMatchObject({ archived: true, pinned: false });
  expect(await titles()).toEqual(['Pelican facts']);
  expect(await titles('?archived=true')).toEqual(['Walrus facts']);
  expect(await titles('?q=facts')).toEqual(expect.arrayContaining(['Walrus facts', 'Pelican facts']));
  const { conversations } = (await member.request('GET', '/api/conversations/search?q=walrus')).body;
  expect(conversations).toMatchObject([{ id: chatId, archived: true }]);

  expect((await member.request('PATCH', chats(`/${chatId}`), { archived: false })).body).toMatchObject({
    archived: false,
  });
  expect(await titles('?archived=true')).toEqual([]);
  await member.request('PATCH', chats(`/${chatId}`), { archived: true });
  const client = await open(member);
  client.say(agentId, 'Once more', { chatId });
  await client.next('complete');
  expect(await titles()).toEqual(['Walrus facts', 'Pelican facts']);
  await client.close();
});

test('several are pinned, archived, exported and deleted at once, each in the trail', async () => {
  const [one, two, three] = await begin('One', 'Two', 'Three');
  const chosen = { chatIds: [one, two] };
  const archived = await member.request('PATCH', chats(), { ...chosen, archived: true });
  expect(archived.body.conversations).toMatchObject([{ archived: true }, { archived: true }]);
  expect(await titles()).toEqual(['Three']);
  expect((await member.request('PATCH', chats(), { ...chosen, archived: false })).status).toBe(200);
  expect(await titles()).toHaveLength(3);

  const exported = await member.request('GET', chats(`/export?chatIds=${two},${one}`));
  expect(exported.headers['content-disposition']).toMatch(/^attachment; filename="conversations-[\d-]+\.md"$/);
  expect(exported.text).toMatch(/^# Two\n[^]*\n---\n\n# One\n/);
  const url = chats(`/export?format=json&chatIds=${one},${three}`);
  const json = await app.app.inject({ method: 'GET', url, headers: { cookie: member.cookie } });
  expect(json.json()).toMatchObject([
    { id: one, messages: [] },
    { id: three, title: 'Three' },
  ]);

  const before = (await trail('conversation.deleted')).length;
  expect((await member.request('DELETE', chats(), chosen)).body).toEqual({ success: true });
  expect(await titles()).toEqual(['Three']);
  const deleted = (await trail('conversation.deleted')).slice(before);
  expect(deleted.map(({ resource }) => resource).sort()).toEqual([`conversation:${one}`, `conversation:${two}`].sort());
});

test('one that is not the person’s own makes the whole of it fail, and nothing changes', async () => {
  const [theirs] = await begin('Private');
  const owner = member;
  const [own] = await begin('Own');
  const other = (await admin.request('POST', '/api/agents', { name: 'Other', templateId: 'custom' })).body.id;
  const elsewhere = (await member.request('POST', `/api/agents/${other}/chats`, { title: 'Elsewhere' })).body.id;
  const before = await query(app.databaseUrl, 'select * from conversations order by id');
  for (const foreign of [theirs!, elsewhere, randomUUID()]) {
    const chatIds = [own, foreign];
    expect((await member.request('PATCH', chats(), { chatIds, archived: true })).status).toBe(404);
    expect((await member.request('DELETE', chats(), { chatIds })).status).toBe(404);
    expect((await member.request('GET', chats(`/export?chatIds=${chatIds.join()}`))).status).toBe(404);
    expect((await member.request('PATCH', chats(`/${foreign}`), { pinned: true })).status).toBe(404);
    expect((await admin.request('PATCH', chats(), { chatIds: [theirs], archived: true })).status).toBe(404);
  }
  expect(await query(app.databaseUrl, 'select * from conversations order by id')).toEqual(before);
  expect(await titles('', owner)).toEqual(['Private']);
});

test('what makes no sense is refused in words', async () => {
  const [chatId] = await begin('One');
  const many = Array.from({ length: 101 }, () => randomUUID());
  for (const [method, path, body] of [
    ['PATCH', chats(`/${chatId}`), {}],
    ['PATCH', chats(`/${chatId}`), { pinned: true, archived: true }],
    ['PATCH', chats(), { chatIds: [chatId] }],
    ['PATCH', chats(), { chatIds: [], archived: true }],
    ['PATCH', chats(), { chatIds: many, archived: true }],
    ['DELETE', chats(), { chatIds: ['x'] }],
    ['GET', chats('/export'), undefined],
    ['GET', chats('/export?chatIds=x'), undefined],
    ['GET', chats(`/export?chatIds=${many.join()}`), undefined],
  ] as const) {
    expect([path, (await member.request(method, path, body)).status]).toEqual([path, 400]);
  }
});

test('calls at the same time end in one of their orders, whatever each names first', async () => {
  const ids = await begin('One', 'Two', 'Three', 'Four');
  const back = ids.toReversed();
  const answers = await Promise.all([
    member.request('PATCH', chats(), { chatIds: ids, archived: true }),
    member.request('PATCH', chats(), { chatIds: back, pinned: true }),
    member.request('DELETE', chats(), { chatIds: back.slice(1) }),
    member.request('PATCH', chats(), { chatIds: ids, archived: false }),
    member.request('DELETE', chats(), { chatIds: ids.slice(0, 3) }),
  ]);
  for (const { status } of answers) expect([200, 404]).toContain(status);
  expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
  const left = await query<{ count: string }>(
    app.databaseUrl,
    'select count(*) from conversations where id = any($1)',
    [ids],
  );
  expect(left[0]!.count).toBe('1');
});

test('whose agent was taken away, and who was deactivated, changes nothing any more', async () => {
  const [chatId] = await begin('Kept');
  const hidden = (await admin.request('POST', '/api/agents', { name: 'Hidden', templateId: 'custom' })).body.id;
  const path = `/api/agents/${hidden}/chats`;
  const { id } = (await member.request('POST', path, { title: 'Hidden' })).body;
  expect((await admin.request('DELETE', `/api/agents/${hidden}`)).status).toBe(200);
  expect((await member.request('PATCH', path, { chatIds: [id], pinned: true })).status).toBe(404);
  expect((await admin.request('DELETE', `/api/users/${member.id}`)).status).toBe(200);
  expect((await member.request('PATCH', chats(`/${chatId}`), { pinned: true })).status).toBe(401);
  expect((await member.request('DELETE', chats(), { chatIds: [chatId] })).status).toBe(401);
});
