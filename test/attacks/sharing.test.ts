import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemAuthority } from '../../server/db/authority.ts';
import { type ModelDouble, startModelDouble } from '../../testkit/model-double.ts';
import { connectClient } from '../chat/chat-client.ts';
import { createAdmin, createMember, createTestApp, signIn, type TestApp, type TestUser } from '../create-test-app.ts';
import { createLicenceKeys, type LicenceKeys } from '../licence-keys.ts';
import { auditRows, query } from '../test-database.ts';

// Whoever reads a shared conversation is asked for every right anew, each time. Real: server, PostgreSQL, tools.

let server: TestApp;
let model: ModelDouble;
let keys: LicenceKeys;
let socketUrl: string;
let admin: TestUser;
let owner: TestUser;
let reader: TestUser;
let colleague: TestUser;
let stranger: TestUser;
let agentId: string;
let groupId: string;

beforeAll(async () => {
  keys = await createLicenceKeys();
  model = await startModelDouble({ kind: 'ollama-local' });
  server = await createTestApp({ environment: { PINCHY_LICENSE_PUBLIC_KEY: keys.publicKey } });
  mkdirSync(join(server.dataRoot, 'hr'));
  writeFileSync(join(server.dataRoot, 'hr/leave.md'), 'Employees have 27 days of paid leave.');
  socketUrl = `${(await server.listen()).replace('http', 'ws')}/api/ws`;
  admin = await createAdmin(server.app);
  await admin.request('POST', '/api/settings/providers', { provider: 'ollama-local', baseUrl: model.url });
  await setLicence(true);
  groupId = (await admin.request('POST', '/api/groups', { name: 'Readers' })).body.id;
  [owner, reader, colleague, stranger] = [
    await createMember(server.app, admin, { name: 'Olga Owner', groupIds: [groupId] }),
    await createMember(server.app, admin, { name: 'Rita Reader' }),
    await createMember(server.app, admin, { name: 'Carl Colleague', groupIds: [groupId] }),
    await createMember(server.app, admin, { name: 'Sam Stranger' }),
  ];
});
afterAll(async () => {
  await server?.close();
  await model?.close();
});
beforeEach(async () => {
  await allow(true);
  await setLicence(true);
  agentId = await createAgent();
});

const allow = (enabled: boolean) => admin.request('PUT', '/api/settings/sharing', { enabled });
async function setLicence(active: boolean): Promise<void> {
  const { signals, settings } = server.services;
  const key = await keys.sign();
  await signals.transaction(systemAuthority, async (tx) => {
    if (active) await settings.write(tx, 'enterprise_key', key, true);
    else await settings.remove(tx, 'enterprise_key');
  });
}
async function createAgent(): Promise<string> {
  const body = { name: 'Guide', templateId: 'knowledge-base', pluginConfig: { allowed_paths: ['/data/hr'] } };
  return (await admin.request('POST', '/api/agents', body)).body.id;
}

interface Chat {
  chatId: string;
  shareId: string;
  url: string;
}

