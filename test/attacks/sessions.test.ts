import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startModelDouble, type ModelDouble } from '../../testkit/model-double.ts';
import { connectClient, type ChatClient } from '../chat/chat-client.ts';
import {
  createAdmin,
  createMember,
  createTestApp,
  request,
  signIn,
  testPassword,
  type TestApp,
  type TestUser,
} from '../create-test-app.ts';
import { createLicenceKeys } from '../licence-keys.ts';
import { auditRows, query } from '../test-database.ts';

// What somebody kept from better days: a session, an open socket, a link they made, a sign-in on its way.

let server: TestApp;
let double: ModelDouble;
let admin: TestUser;
let address: string;
beforeAll(async () => {
  double = await startModelDouble({ kind: 'ollama-local' });
  const keys = await createLicenceKeys();
  server = await createTestApp({
    environment: { PINCHY_LICENSE_PUBLIC_KEY: keys.publicKey, PINCHY_ENTERPRISE_KEY: await keys.sign() },
  });
  address = await server.listen();
  admin = await createAdmin(server.app);
  await admin.request('POST', '/api/settings/providers', { provider: 'ollama-local', baseUrl: double.url });
});
afterAll(async () => {
  await server?.close();
  await double?.close();
});

const open = (user: TestUser): Promise<ChatClient> =>
  connectClient(`${address.replace('http', 'ws')}/api/ws`, { cookie: user.cookie });
const me = async (user: TestUser) => (await user.request('GET', '/api/users/me')).status;
const claim = (token: string, more: object = {}) =>
  request(server.app, 'POST', '/api/invite/claim', { body: { token, password: testPassword, ...more } });

/** Lets sign-ins verify the password, then holds them back before their session is stored. */
async function holdSessions(): Promise<{ waiting(): Promise<number>; letGo(): Promise<void> }> {
  const client = new Client({ connectionString: server.databaseUrl });
  await client.connect();
  await client.query('begin; lock table sessions in share mode');
  return {
    async waiting() {
      const blocked = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      return (await query(server.databaseUrl, blocked)).length;
    },
    async letGo() {
      await client.query('rollback');
      await client.end();
    },
  };
}

describe('a sign-in with the old password that is on its way', () => {
  test.each([
    ['a reset', (user: TestUser) => admin.request('POST', `/api/users/${user.id}/reset`)],
    ['a deactivation', (user: TestUser) => admin.request('DELETE', `/api/users/${user.id}`)],
  ])('does not outlive %s', async (_name, end) => {
    const user = await createMember(server.app, admin);
    await user.request('POST', '/api/auth/sign-out');
    const held = await holdSessions();
    const signing = signIn(server.app, user.email);
    await expect.poll(held.waiting, { interval: 10 }).toBe(1);
    let isOver = false;
    const ending = end(user).finally(() => (isOver = true));
    await expect.poll(async () => isOver || (await held.waiting()) > 1, { interval: 10 }).toBe(true);
    await held.letGo();
    const [thief] = await Promise.all([signing, ending]);
    await admin.request('POST', `/api/users/${user.id}/reactivate`);
    expect(await me(thief)).toBe(401);
  });

  test('many at once all get in, one after the other or not', async () => {
    const user = await createMember(server.app, admin);
    const sessions = await Promise.all(Array.from({ length: 6 }, () => signIn(server.app, user.email)));
    expect(await Promise.all(sessions.map(me))).toEqual([200, 200, 200, 200, 200, 200]);
  });
});

test('a session that ended with a deactivation stays ended when the person comes back', async () => {
  const user = await createMember(server.app, admin);
  await admin.request('DELETE', `/api/users/${user.id}`);
  expect(await me(user)).toBe(401);
  await admin.request('POST', `/api/users/${user.id}/reactivate`);
  expect(await me(user)).toBe(401);
  expect(await me(await signIn(server.app, user.email))).toBe(200);
});

