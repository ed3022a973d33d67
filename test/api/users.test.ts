import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
import { auditRows, query, refuseAuditEvent } from '../test-database.ts';

let server: TestApp;
let admin: TestUser;
let member: TestUser;
beforeAll(async () => {
  server = await createTestApp();
  admin = await createAdmin(server.app);
  member = await createMember(server.app, admin, { name: 'Mia' });
});
afterAll(() => server.close());

const list = async () => (await admin.request('GET', '/api/users')).body.users as { id: string }[];
const find = async (id: string) => (await list()).find((user) => user.id === id);
const lastRow = async (eventType: string) => (await auditRows(server.databaseUrl, eventType)).at(-1);

test('the list is newest first, in the promised shape', async () => {
  const users = await list();
  expect(users.at(-1)).toEqual({
    id: admin.id,
    name: 'Ada Admin',
    email: admin.email,
    role: 'admin',
    banned: false,
    groups: [],
    createdAt: expect.any(String),
    lastActiveAt: expect.any(String),
  });
  expect(users.findIndex(({ id }) => id === member.id)).toBeLessThan(users.findIndex(({ id }) => id === admin.id));
});

describe('roles', () => {
  test('a change is recorded as a difference; the same role again writes nothing', async () => {
    expect((await admin.request('PATCH', `/api/users/${member.id}`, { role: 'admin' })).body).toEqual({
      success: true,
    });
    expect(await find(member.id)).toMatchObject({ role: 'admin' });
    expect(await lastRow('user.updated')).toMatchObject({
      actor_id: admin.id,
      resource: `user:${member.id}`,
      detail: { name: 'Mia', changes: { role: { from: 'member', to: 'admin' } } },
    });
    const before = (await auditRows(server.databaseUrl)).length;
    await admin.request('PATCH', `/api/users/${member.id}`, { role: 'admin' });
    expect(await auditRows(server.databaseUrl)).toHaveLength(before);
    await admin.request('PATCH', `/api/users/${member.id}`, { role: 'member' });
  });

  test('an invalid role, oneself and nobody are refused', async () => {
    for (const body of [{ role: 'owner' }, {}, { role: 'member', name: 'x' }])
      expect((await admin.request('PATCH', `/api/users/${member.id}`, body)).status).toBe(400);
    expect((await admin.request('PATCH', `/api/users/${admin.id}`, { role: 'member' })).status).toBe(400);
    expect((await admin.request('PATCH', `/api/users/${admin.id}`, { role: 'admin' })).status).toBe(400);
    const nobody = `/api/users/${crypto.randomUUID()}`;
    expect((await admin.request('PATCH', nobody, { role: 'member' })).status).toBe(404);
  });

  test('two admins who demote or deactivate each other at the same instant leave one', async () => {
    const other = await createMember(server.app, admin, { role: 'admin' });
    for (const attempt of [
      () => [
        admin.request('PATCH', `/api/users/${other.id}`, { role: 'member' }),
        other.request('PATCH', `/api/users/${admin.id}`, { role: 'member' }),
      ],
      () => [admin.request('DELETE', `/api/users/${other.id}`), other.request('DELETE', `/api/users/${admin.id}`)],
    ]) {
      const statuses = (await Promise.all(attempt())).map(({ status }) => status);
      expect(statuses.filter((status) => status === 200)).toHaveLength(1);
      const [{ count } = { count: 0 }] = await query<{ count: number }>(
        server.databaseUrl,
        `select count(*)::int as count from users where role = 'admin' and not banned`,
      );
      expect(count).toBe(1);
      await query(server.databaseUrl, `update users set role = 'admin', banned = false where id = any($1)`, [
        [admin.id, other.id],
      ]);
      Object.assign(admin, await signIn(server.app, admin.email));
      Object.assign(other, await signIn(server.app, other.email));
    }
    await admin.request('DELETE', `/api/users/${other.id}`);
  });
});

