import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { mkdirSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemAuthority } from '../../server/db/authority.ts';
import { startModelDouble, type ModelDouble } from '../../testkit/model-double.ts';
import { startOdooDouble, type OdooDouble } from '../../testkit/odoo-double/odoo-double.ts';
import { startTelegramDouble, type TelegramDouble } from '../../testkit/telegram-double/telegram-double.ts';
import { createAdmin, createMember, createTestApp, type TestApp, signIn, type TestUser } from '../create-test-app.ts';
import { createLicenceKeys, type LicenceKeys } from '../licence-keys.ts';
import { connectOdoo, credentialsFor } from '../odoo-fixture.ts';
import { testPassword } from '../test-password.ts';
import { type ChangingRequest, changingRequests, type Stage } from './changing-requests.ts';

// A request is let in when its headers arrive, and what let it in may have ended when it changes something. Made from the
// declared endpoints, so that a new one is attacked too.

let server: TestApp;
let origin: string;
let admin: TestUser;
let model: ModelDouble;
let odoo: OdooDouble;
let telegram: TelegramDouble;
let keys: LicenceKeys;
let licenceKey: string;
let database: Client;

beforeAll(async () => {
  keys = await createLicenceKeys();
  licenceKey = await keys.sign();
  [model, odoo] = [await startModelDouble({ kind: 'ollama-local' }), await startOdooDouble({ version: '18.0' })];
  telegram = await startTelegramDouble();
  server = await createTestApp({
    environment: {
      TELEGRAM_API_ROOT: telegram.url,
      PINCHY_LICENSE_PUBLIC_KEY: keys.publicKey,
      ALLOW_PRIVATE_URLS: '1',
    },
  });
  origin = await server.listen();
  database = new Client({ connectionString: server.databaseUrl });
  await database.connect();
  admin = await createAdmin(server.app);
  await admin.request('POST', '/api/setup/provider', { provider: 'ollama-local', baseUrl: model.url });
  await setLicence(true);
});
afterAll(async () => {
  await database.end();
  await server.close();
  await Promise.all([model.close(), odoo.close(), telegram.close()]);
});

async function setLicence(active: boolean): Promise<void> {
  const { signals, settings } = server.services;
  await signals.transaction(systemAuthority, async (tx) => {
    if (active) await settings.write(tx, 'enterprise_key', licenceKey, true);
    else await settings.remove(tx, 'enterprise_key');
  });
}

