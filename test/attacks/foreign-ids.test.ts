import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { Endpoint } from '../../contract/endpoint.ts';
import { endpoints } from '../../contract/endpoints.ts';
import { clientFrameSchema } from '../../contract/socket.ts';
import { type ModelDouble, startModelDouble } from '../../testkit/model-double.ts';
import { connectClient, type ChatClient } from '../chat/chat-client.ts';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { createLicenceKeys } from '../licence-keys.ts';
import { query } from '../test-database.ts';
import { attacksOn, registeredPaths, type Attack } from './foreign-ids.ts';

// An id of somebody else is answered like an id of nobody, wherever it is put. The attacks are made from the contract.

let server: TestApp;
let double: ModelDouble;
let address: string;
let owner: TestUser;
let attacker: TestUser;
let admin: TestUser;
/** Everybody may use it. */
let shared: string;
let sharedGroup: string;
/** What only `owner` may use; admins have no business with `conversation` things either. */
const theirs: Record<string, string> = {};
/** A call of `answer`; it is no id by itself. */
let theirCall: string;
const privateKinds = ['chat', 'message', 'answer', 'upload', 'run', 'approval', 'session', 'prompt', 'share', 'filter'];

beforeAll(async () => {
  double = await startModelDouble({ kind: 'ollama-local' });
  const keys = await createLicenceKeys();
  server = await createTestApp({
    environment: {
      PINCHY_LICENSE_PUBLIC_KEY: keys.publicKey,
      PINCHY_ENTERPRISE_KEY: await keys.sign(),
      RATE_LIMIT_API_PER_MINUTE: '100000',
      RATE_LIMIT_SIGN_IN_FAILURES: '10000',
      RATE_LIMIT_SIGN_IN_FAILURES_PER_ADDRESS: '10000',
      RATE_LIMIT_PAIRING_FAILURES: '10000',
      RATE_LIMIT_MESSAGES_PER_MINUTE: '10000',
    },
  });
  address = await server.listen();
  admin = await createAdmin(server.app);
  await admin.request('POST', '/api/settings/providers', { provider: 'ollama-local', baseUrl: double.url });
  const group = async (name: string) => (await admin.request('POST', '/api/groups', { name })).body.id as string;
  const [insiders, outsiders] = [await group('Insiders'), await group('Outsiders')];
  owner = await createMember(server.app, admin, { groupIds: [insiders] });
  attacker = await createMember(server.app, admin, { groupIds: [outsiders] });
  sharedGroup = outsiders;
  const agent = async (more: object) =>
    (await admin.request('POST', '/api/agents', { name: 'Agent', templateId: 'custom', ...more })).body.id as string;
  shared = await agent({ allowedTools: ['pinchy_ls'], pluginConfig: { ask_first: ['pinchy_ls'] } });
  theirs['restricted agent'] = await agent({});
  await admin.request('PATCH', `/api/agents/${theirs['restricted agent']}`, {
    visibility: 'restricted',
    groupIds: [insiders],
  });
  await makePrivateThings();
  const budget = { scope: 'user', scopeId: owner.id, unit: 'tokens', amount: '77', period: 'day', action: 'warn' };
  theirs['budget'] = (await admin.request('POST', '/api/budgets', budget)).body.id;
  theirs['group'] = insiders;
  theirs['user'] = owner.id;
  theirs['invite'] = (await admin.request('POST', '/api/users/invite', { role: 'member' })).body.id;
  const credentials = { url: 'https://odoo.example.com', db: 'd', login: 'l', apiKey: 'k' };
  theirs['connection'] = (
    await admin.request('POST', '/api/integrations', { type: 'odoo', name: 'Odoo', credentials })
  ).body.id;
});
afterAll(async () => {
  await server?.close();
  await double?.close();
});