describe('deactivation', () => {
  test('revokes sessions, keeps the account, hides the personal agent; reactivation brings all of it back', async () => {
    const other = await createMember(server.app, admin, { name: 'Otto' });
    const [personal] = (await other.request('GET', '/api/agents')).body;
    const agentIds = async () =>
      ((await admin.request('GET', '/api/agents')).body as { id: string }[]).map(({ id }) => id);
    expect(await agentIds()).toContain(personal.id);

    expect((await admin.request('DELETE', `/api/users/${other.id}`)).body).toEqual({ success: true });
    expect(await find(other.id)).toMatchObject({ banned: true });
    expect((await other.request('GET', '/api/users/me')).status).toBe(401);
    expect(await query(server.databaseUrl, 'select id from sessions where user_id = $1', [other.id])).toEqual([]);
    expect(await agentIds()).not.toContain(personal.id);
    expect(await lastRow('user.deactivated')).toMatchObject({ resource: `user:${other.id}`, detail: { name: 'Otto' } });

    expect((await admin.request('POST', `/api/users/${other.id}/reactivate`)).body).toEqual({ success: true });
    expect(await find(other.id)).toMatchObject({ banned: false });
    expect(await agentIds()).toContain(personal.id);
    expect((await signIn(server.app, other.email)).id).toBe(other.id);
    expect(await lastRow('user.reactivated')).toMatchObject({ resource: `user:${other.id}` });
  });

  test('whoever was deactivated is not invited again, but can be reactivated', async () => {
    const other = await createMember(server.app, admin, { name: 'Rita' });
    const invite = async (email: string) => {
      const answer = await admin.request('POST', '/api/users/invite', { email, role: 'member' });
      return [answer.status, answer.body.details?.fieldErrors.email?.[0]];
    };
    await admin.request('DELETE', `/api/users/${other.id}`);
    const before = (await admin.request('GET', '/api/users/invites')).body.length;
    for (const email of [other.email, other.email.toUpperCase()]) {
      expect(await invite(email)).toEqual([
        400,
        'Rita has an account with this address, which is deactivated. Reactivate it instead.',
      ]);
    }
    expect((await admin.request('GET', '/api/users/invites')).body).toHaveLength(before);
  });

  test('oneself is 400, nobody 404, and reactivating needs someone deactivated', async () => {
    expect((await admin.request('DELETE', `/api/users/${admin.id}`)).status).toBe(400);
    expect((await admin.request('DELETE', `/api/users/${crypto.randomUUID()}`)).status).toBe(404);
    expect((await admin.request('POST', `/api/users/${member.id}/reactivate`)).status).toBe(404);
    expect((await admin.request('POST', `/api/users/${crypto.randomUUID()}/reactivate`)).status).toBe(404);
  });

  test('one that cannot be recorded does not happen', async () => {
    const allow = await refuseAuditEvent(server.databaseUrl, 'user.deactivated');
    expect((await admin.request('DELETE', `/api/users/${member.id}`)).status).toBe(500);
    await allow();
    expect(await find(member.id)).toMatchObject({ banned: false });
    expect((await member.request('GET', '/api/users/me')).status).toBe(200);
  });
});