/** An admin with everything that the requests are about. */
async function createStage(): Promise<{ thief: TestUser; stage: Stage }> {
  const thief = await createMember(server.app, admin, { role: 'admin' });
  const other = await createMember(server.app, admin);
  const former = await createMember(server.app, admin);
  await admin.request('DELETE', `/api/users/${former.id}`);
  mkdirSync(join(server.dataRoot, thief.id, 'empty'), { recursive: true });
  writeFileSync(join(server.dataRoot, thief.id, 'old.txt'), 'Old.');
  const group = await admin.request('POST', '/api/groups', { name: `Group ${thief.id}` });
  const agent = await admin.request('POST', '/api/agents', { name: 'Shared', templateId: 'custom' });
  const invite = await admin.request('POST', '/api/users/invite', { role: 'member' });
  const prompt = { name: 'Reminder', text: 'Remind {{customer}}.' };
  const ownPrompt = await thief.request('POST', '/api/prompts', prompt);
  const sharedPrompt = await admin.request('POST', '/api/settings/prompts', prompt);
  const filter = { name: 'Refused', filter: { topic: 'denied' } };
  const budget = await admin.request('POST', '/api/budgets', {
    ...{ scope: 'user', scopeId: thief.id, unit: 'tokens', amount: '1000', period: 'month', action: 'warn' },
  });
  const savedFilter = await thief.request('POST', '/api/audit/filters', filter);
  const chat = await thief.request('POST', `/api/agents/${agent.body.id}/chats`, { title: 'Mine' });
  await admin.request('PUT', '/api/settings/sharing', { enabled: true });
  const shareChat = async (owner: TestUser, reader: TestUser) => {
    const { body } = await owner.request('POST', `/api/agents/${agent.body.id}/chats`, { title: 'Shared' });
    await database.query(
      `insert into messages (conversation_id, role, content) values ($1, 'user', 'Hi'), ($1, 'assistant', 'Hello')`,
      [body.id],
    );
    const url = `/api/agents/${agent.body.id}/chats/${body.id}/share`;
    const share = await owner.request('PUT', url, { userIds: [reader.id] });
    return { chatId: body.id as string, shareId: share.body.id as string };
  };
  const [shared, foreign] = [await shareChat(thief, admin), await shareChat(other, thief)];
  const messageId = randomUUID();
  await database.query(
    `insert into messages (id, conversation_id, role, content) values ($1, $2, 'assistant', 'An answer.')`,
    [messageId, chat.body.id],
  );
  await thief.request('PUT', `/api/agents/${agent.body.id}/messages/${messageId}/rating`, { rating: 'up' });
  const agents = (await thief.request('GET', '/api/agents')).body as {
    id: string;
    ownerId: string;
    isPersonal: boolean;
  }[];
  const personal = agents.find(({ isPersonal, ownerId }) => isPersonal && ownerId === thief.id);
  return {
    thief,
    stage: {
      ownId: thief.id,
      agentId: agent.body.id,
      personalAgentId: personal!.id,
      chatId: chat.body.id,
      messageId,
      groupId: group.body.id,
      userId: other.id,
      deactivatedId: former.id,
      inviteId: invite.body.id,
      sharedChatId: shared.chatId,
      foreignShareId: foreign.shareId,
      promptId: ownPrompt.body.id,
      sharedPromptId: sharedPrompt.body.id,
      filterId: savedFilter.body.id,
      budgetId: budget.body.id,
      connectionId: await connectOdoo(admin, odoo, `Odoo ${thief.id}`),
      providerUrl: model.url,
      botToken: telegram.createBot(`bot_${thief.id.slice(0, 8)}`).token,
      odoo: credentialsFor(odoo),
      licenceKey,
      directory: `/data/${thief.id}`,
      password: testPassword,
    },
  };
}

const isAnybodys = ({ access, adminOnly }: ChangingRequest) => access === 'user' && !adminOnly;
const isLicensed = ({ access, needsLicence }: ChangingRequest) => access === 'licensed-admin' || needsLicence === true;

/** What ends, how, and for which requests that is the end. */
const endings: { what: string; concerns(request: ChangingRequest): boolean; end(thief: TestUser): Promise<unknown> }[] =
  [
    {
      what: 'deactivated',
      concerns: () => true,
      end: (thief) => admin.request('DELETE', `/api/users/${thief.id}`),
    },
    {
      what: 'demoted',
      concerns: (request) => !isAnybodys(request),
      end: (thief) => admin.request('PATCH', `/api/users/${thief.id}`, { role: 'member' }),
    },
    {
      what: 'signed out',
      concerns: () => true,
      end: (thief) => thief.request('POST', '/api/auth/sign-out'),
    },
    {
      what: 'signed out by a reset',
      concerns: () => true,
      end: (thief) => admin.request('POST', `/api/users/${thief.id}/reset`),
    },
    {
      what: 'left behind by a new password',
      concerns: () => true,
      end: async (thief) => {
        const owner = await signIn(server.app, thief.email);
        return owner.request('POST', '/api/users/me/password', {
          currentPassword: testPassword,
          newPassword: 'a new and better password',
        });
      },
    },
    { what: 'without a licence', concerns: isLicensed, end: () => setLicence(false) },
  ];

describe.each(endings)('a person who is $what while the body is on its way', ({ concerns, end }) => {
  test('changes nothing', async () => {
    const { thief, stage } = await createStage();
    const requests = changingRequests(stage).filter(concerns);
    const sent = await Promise.all(requests.map((request) => sendWithheld(thief, request)));
    await sleep(300);
    await end(thief);
    const before = await snapshot();
    const answers = await Promise.all(sent.map((each) => each.finish()));
    expect(describeAnswers(requests, answers)).toEqual(requests.map(({ name }) => `${name}: refused`));
    expect(await snapshot()).toEqual(before);
    await setLicence(true);
  });
});