test('a demoted admin’s open socket reaches no agent that only admins see, and a running answer ends', async () => {
  const second = await createMember(server.app, admin, { role: 'admin' });
  const group = (await admin.request('POST', '/api/groups', { name: 'Board' })).body.id;
  const agentId = (await admin.request('POST', '/api/agents', { name: 'Board', templateId: 'custom' })).body.id;
  await admin.request('PATCH', `/api/agents/${agentId}`, { visibility: 'restricted', groupIds: [group] });
  const client = await open(second);
  double.respondNext([{ text: 'The board says: ' }, { wait: 60_000 }, { text: 'secret' }]);
  client.say(agentId, 'What does the board say?');
  await client.next('chunk');
  await admin.request('PATCH', `/api/users/${second.id}`, { role: 'member' });
  await client.next('complete', undefined, 3_000);
  const before = client.all('error').length;
  client.say(agentId, 'And now?');
  client.send({ type: 'history', agentId });
  await expect.poll(() => client.all('error').length).toBe(before + 2);
  expect(client.all('error').slice(before)).toMatchObject([{ code: 'not_found' }, { code: 'not_found' }]);
  expect(client.text()).not.toContain('secret');
  await client.close();
});

describe('links that somebody made', () => {
  const make = async (by: TestUser, forUser: TestUser) => {
    const invite = async (role: string) => (await by.request('POST', '/api/users/invite', { role })).body;
    const reset = (await by.request('POST', `/api/users/${forUser.id}/reset`, { blockPassword: false })).body
      .token as string;
    return { admin: await invite('admin'), member: await invite('member'), reset };
  };

  test.each([
    ['demoted', (user: TestUser) => admin.request('PATCH', `/api/users/${user.id}`, { role: 'member' })],
    ['deactivated', (user: TestUser) => admin.request('DELETE', `/api/users/${user.id}`)],
  ])('let nobody in once they are %s, and take no seat', async (_name, end) => {
    const bad = await createMember(server.app, admin, { role: 'admin' });
    const victim = await createMember(server.app, admin, { role: 'admin' });
    const links = await make(bad, victim);
    expect((await end(bad)).status).toBe(200);
    const people = async () => (await admin.request('GET', '/api/users')).body.users.length as number;
    const before = await people();
    for (const token of [links.admin.token, links.member.token, links.reset]) {
      expect((await request(server.app, 'GET', `/api/invite/${token}`)).status).toBe(404);
      const answer = await claim(token, { name: 'Back Again', email: `${crypto.randomUUID()}@example.com` });
      expect(answer.status).toBe(400);
    }
    expect(await people()).toBe(before);
    await expect(signIn(server.app, victim.email)).resolves.toBeDefined();
    const left = (await admin.request('GET', '/api/users/invites')).body as { id: string }[];
    expect(left.map(({ id }) => id)).not.toContain(links.admin.id);
    const revoked = await auditRows(server.databaseUrl, 'user.invite_revoked');
    expect(revoked.slice(-2).map(({ resource }) => resource)).toEqual(
      expect.arrayContaining([`invite:${links.admin.id}`, `invite:${links.member.id}`]),
    );
  });

  test('work on for those made by others, and used ones stay on record', async () => {
    const bad = await createMember(server.app, admin, { role: 'admin' });
    const mine = (await admin.request('POST', '/api/users/invite', { role: 'member' })).body;
    const used = (await bad.request('POST', '/api/users/invite', { role: 'member' })).body;
    const details = { name: 'New', email: `${crypto.randomUUID()}@example.com` };
    expect((await claim(used.token, details)).status).toBe(201);
    await admin.request('DELETE', `/api/users/${bad.id}`);
    const list = (await admin.request('GET', '/api/users/invites')).body as { id: string; status: string }[];
    expect(list.find(({ id }) => id === mine.id)?.status).toBe('pending');
    expect(list.find(({ id }) => id === used.id)?.status).toBe('claimed');
  });

  test('to set a password end with a deactivation, also when the person comes back', async () => {
    const user = await createMember(server.app, admin);
    const { token } = (await admin.request('POST', `/api/users/${user.id}/reset`)).body;
    await admin.request('DELETE', `/api/users/${user.id}`);
    await admin.request('POST', `/api/users/${user.id}/reactivate`);
    expect((await claim(token)).status).toBe(400);
  });

  test('a demotion at the same instant leaves none behind', async () => {
    // Not the admin who demotes: whose session was ended by the reset demotes nobody any more.
    const target = await createMember(server.app, admin, { role: 'admin' });
    for (let round = 0; round < 5; round++) {
      const bad = await createMember(server.app, admin, { role: 'admin' });
      const [demotion, ...made] = await Promise.all([
        admin.request('PATCH', `/api/users/${bad.id}`, { role: 'member' }),
        ...Array.from({ length: 4 }, () => bad.request('POST', '/api/users/invite', { role: 'admin' })),
        bad.request('POST', `/api/users/${target.id}/reset`),
      ]);
      expect(demotion?.status).toBe(200);
      for (const answer of made) {
        expect([201, 401, 403]).toContain(answer.status);
        if (answer.status !== 201) continue;
        expect((await request(server.app, 'GET', `/api/invite/${answer.body.token}`)).status).toBe(404);
      }
    }
  });

  test('two resets at once leave one that works', async () => {
    const user = await createMember(server.app, admin);
    const second = await createMember(server.app, admin, { role: 'admin' });
    const reset = (by: TestUser) => by.request('POST', `/api/users/${user.id}/reset`);
    const made = await Promise.all([reset(admin), reset(second), reset(admin)]);
    expect(made.map(({ status }) => status)).toEqual([201, 201, 201]);
    const claims = [];
    for (const { body } of made) claims.push((await claim(body.token)).status);
    expect(claims.toSorted()).toEqual([201, 400, 400]);
  });
});