describe('password resets', () => {
  test('a reset ends all sessions; its token sets a password once, without a name', async () => {
    const other = await createMember(server.app, admin);
    const { status, body } = await admin.request('POST', `/api/users/${other.id}/reset`, { blockPassword: false });
    expect(status).toBe(201);
    expect(Object.keys(body)).toEqual(['token']);
    expect(body.token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect((await other.request('GET', '/api/users/me')).status).toBe(401);
    expect((await request(server.app, 'GET', `/api/invite/${body.token}`)).body).toEqual({
      type: 'reset',
      email: other.email,
      name: null,
    });
    const claim = () =>
      request(server.app, 'POST', '/api/invite/claim', {
        body: { token: body.token, password: 'a brand new password' },
      });
    const session = await signIn(server.app, other.email);
    expect((await claim()).status).toBe(201);
    expect((await session.request('GET', '/api/users/me')).status).toBe(401);
    expect((await signIn(server.app, other.email, 'a brand new password')).id).toBe(other.id);
    await expect(signIn(server.app, other.email, testPassword)).rejects.toThrow(/401/);
    expect((await claim()).status).toBe(400);
    expect((await request(server.app, 'GET', `/api/invite/${body.token}`)).status).toBe(410);
    expect(await lastRow('user.password_changed')).toMatchObject({ detail: { method: 'reset' } });
    expect((await admin.request('GET', '/api/users/invites')).body).toEqual(
      expect.not.arrayContaining([expect.objectContaining({ email: other.email, status: 'pending' })]),
    );
  });

  test('a newer reset replaces the older; a deactivated person’s is not taken; nobody is 404', async () => {
    const other = await createMember(server.app, admin);
    const first = (await admin.request('POST', `/api/users/${other.id}/reset`)).body.token as string;
    const second = (await admin.request('POST', `/api/users/${other.id}/reset`)).body.token as string;
    expect((await request(server.app, 'GET', `/api/invite/${first}`)).status).toBe(404);
    await admin.request('DELETE', `/api/users/${other.id}`);
    const claim = await request(server.app, 'POST', '/api/invite/claim', {
      body: { token: second, password: 'a brand new password' },
    });
    expect(claim.status).toBe(400);
    expect((await admin.request('POST', `/api/users/${crypto.randomUUID()}/reset`)).status).toBe(404);
  });

  const reset = (id: string, body?: unknown) => admin.request('POST', `/api/users/${id}/reset`, body);
  const claim = (token: string, password: string) =>
    request(server.app, 'POST', '/api/invite/claim', { body: { token, password } });
  const trySignIn = (email: string, password = testPassword) =>
    request(server.app, 'POST', '/api/auth/sign-in/email', { body: { email, password } });

  test.each([
    ['without a body', undefined],
    ['with an empty one', {}],
    ['when asked to', { blockPassword: true }],
  ])('the old password is blocked at once, %s, until the link sets another', async (_name, body) => {
    const other = await createMember(server.app, admin);
    expect(await find(other.id)).not.toHaveProperty('passwordBlocked');
    const { token } = (await reset(other.id, body)).body;
    const refused = await trySignIn(other.email);
    const wrong = await trySignIn(admin.email, 'a wrong password');
    expect({ status: refused.status, body: refused.body }).toEqual({ status: 401, body: wrong.body });
    expect(refused.headers['set-cookie']).toBeUndefined();
    expect(await find(other.id)).toMatchObject({ passwordBlocked: true });
    expect(await lastRow('user.reset_requested')).toMatchObject({
      actor_id: admin.id,
      resource: `user:${other.id}`,
      detail: { name: 'Mo Member', passwordBlocked: true },
    });
    expect((await claim(token, 'a brand new password')).status).toBe(201);
    expect(await find(other.id)).not.toHaveProperty('passwordBlocked');
    expect((await trySignIn(other.email)).status).toBe(401);
    expect((await trySignIn(other.email, 'a brand new password')).status).toBe(200);
  });

  test('it is left alone when the admin says so, which the trail tells', async () => {
    const other = await createMember(server.app, admin);
    expect((await reset(other.id, { blockPassword: false })).status).toBe(201);
    expect((await trySignIn(other.email)).status).toBe(200);
    expect(await find(other.id)).not.toHaveProperty('passwordBlocked');
    expect(await lastRow('user.reset_requested')).toMatchObject({ detail: { passwordBlocked: false } });
    for (const body of [{ blockPassword: 'yes' }, { blockPassword: null }, { block: true }, [], 'true'])
      expect((await reset(other.id, body)).status, JSON.stringify(body)).toBe(400);
  });

  test('it stays blocked when the link expires, is replaced, or ends with whoever made it, and after a deactivation', async () => {
    const second = await createMember(server.app, admin, { role: 'admin' });
    const other = await createMember(server.app, admin);
    const expectBlocked = async () => {
      expect((await trySignIn(other.email)).status).toBe(401);
      expect(await find(other.id)).toMatchObject({ passwordBlocked: true });
    };
    await reset(other.id);
    await query(server.databaseUrl, `update invites set expires_at = now() where user_id = $1`, [other.id]);
    await expectBlocked();
    await second.request('POST', `/api/users/${other.id}/reset`, { blockPassword: false });
    await expectBlocked();
    await admin.request('DELETE', `/api/users/${second.id}`);
    await expectBlocked();
    await admin.request('DELETE', `/api/users/${other.id}`);
    await admin.request('POST', `/api/users/${other.id}/reactivate`);
    await expectBlocked();
    const { token } = (await reset(other.id)).body;
    expect((await claim(token, 'a brand new password')).status).toBe(201);
    expect((await trySignIn(other.email, 'a brand new password')).status).toBe(200);
  });

  test('nobody blocks their own: asked to it is 400 and nothing happens, not asked it is left alone', async () => {
    const second = await createMember(server.app, admin, { role: 'admin' });
    const self = (body?: unknown) => second.request('POST', `/api/users/${second.id}/reset`, body);
    const refused = await self({ blockPassword: true });
    expect(refused.status).toBe(400);
    expect(refused.body.details.fieldErrors.blockPassword).toHaveLength(1);
    expect((await second.request('GET', '/api/users/me')).status).toBe(200);
    expect((await self()).status).toBe(201);
    expect((await second.request('GET', '/api/users/me')).status).toBe(401);
    expect((await trySignIn(second.email)).status).toBe(200);
  });

  test('two admins who reset each other at once never both end without a way in', async () => {
    for (let round = 0; round < 8; round++) {
      const [one, two] = [
        await createMember(server.app, admin, { role: 'admin' }),
        await createMember(server.app, admin, { role: 'admin' }),
      ];
      const answers = await Promise.all([
        one.request('POST', `/api/users/${two.id}/reset`),
        two.request('POST', `/api/users/${one.id}/reset`),
      ]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 401]);
      const blocked = await Promise.all([one, two].map(async ({ id }) => await find(id)));
      expect(blocked.filter((user) => user && 'passwordBlocked' in user)).toHaveLength(1);
    }
  });

  test('one that cannot be recorded blocks nothing', async () => {
    const other = await createMember(server.app, admin);
    const allow = await refuseAuditEvent(server.databaseUrl, 'user.reset_requested');
    expect((await reset(other.id)).status).toBe(500);
    await allow();
    expect((await other.request('GET', '/api/users/me')).status).toBe(200);
    expect((await trySignIn(other.email)).status).toBe(200);
  });

  test('the server’s shell opens a blocked account again', async () => {
    const other = await createMember(server.app, admin);
    await reset(other.id);
    const printed = await server.services.accounts.resetPasswordFromShell(other.email);
    expect((await trySignIn(other.email, printed)).status).toBe(200);
    expect(await find(other.id)).not.toHaveProperty('passwordBlocked');
  });

  test('the API reference says what a reset does without a body', async () => {
    const { paths, components } = (await request(server.app, 'GET', '/api/openapi.json')).body;
    const operation = paths['/api/users/{id}/reset'].post;
    expect(operation.requestBody?.required ?? false).toBe(false);
    expect(JSON.stringify([operation.requestBody, components])).toMatch(/blockPassword.{0,200}True unless said/);
  });
});