/** A conversation of the owner's about a document and a file of theirs, shared with the reader and the group. */
async function shareConversation(body: object = { userIds: [reader.id], groupIds: [groupId] }): Promise<Chat> {
  const chatId = (await owner.request('POST', `/api/agents/${agentId}/chats`, { title: 'Paid leave' })).body
    .id as string;
  await say(chatId, 'How many days?', [await attach()]);
  const url = `/api/agents/${agentId}/chats/${chatId}/share`;
  const share = await owner.request('PUT', url, body);
  expect(share.status).toBe(200);
  return { chatId, url, shareId: share.body.id };
}
async function say(chatId: string, content: string, attachmentIds: string[] = []): Promise<void> {
  model.respond(({ messages }) => {
    const outcome = messages.at(-1)?.toolResults?.[0]?.text;
    if (outcome === undefined) return [{ toolCall: { name: 'pinchy_read', input: { path: '/data/hr/leave.md' } } }];
    return [{ text: `It is 27 days [${/\[(\d+)\]/.exec(outcome)?.[1]}].` }];
  });
  const client = await connectClient(socketUrl, { cookie: owner.cookie });
  client.say(agentId, content, { chatId, ...(attachmentIds.length > 0 && { attachmentIds }) });
  await client.next('complete', undefined, 15_000);
  await client.close();
}
async function attach(): Promise<string> {
  const answer = await server.app.inject({
    method: 'POST',
    url: `/api/agents/${agentId}/uploads`,
    headers: { cookie: owner.cookie, 'content-type': 'multipart/form-data; boundary=b' },
    payload: '--b\r\nContent-Disposition: form-data; name="file"; filename="note.txt"\r\n\r\nheron\r\n--b--\r\n',
  });
  return answer.json().id;
}
const read = (who: TestUser, { shareId }: Pick<Chat, 'shareId'>) => who.request('GET', `/api/shares/${shareId}`);
const copy = (who: TestUser, { shareId }: Pick<Chat, 'shareId'>) => who.request('POST', `/api/shares/${shareId}/copy`);
const listOf = async (who: TestUser) =>
  (await who.request('GET', '/api/shares?limit=100')).body.shares as { id: string; title: string; owner: string }[];
const nobodys = { shareId: crypto.randomUUID() };

/** Reading, copying and opening a file are refused as for a link that nobody ever made, and no list has it. */
async function expectClosed(who: TestUser, chat: Chat): Promise<void> {
  const [file] = await query<{ id: string }>(
    server.databaseUrl,
    `select uploads.id from uploads join messages on messages.id = message_id where conversation_id = $1`,
    [chat.chatId],
  );
  expect((await listOf(who)).map(({ id }) => id)).not.toContain(chat.shareId);
  const upload = file?.id ?? crypto.randomUUID();
  for (const [method, path] of [
    ['GET', ''],
    ['GET', '?offset=1'],
    ['POST', '/copy'],
    ['GET', `/uploads/${upload}`],
  ] as const) {
    const got = await who.request(method, `/api/shares/${chat.shareId}${path}`);
    const wanted = await who.request(method, `/api/shares/${nobodys.shareId}${path}`);
    expect({ ...got.body, requestId: '' }, path).toEqual({ ...wanted.body, requestId: '' });
    expect(got.status, path).toBe(404);
  }
}