/** As another replica would do it at this very instant: no signal of it was heard yet. */
const instants: { what: string; concerns(request: ChangingRequest): boolean; sql: string }[] = [
  { what: 'deactivated', concerns: () => true, sql: `update users set banned = true where id = $1` },
  {
    what: 'demoted',
    concerns: (request) => !isAnybodys(request),
    sql: `update users set role = 'member' where id = $1`,
  },
  {
    what: 'signed out',
    concerns: () => true,
    sql: `with held as (select id from users where id = $1 for no key update) delete from sessions where user_id = (select id from held)`,
  },
];

describe.each(instants)('a person who is $what at the instant of a change', ({ concerns, sql }) => {
  test('changes nothing', async () => {
    const { thief, stage } = await createStage();
    const requests = changingRequests(stage).filter((request) => concerns(request) && !request.changesNothing);
    // Known to the server's memory, from which nothing drops it.
    await thief.request('GET', '/api/users/me');
    await database.query('begin');
    await database.query(sql, [thief.id]);
    const sent = await Promise.all(requests.map((request) => sendWithheld(thief, request)));
    const answers = Promise.all(sent.map((each) => each.finish()));
    await sleep(1_000);
    const before = await snapshot();
    await database.query('commit');
    expect(describeAnswers(requests, await answers)).toEqual(requests.map(({ name }) => `${name}: refused`));
    expect(await snapshot()).toEqual(before);
  });
});

const describeAnswers = (requests: ChangingRequest[], answers: string[]) =>
  requests.map(({ name }, index) => {
    const answer = answers[index] ?? '';
    return `${name}: ${/^HTTP\/1.1 40[13] /.test(answer) ? 'refused' : (answer.split('\r\n\r\n')[1] ?? answer)}`;
  });

interface WithheldRequest {
  /** Sends the rest; returns the whole answer. */
  finish(): Promise<string>;
}

/** Sends all of a request but the last byte of its body, or the end of the file in it. */
async function sendWithheld({ cookie }: TestUser, request: ChangingRequest): Promise<WithheldRequest> {
  const { hostname, port, host } = new URL(origin);
  const body = Buffer.from(request.body);
  const withheld = request.contentType === 'application/json' ? 1 : 20;
  const socket = connect(Number(port), hostname);
  let received = '';
  socket.on('data', (chunk) => (received += chunk.toString()));
  const closed = new Promise<string>((resolve) => {
    socket.once('close', () => resolve(received));
    socket.once('error', () => resolve(received));
  });
  const head = [
    `${request.method} ${request.url} HTTP/1.1`,
    `Host: ${host}`,
    `Cookie: ${cookie}`,
    `Content-Type: ${request.contentType}`,
    `Content-Length: ${body.byteLength}`,
    'Connection: close',
    '\r\n',
  ].join('\r\n');
  await new Promise<void>((resolve) => {
    socket.write(Buffer.concat([Buffer.from(head), body.subarray(0, -withheld)]), () => resolve());
  });
  return {
    finish() {
      socket.write(body.subarray(-withheld));
      return closed;
    },
  };
}

/** Counters of the process itself, not anybody's doing, and when people were last there. */
const livingTables = new Set(['rate_limits', 'replicas', 'audit_checkpoints', 'user_activity']);

/** A digest of every table's rows, and the names of all stored files. */
async function snapshot(): Promise<Record<string, string>> {
  const tables = await database.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  );
  const digests: Record<string, string> = {};
  for (const { name } of tables.rows) {
    if (livingTables.has(name)) continue;
    const { rows } = await database.query<{ digest: string }>(
      `select count(*) || ' rows, ' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as digest from "${name}" t`,
    );
    digests[name] = rows[0]?.digest ?? '';
  }
  const files = await readdir(join(server.home, 'workspaces'), { recursive: true }).catch(() => []);
  return { ...digests, files: files.filter((file) => file.includes('notes')).join() };
}