describe('yourself', () => {
  test('reads and renames; an empty name is 400; the same name writes nothing', async () => {
    expect((await member.request('GET', '/api/users/me')).body).toMatchObject({ id: member.id, role: 'member' });
    expect((await member.request('PATCH', '/api/users/me', { name: '  Mia M.  ' })).body).toEqual({ success: true });
    expect((await member.request('GET', '/api/users/me')).body.name).toBe('Mia M.');
    expect(await lastRow('user.updated')).toMatchObject({
      detail: { changes: { name: { from: 'Mia', to: 'Mia M.' } } },
    });
    for (const body of [{}, { name: '' }, { name: '   ' }, { name: 7 }, { name: 'x'.repeat(101) }, { email: 'a@b.c' }])
      expect((await member.request('PATCH', '/api/users/me', body)).status).toBe(400);
    const before = (await auditRows(server.databaseUrl)).length;
    await member.request('PATCH', '/api/users/me', { name: 'Mia M.' });
    expect(await auditRows(server.databaseUrl)).toHaveLength(before);
  });

  test('has a context of at most 16,000 characters, which the trail never shows', async () => {
    expect((await member.request('GET', '/api/users/me/context')).body).toEqual({ content: '' });
    const content = `I am Mia. ${'é'.repeat(15_990)}`;
    expect((await member.request('PUT', '/api/users/me/context', { content })).body).toEqual({ success: true });
    expect((await member.request('GET', '/api/users/me/context')).body).toEqual({ content });
    for (const wrong of [{ content: `${content}!` }, { content: 7 }, {}, { content: null }, { content: 'a\0b' }])
      expect((await member.request('PUT', '/api/users/me/context', wrong)).status).toBe(400);
    expect(await lastRow('user.context_updated')).toMatchObject({
      detail: { fromCharacters: 0, toCharacters: 16_000, by: 'self' },
    });
    expect(JSON.stringify(await auditRows(server.databaseUrl))).not.toContain('I am Mia');
    expect((await admin.request('GET', '/api/users/me/context')).body).toEqual({ content: '' });
  });

  test('a password change ends the other sessions and keeps this one', async () => {
    const other = await createMember(server.app, admin);
    const second = await signIn(server.app, other.email);
    const change = (body: object) => other.request('POST', '/api/users/me/password', body);
    const next = 'a brand new password';
    expect((await change({ currentPassword: testPassword })).status).toBe(400);
    expect((await change({ currentPassword: testPassword, newPassword: 'short' })).status).toBe(400);
    expect((await change({ currentPassword: testPassword, newPassword: 'password123' })).status).toBe(400);
    expect((await change({ currentPassword: 'wrong password', newPassword: next })).status).toBe(401);
    expect((await second.request('GET', '/api/users/me')).status).toBe(200);
    expect((await change({ currentPassword: testPassword, newPassword: next })).body).toEqual({ success: true });
    expect((await other.request('GET', '/api/users/me')).status).toBe(200);
    expect((await second.request('GET', '/api/users/me')).status).toBe(401);
    expect((await signIn(server.app, other.email, next)).id).toBe(other.id);
  });
});