describe('a shared conversation', () => {
  test('is read by whom it names, with its file and what its agent may read, and nothing that is the owner’s alone', async () => {
    const chat = await shareConversation();
    for (const who of [reader, colleague, owner]) {
      const { status, body } = await read(who, chat);
      expect(status).toBe(200);
      expect(body).toMatchObject({ title: 'Paid leave', owner: 'Olga Owner', agent: { id: agentId, name: 'Guide' } });
      const messages = body.messages as Record<string, unknown>[];
      expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'assistant']);
      expect(messages.at(-1)).toMatchObject({
        content: 'It is 27 days [1].',
        sources: [{ number: 1, path: '/data/hr/leave.md', text: expect.stringContaining('27 days') }],
      });
      expect(messages[1]!['toolCalls']).toMatchObject([{ name: 'pinchy_read', input: { path: '/data/hr/leave.md' } }]);
      for (const message of messages) expect(Object.keys(message)).not.toEqual(expect.arrayContaining(['usage']));
      const [attachment] = messages[0]!['attachments'] as { id: string }[];
      const file = await who.request('GET', `/api/shares/${chat.shareId}/uploads/${attachment!.id}`);
      expect(file.text).toBe('heron');
      // In the shared conversation only.
      if (who !== owner)
        expect((await who.request('GET', `/api/agents/${agentId}/uploads/${attachment!.id}`)).status).toBe(404);
    }
    for (const who of [reader, colleague])
      expect((await listOf(who))[0]).toEqual({
        ...{ id: chat.shareId, title: 'Paid leave', owner: 'Olga Owner', agent: { id: agentId, name: 'Guide' } },
        sharedAt: expect.any(String),
      });
    expect(await listOf(owner)).toEqual([]);
    for (const who of [stranger, admin]) await expectClosed(who, chat);
    const rows = await auditRows(server.databaseUrl, 'conversation.share_read');
    expect(rows.slice(-2).map((row) => row.actor_id)).toEqual([reader.id, colleague.id]);
    // Whoever begins in the middle is no less in the trail.
    await reader.request('GET', `/api/shares/${chat.shareId}?offset=1`);
    expect(await auditRows(server.databaseUrl, 'conversation.share_read')).toHaveLength(rows.length + 1);
  });

  test('is as it was when it was shared: what is said later is shown once the owner says so', async () => {
    const chat = await shareConversation();
    await say(chat.chatId, 'And next year?');
    expect((await read(reader, chat)).body.total).toBe(3);
    expect((await read(reader, chat)).text).not.toContain('next year');
    const body = { userIds: [reader.id], groupIds: [groupId] };
    await owner.request('PUT', chat.url, { ...body, refresh: true });
    const { body: after } = await read(reader, chat);
    expect(after.total).toBe(6);
    expect(JSON.stringify(after)).toContain('next year');
  });

  test('is shown on the branch that was shared, whatever the owner steps to', async () => {
    const chat = await shareConversation();
    await query(server.databaseUrl, `update messages set hidden = true where conversation_id = $1`, [chat.chatId]);
    expect((await read(reader, chat)).body.messages).toHaveLength(3);
    expect((await owner.request('PUT', chat.url, { userIds: [reader.id], refresh: true })).status).toBe(409);
  });

  test('is copied without what tools read, and gone on with', async () => {
    const chat = await shareConversation();
    const copied = await copy(reader, chat);
    expect(copied).toMatchObject({ status: 201, body: { agentId, title: 'Paid leave', isDefault: false } });
    const client = await connectClient(socketUrl, { cookie: reader.cookie });
    const { messages } = await client.history(agentId, { chatId: copied.body.id });
    expect(messages.map(({ role, content }) => `${role}: ${content}`)).toEqual([
      'user: How many days?',
      'assistant: It is 27 days [1].',
    ]);
    expect(
      messages.flatMap(({ attachments = [], toolCalls = [], sources = [] }) =>
        [attachments, toolCalls, sources].flat(),
      ),
    ).toEqual([]);
    let asked: string[] = [];
    model.respond(({ messages: sent }) => {
      asked = sent.map(({ text }) => text);
      return [{ text: 'Gladly.' }];
    });
    client.say(agentId, 'Thank you.', { chatId: copied.body.id });
    await client.next('complete');
    expect(asked.slice(-3)).toEqual(['How many days?', 'It is 27 days [1].', 'Thank you.']);
    await client.close();
    expect((await auditRows(server.databaseUrl, 'conversation.share_copied')).at(-1)).toMatchObject({
      actor_id: reader.id,
      resource: `conversation:${chat.chatId}`,
      detail: { agentId, shareId: chat.shareId, ownerId: owner.id, copyId: copied.body.id, messages: 2 },
    });
    // The owner's is as it was, and the copy stays when the link ends.
    await owner.request('DELETE', chat.url);
    expect((await reader.request('GET', `/api/agents/${agentId}/chats`)).body).toHaveLength(1);
  });
});