test('sign-ins, resets, claims, changes of role and password and deactivations at once never block one another', async () => {
  const boss = await createMember(server.app, admin, { role: 'admin' });
  const [first, second] = [
    await createMember(server.app, admin, { role: 'admin' }),
    await createMember(server.app, admin, { role: 'admin' }),
  ];
  for (let round = 0; round < 4; round++) {
    const reset = (await boss.request('POST', `/api/users/${first.id}/reset`)).body.token as string;
    const passwords = { currentPassword: testPassword, newPassword: testPassword };
    const answers = await Promise.all([
      ...[first, second, first].map(({ email }) =>
        request(server.app, 'POST', '/api/auth/sign-in/email', { body: { email, password: testPassword } }),
      ),
      claim(reset),
      second.request('POST', '/api/users/me/password', passwords),
      boss.request('POST', `/api/users/${second.id}/reset`, { blockPassword: false }),
      second.request('POST', `/api/users/${first.id}/reset`, { blockPassword: round % 2 === 0 }),
      boss.request('PATCH', `/api/users/${first.id}`, { role: round % 2 === 0 ? 'member' : 'admin' }),
      second.request('POST', '/api/users/invite', { role: 'member' }),
      boss.request('DELETE', `/api/users/${second.id}`),
    ]);
    for (const { status, text } of answers) expect(status, text).toBeLessThan(500);
    await boss.request('POST', `/api/users/${second.id}/reactivate`);
    const again = await request(server.app, 'POST', '/api/auth/sign-in/email', {
      body: { email: second.email, password: testPassword },
    });
    expect(again.status, again.text).toBe(200);
    Object.assign(second, await signIn(server.app, second.email));
  }
});

test('a person has fifty sessions at most, so that calls are not multiplied: the oldest end, others’ do not', async () => {
  const [user, other] = [await createMember(server.app, admin), await createMember(server.app, admin)];
  // All before those that sign in below, however soon that is.
  await query(
    server.databaseUrl,
    `with own as (update sessions set created_at = now() - interval '1 hour' where user_id = $1)
     insert into sessions (token, user_id, expires_at, created_at)
     select 'made-up-' || n, $1, now() + interval '1 day', now() - interval '1 minute' + interval '1 millisecond' * n
     from generate_series(1, 60) as n`,
    [user.id],
  );
  expect(await me(user)).toBe(200);
  const newest = await Promise.all([signIn(server.app, user.email), signIn(server.app, user.email)]);
  expect(await me(user)).toBe(401);
  expect(await Promise.all(newest.map(me))).toEqual([200, 200]);
  await signIn(server.app, user.email);
  const left = await query(server.databaseUrl, 'select 1 from sessions where user_id = $1', [user.id]);
  expect(left).toHaveLength(50);
  expect(await me(other)).toBe(200);
});