/** A conversation of the owner's with a file, and an answer that waits for an approval. */
async function makePrivateThings(): Promise<void> {
  const mine = (await owner.request('GET', '/api/agents')).body as { id: string; isPersonal: boolean }[];
  theirs['personal agent'] = mine.find(({ isPersonal }) => isPersonal)!.id;
  theirs['chat'] = (await owner.request('POST', `/api/agents/${shared}/chats`, { title: 'Secret plan' })).body.id;
  const form = '--b\r\nContent-Disposition: form-data; name="file"; filename="plan.txt"\r\n\r\nsecret\r\n--b--\r\n';
  const upload = await server.app.inject({
    method: 'POST',
    url: `/api/agents/${shared}/uploads`,
    headers: { cookie: owner.cookie, 'content-type': 'multipart/form-data; boundary=b' },
    payload: form,
  });
  theirs['upload'] = upload.json().id;
  const prompt = { name: 'Secret habit', text: 'A secret way to ask.' };
  theirs['prompt'] = (await owner.request('POST', '/api/prompts', prompt)).body.id;
  const auditor = await createMember(server.app, admin, { role: 'admin' });
  const filter = { name: 'Secret suspicion', filter: { search: 'secret' } };
  theirs['filter'] = (await auditor.request('POST', '/api/audit/filters', filter)).body.id;
  double.respondNext([{ toolCall: { name: 'pinchy_ls', input: { path: '/data' } } }]);
  const client = await open(owner);
  client.say(shared, 'A secret plan', { chatId: theirs['chat'] });
  const card = await client.next('tool', ({ state }) => state === 'approval');
  const { messages } = await client.history(shared, { chatId: theirs['chat'] });
  theirs['message'] = messages[0]!.id;
  theirs['answer'] = card.messageId;
  theirCall = card.toolCallId;
  theirs['run'] = card.runId;
  theirs['approval'] = card.approvalId!;
  await client.close();
  await admin.request('PUT', '/api/settings/sharing', { enabled: true });
  const confidant = await createMember(server.app, admin);
  const share = { userIds: [confidant.id] };
  const shareUrl = `/api/agents/${shared}/chats/${theirs['chat']}/share`;
  theirs['share'] = (await owner.request('PUT', shareUrl, share)).body.id;
  expect((await confidant.request('GET', `/api/shares/${theirs['share']}`)).text).toMatch(/secret/i);
  const [session] = await query<{ id: string }>(server.databaseUrl, 'select id from sessions where user_id = $1', [
    owner.id,
  ]);
  theirs['session'] = session!.id;
}

const open = (user: TestUser): Promise<ChatClient> =>
  connectClient(`${address.replace('http', 'ws')}/api/ws`, { cookie: user.cookie });

/** What the attacker has in the place of a parameter. A new parameter needs a line, or it would not be attacked well. */
function usable(_endpoint: Endpoint, name: string): string {
  const known: Record<string, string> = { agentId: shared, id: shared, chatId: theirs['chat']!, name: 'SOUL.md' };
  Object.assign(known, { messageId: theirs['answer'], toolCallId: theirCall, number: '1' });
  Object.assign(known, { promptId: theirs['prompt'], shareId: theirs['share'], uploadId: theirs['upload'] });
  known['filterId'] = theirs['filter']!;
  Object.assign(known, { token: 'x'.repeat(43), botId: '42', connectionId: theirs['connection'] });
  if (_endpoint.path.startsWith('/api/groups')) known['id'] = sharedGroup;
  if (_endpoint.path.startsWith('/api/users')) known['id'] = attacker.id;
  const id = known[name];
  if (!id) throw new Error(`What is the parameter or field "${name}" of ${_endpoint.path}? Say it in usable().`);
  return id;
}