describe('a link opens nothing any more', () => {
  const endings: [string, (chat: Chat) => Promise<unknown>, (() => Promise<unknown>)?][] = [
    ['once it is revoked', ({ url }) => owner.request('DELETE', url)],
    ['once the reader is not named any more', ({ url }) => owner.request('PUT', url, { userIds: [colleague.id] })],
    ['while an admin does not allow sharing', () => allow(false)],
    [
      'once the conversation is deleted',
      ({ chatId }) => owner.request('DELETE', `/api/agents/${agentId}/chats/${chatId}`),
    ],
    ['once the agent is deleted', () => admin.request('DELETE', `/api/agents/${agentId}`)],
    [
      'once the reader may not use the agent',
      () => admin.request('PATCH', `/api/agents/${agentId}`, { visibility: 'restricted', groupIds: [groupId] }),
    ],
    [
      'while its owner is deactivated',
      () => admin.request('DELETE', `/api/users/${owner.id}`),
      () => admin.request('POST', `/api/users/${owner.id}/reactivate`).then(signOwnerIn),
    ],
  ];
  test.each(endings)('%s', async (_when, end, undo) => {
    const chat = await shareConversation({ userIds: [reader.id] });
    expect((await read(reader, chat)).status).toBe(200);
    const answer = (await end(chat)) as { status: number };
    expect(answer.status).toBe(200);
    await expectClosed(reader, chat);
    await undo?.();
  });

  test('once the group is emptied, or the licence ends', async () => {
    const chat = await shareConversation({ groupIds: [groupId] });
    expect((await read(colleague, chat)).status).toBe(200);
    await setLicence(false);
    await expectClosed(colleague, chat);
    await setLicence(true);
    const members = { userIds: [owner.id] };
    await admin.request('PUT', `/api/groups/${groupId}/members`, members);
    await expectClosed(colleague, chat);
    await admin.request('PUT', `/api/groups/${groupId}/members`, { userIds: [owner.id, colleague.id] });
    expect((await read(colleague, chat)).status).toBe(200);
  });

  test('for an admin who may use the agent as an admin only, once they are a member', async () => {
    const second = await createMember(server.app, admin, { role: 'admin' });
    const patch = { visibility: 'restricted', groupIds: [groupId] };
    await admin.request('PATCH', `/api/agents/${agentId}`, patch);
    const chat = await shareConversation({ userIds: [second.id] });
    expect((await read(second, chat)).status).toBe(200);
    await admin.request('PATCH', `/api/users/${second.id}`, { role: 'member' });
    await expectClosed(second, chat);
  });

  test('once the conversation is temporary, which cannot be shared either', async () => {
    const chat = await shareConversation({ userIds: [reader.id] });
    await query(server.databaseUrl, 'update conversations set temporary = true where id = $1', [chat.chatId]);
    await expectClosed(reader, chat);
    expect((await owner.request('PUT', chat.url, { userIds: [colleague.id] })).status).toBe(404);
  });

  test('after it was made anew: the old one stays dead', async () => {
    const chat = await shareConversation({ userIds: [reader.id] });
    await owner.request('DELETE', chat.url);
    const anew = await owner.request('PUT', chat.url, { userIds: [reader.id] });
    expect(anew.body.id).not.toBe(chat.shareId);
    await expectClosed(reader, chat);
    expect((await read(reader, { shareId: anew.body.id })).status).toBe(200);
  });

  test('and what the agent may not read any more is withheld, by name, place and text', async () => {
    const chat = await shareConversation({ userIds: [reader.id] });
    const sources = async () => (await read(reader, chat)).body.messages.at(-1).sources as object[];
    expect(await sources()).toMatchObject([{ path: '/data/hr/leave.md' }]);
    await admin.request('PATCH', `/api/agents/${agentId}`, { pluginConfig: { allowed_paths: [] } });
    expect(await sources()).toEqual([{ number: 1, withheld: true }]);
  });
});