async function send(who: TestUser, { method, foreign }: Attack, { url, body } = foreign): Promise<string> {
  const isUpload = method === 'POST' && /\/uploads\b/.test(url);
  const form = '--b\r\nContent-Disposition: form-data; name="file"; filename="x.txt"\r\n\r\nx\r\n--b--\r\n';
  const answer = await server.app.inject({
    method,
    url,
    headers: {
      cookie: who.cookie,
      ...(isUpload && { 'content-type': 'multipart/form-data; boundary=b' }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(isUpload && { payload: form }),
    ...(body !== undefined && { payload: JSON.stringify(body) }),
  });
  const text = `${answer.statusCode} ${answer.headers['content-type']} ${answer.body}`;
  return text
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME');
}

/** What `owner` has, as text: unchanged when nothing happened. */
async function belongings(): Promise<unknown> {
  const tables = ['conversations', 'uploads', 'approvals', 'sessions', 'group_members', 'users', 'message_ratings'];
  const column = (table: string) => (table === 'users' ? 'id' : 'user_id');
  const owned = await Promise.all(
    tables.map((table) =>
      query(server.databaseUrl, `select * from ${table} where ${column(table)} = $1 order by 1, 2`, [owner.id]),
    ),
  );
  const others = await Promise.all(
    ['select * from messages where conversation_id = $1', 'select * from runs where conversation_id = $1'].map((sql) =>
      query(server.databaseUrl, `${sql} order by id`, [theirs['chat']]),
    ),
  );
  const rest = await Promise.all(
    ['invites', 'groups', 'agents', 'prompts', 'conversation_shares', 'saved_filters', 'budgets'].map((table) =>
      query(server.databaseUrl, `select * from ${table} where id = any($1) order by id`, [Object.values(theirs)]),
    ),
  );
  return [owned, others, rest];
}

const declared = Object.values(endpoints) as Endpoint[];

async function expectNothing(who: TestUser, kinds: string[], targets: Endpoint[]): Promise<number> {
  const foreign = Object.fromEntries(kinds.map((kind) => [kind, theirs[kind]!]));
  let count = 0;
  for (const endpoint of targets) {
    for (const attack of attacksOn(endpoint, { foreign, usable })) {
      const [got, wanted] = [await send(who, attack), await send(who, attack, attack.nobody)];
      expect(got, attack.what).toBe(wanted);
      expect(got, attack.what).not.toMatch(/secret/i);
      count++;
    }
  }
  return count;
}

test('every route of the server is one that is attacked here, or known to take no id', () => {
  const attacked = new Set(declared.map(({ path }) => path.replaceAll(/:\w+/g, ':')));
  const known = ['/api/openapi.json', '/api/docs', '/api/docs/', '/api/ws'];
  const isOfTheReference = (path: string) => /^\/api\/docs\/js\/[\w.]+$/.test(path);
  const ofTheLibrary = ['/api/auth/sign-in/email', '/api/auth/sign-out', '/api/auth/get-session'];
  // Beside the API there are the web app's files and the metrics, none of which takes a parameter.
  const found = registeredPaths(server.app).filter((path) => path.startsWith('/api') || path.includes(':'));
  expect(found.length).toBeGreaterThan(50);
  expect(found.filter((path) => path.includes(':')).length).toBeGreaterThan(15);
  const isKnown = (path: string) => [...known, ...ofTheLibrary].includes(path) || isOfTheReference(path);
  expect(found.filter((path) => !attacked.has(path) && !isKnown(path))).toEqual([]);
});

// Thousands of requests in each.
describe('ids of somebody else', { timeout: 60_000 }, () => {
  test('are like ids of nobody to another member, on every route, in path, query and body', async () => {
    const before = await belongings();
    const targets = declared.filter(({ access }) => access === 'user' || access === 'public');
    expect(await expectNothing(attacker, Object.keys(theirs), targets)).toBeGreaterThan(500);
    // A role is asked for before anything is looked up, so that one kind shows it.
    const forAdmins = declared.filter(({ access }) => access === 'admin' || access === 'licensed-admin');
    await expectNothing(attacker, ['user'], forAdmins);
    expect(await belongings()).toEqual(before);
  });

  test('are like ids of nobody to admins too, where they are of conversations', async () => {
    const before = await belongings();
    // The trail tells admins what a run did, as it does entry by entry; nothing that was said is in it.
    const beyondTheTrail = declared.filter(({ path }) => path !== '/api/audit/runs/:id');
    expect(await expectNothing(admin, privateKinds, beyondTheTrail)).toBeGreaterThan(500);
    const story = await admin.request('GET', `/api/audit/runs/${theirs['run']}`);
    expect(story.status).toBe(200);
    expect(JSON.stringify(story.body)).not.toMatch(/secret|plan/i);
    expect(await belongings()).toEqual(before);
  });

  test('are something to the owner: the same requests find what they ask for', async () => {
    const own = { personal: theirs['personal agent']!, chat: theirs['chat']!, upload: theirs['upload']! };
    for (const [method, url] of [
      ['GET', `/api/agents/${own.personal}`],
      ['GET', `/api/agents/${own.personal}/chats`],
      ['GET', `/api/agents/${own.personal}/files/SOUL.md`],
      ['GET', `/api/agents/${theirs['restricted agent']}`],
      ['GET', `/api/agents/${shared}/chats/${own.chat}/export`],
      ['GET', `/api/agents/${shared}/uploads/${own.upload}`],
    ] as const)
      expect((await owner.request(method, url)).status, url).toBe(200);
  });

  test('open nothing once their own person is deactivated', async () => {
    const leaver = await createMember(server.app, admin);
    await admin.request('DELETE', `/api/users/${leaver.id}`);
    for (const endpoint of declared.filter(({ access }) => access !== 'public')) {
      const url = endpoint.path.replaceAll(/:(\w+)/g, (_all, name: string) => usable(endpoint, name));
      const answer = await leaver.request(endpoint.method, url);
      expect(answer.status, `${endpoint.method} ${url}`).toBe(401);
    }
  });
});

test('in any field of any socket frame they are like ids of nobody', async () => {
  const before = await belongings();
  const fixed = { content: 'x', decision: 'approve', limit: 10 };
  for (const who of [attacker, admin]) {
    const kinds = who === admin ? privateKinds : Object.keys(theirs);
    const answers = async (client: ChatClient, frame: object) => {
      const from = client.frames.length;
      client.send(frame as Record<string, unknown>);
      const reply = () =>
        client.frames.slice(from).find(({ type }) => ['error', 'history', 'ack', 'pong'].includes(type));
      await expect.poll(reply, { message: JSON.stringify(frame), interval: 5 }).toBeDefined();
      return JSON.stringify(reply()).replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID');
    };
    let count = 0;
    for (const option of clientFrameSchema.options) {
      const { properties = {}, required = [] } = z.toJSONSchema(option) as {
        properties?: Record<string, Record<string, unknown>>;
        required?: string[];
      };
      const isList = (name: string) => properties[name]!['type'] === 'array';
      const idFields = Object.keys(properties).filter((name) => /Ids?$|^before$/.test(name));
      // A socket may send only so many frames at once.
      const client = await open(who);
      // The default conversation is the sender's own, so that only the attacked field is wrong.
      const base: Record<string, unknown> = { type: option.shape.type.value };
      const needed = required.includes('chatId') ? { chatId: randomUUID() } : {};
      const ids = { agentId: shared, approvalId: randomUUID(), messageId: randomUUID(), ...needed };
      for (const [name, value] of Object.entries({ ...fixed, ...ids })) if (name in properties) base[name] = value;
      for (const name of idFields.filter((field) => field !== 'clientMessageId')) {
        for (const kind of kinds) {
          const frame = (id: string) => ({
            ...base,
            ...('clientMessageId' in properties && { clientMessageId: randomUUID() }),
            [name]: isList(name) ? [id] : id,
          });
          const [got, wanted] = [
            await answers(client, frame(theirs[kind]!)),
            await answers(client, frame(randomUUID())),
          ];
          expect(got, `${base['type']} with ${kind} as ${name}`).toBe(wanted);
          expect(got).toContain('not_found');
          count++;
        }
      }
      expect(JSON.stringify(client.frames)).not.toMatch(/secret|plan/i);
      await client.close();
    }
    expect(count).toBeGreaterThan(kinds.length * 6);
  }
  expect(await belongings()).toEqual(before);
});

test('a message id of somebody else is no message of one’s own', async () => {
  const [said] = await query<{ id: string }>(
    server.databaseUrl,
    `select client_message_id as id from messages where conversation_id = $1 and role = 'user'`,
    [theirs['chat']],
  );
  const client = await open(attacker);
  client.say(shared, 'Mine.', { clientMessageId: said!.id });
  expect((await client.next('ack')).messageId).not.toBe(theirs['message']);
  await client.next('complete');
  await client.close();
});