describe('sharing', () => {
  test('is off until an admin allows it, and then one may share what is one’s own', async () => {
    const chat = await shareConversation();
    await allow(false);
    expect((await owner.request('PUT', chat.url, { userIds: [colleague.id] })).status).toBe(403);
    expect((await owner.request('GET', `/api/agents/${agentId}/readers?q=`)).status).toBe(403);
    expect((await owner.request('GET', '/api/sharing')).body).toEqual({ enabled: false });
    // A link can be ended all the same.
    expect((await owner.request('DELETE', chat.url)).status).toBe(200);
    await allow(true);
    for (const who of [stranger, admin]) {
      for (const method of ['GET', 'PUT', 'DELETE'] as const) {
        const body = method === 'PUT' ? { userIds: [stranger.id === who.id ? admin.id : stranger.id] } : undefined;
        expect((await who.request(method, chat.url, body)).status, method).toBe(404);
      }
    }
    const rows = await auditRows(server.databaseUrl, 'settings.sharing_updated');
    expect(rows.slice(-2).map(({ detail }) => detail)).toEqual([
      { from: true, to: false },
      { from: false, to: true },
    ]);
  });

  test('tells nothing of people who may not use the agent, of strange groups, or of ids of nobody', async () => {
    const patch = { visibility: 'restricted', groupIds: [groupId] };
    const chat = await shareConversation({ userIds: [reader.id] });
    await admin.request('PATCH', `/api/agents/${agentId}`, patch);
    const found = (await owner.request('GET', `/api/agents/${agentId}/readers?q=`)).body;
    const names = (found.people as { name: string }[]).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['Ada Admin', 'Carl Colleague']));
    expect(names).not.toEqual(expect.arrayContaining(['Sam Stranger']));
    expect(names).not.toContain('Olga Owner');
    expect(JSON.stringify(found)).not.toContain('@');
    const outsiders = (await admin.request('POST', '/api/groups', { name: 'Outsiders' })).body.id as string;
    expect((found.groups as { id: string }[]).map(({ id }) => id)).toEqual([groupId]);
    const refusals = await Promise.all(
      [
        { userIds: [stranger.id] },
        { userIds: [crypto.randomUUID()] },
        { userIds: [owner.id] },
        { groupIds: [outsiders] },
        { groupIds: [crypto.randomUUID()] },
      ].map(async (body) => (await owner.request('PUT', chat.url, body)).body.error as string),
    );
    expect(new Set(refusals.slice(0, 3)).size).toBe(1);
    expect(new Set(refusals.slice(3)).size).toBe(1);
    await setLicence(false);
    expect((await owner.request('PUT', chat.url, { groupIds: [groupId] })).body.code).toBe('licence_required');
  });

  test('of a personal agent’s conversation, or of one in which nothing was said, is refused', async () => {
    const agents = (await owner.request('GET', '/api/agents')).body as { id: string; isPersonal: boolean }[];
    const personal = agents.find(({ isPersonal }) => isPersonal)!.id;
    for (const id of [personal, agentId]) {
      const chatId = (await owner.request('POST', `/api/agents/${id}/chats`, { title: 'Empty' })).body.id;
      const url = `/api/agents/${id}/chats/${chatId}/share`;
      expect((await owner.request('PUT', url, { userIds: [admin.id] })).status).toBe(409);
      expect((await owner.request('PUT', url, { userIds: [] })).status).toBe(400);
    }
  });

  test('shows no file but those of its own messages', async () => {
    const chat = await shareConversation({ userIds: [reader.id] });
    const other = await attach();
    expect((await reader.request('GET', `/api/shares/${chat.shareId}/uploads/${other}`)).status).toBe(404);
  });
});

test('copies are few: each makes up to a thousand messages, whose texts alone count as room', async () => {
  const copier = await createMember(server.app, admin);
  const chat = await shareConversation({ userIds: [copier.id] });
  const statuses = [];
  for (let turn = 0; turn < 32; turn += 1) statuses.push((await copy(copier, chat)).status);
  expect(statuses).toEqual([...Array.from({ length: 30 }, () => 201), 429, 429]);
});

async function signOwnerIn(): Promise<void> {
  owner = await signIn(server.app, owner.email);
}
