import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createAdmin,
  createTestApp,
  request,
  signIn,
  testPassword,
  type TestApp,
  type TestUser,
} from '../create-test-app.ts';
import { createLicenceKeys, type LicenceKeys } from '../licence-keys.ts';
import { auditRows, query, refuseAuditEvent } from '../test-database.ts';

let server: TestApp;
let admin: TestUser;
let keys: LicenceKeys;
beforeAll(async () => {
  keys = await createLicenceKeys();
  server = await createTestApp({ environment: { PINCHY_LICENSE_PUBLIC_KEY: keys.publicKey } });
  admin = await createAdmin(server.app);
});
afterAll(() => server.close());

const newEmail = () => `${crypto.randomUUID()}@example.com`;
const invite = async (body: object = { role: 'member' }) =>
  (await admin.request('POST', '/api/users/invite', body)).body;
const claim = (body: object) =>
  request(server.app, 'POST', '/api/invite/claim', { body: { name: 'Bob', password: testPassword, ...body } });
const look = (token: string) => request(server.app, 'GET', `/api/invite/${token}`);
const listed = async (id: string) =>
  ((await admin.request('GET', '/api/users/invites')).body as { id: string; status: string }[]).find(
    (each) => each.id === id,
  );

describe('inviting', () => {
  test('answers with the token once and stores only its hash', async () => {
    const email = newEmail();
    const answer = await admin.request('POST', '/api/users/invite', { role: 'member', email: email.toUpperCase() });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      id: expect.any(String),
      token: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      email,
      name: null,
      role: 'member',
      type: 'invite',
      groups: [],
      expiresAt: expect.any(String),
      createdAt: expect.any(String),
    });
    const { id, token, expiresAt, createdAt } = answer.body;
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBeCloseTo(7 * 86_400_000, -4);
    expect(await listed(id)).toEqual({
      id,
      email,
      name: null,
      role: 'member',
      status: 'pending',
      groups: [],
      expiresAt,
      createdAt,
    });
    const stored = JSON.stringify(await query(server.databaseUrl, 'select * from invites where id = $1', [id]));
    expect(stored).not.toContain(token);
    const row = (await auditRows(server.databaseUrl, 'user.invited')).at(-1);
    expect(row).toMatchObject({ actor_id: admin.id, resource: `invite:${id}`, detail: { role: 'member' } });
    expect(JSON.stringify(row)).not.toContain(email);
    expect(JSON.stringify(row)).not.toContain(token);
  });

  test('a wrong role, address or group is 400; groups without a licence are 403', async () => {
    for (const body of [{}, { role: 'owner' }, { role: 'member', email: 'x' }, { role: 'member', groupIds: ['x'] }])
      expect((await admin.request('POST', '/api/users/invite', body)).status, JSON.stringify(body)).toBe(400);
    const intoGroup = await admin.request('POST', '/api/users/invite', {
      role: 'member',
      groupIds: [crypto.randomUUID()],
    });
    expect(intoGroup.status).toBe(403);
    expect(intoGroup.body.code).toBe('licence_required');
  });

  test('the list is newest first; a revoked one is gone and cannot be claimed', async () => {
    const first = await invite();
    const second = await invite();
    const ids = ((await admin.request('GET', '/api/users/invites')).body as { id: string }[]).map(({ id }) => id);
    expect(ids.indexOf(second.id)).toBeLessThan(ids.indexOf(first.id));
    expect((await admin.request('DELETE', `/api/users/invites/${first.id}`)).body).toEqual({ success: true });
    expect(await listed(first.id)).toBeUndefined();
    expect((await look(first.token)).status).toBe(404);
    expect((await claim({ token: first.token, email: newEmail() })).status).toBe(400);
    expect((await admin.request('DELETE', `/api/users/invites/${first.id}`)).status).toBe(404);
    expect((await auditRows(server.databaseUrl, 'user.invite_revoked')).at(-1)).toMatchObject({
      resource: `invite:${first.id}`,
    });
  });
});

describe('claiming', () => {
  test('makes the account with its role and Smithers, and can then sign in', async () => {
    const email = newEmail();
    const { token, id } = await invite({ role: 'admin', email });
    expect((await look(token)).body).toEqual({ type: 'invite', email, name: null });
    const answer = await claim({ token });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({ success: true });
    const bob = await signIn(server.app, email);
    expect((await bob.request('GET', '/api/users/me')).body).toMatchObject({ name: 'Bob', role: 'admin' });
    const own = ((await bob.request('GET', '/api/agents')).body as { ownerId: string; isPersonal: boolean }[]).filter(
      (agent) => agent.isPersonal && agent.ownerId === bob.id,
    );
    expect(own).toHaveLength(1);
    expect(await listed(id)).toMatchObject({ status: 'claimed' });
    expect((await look(token)).status).toBe(410);
    expect((await claim({ token })).status).toBe(400);
    expect((await admin.request('DELETE', `/api/users/invites/${id}`)).status).toBe(404);
  });

  test('a name that was given is suggested and used, unless another one is chosen; the trail can forget it', async () => {
    const [one, two] = [newEmail(), newEmail()];
    const first = await invite({ role: 'member', email: one, name: '  Zoë Ünique ' });
    expect(first.name).toBe('Zoë Ünique');
    expect(await listed(first.id)).toMatchObject({ name: 'Zoë Ünique' });
    expect((await look(first.token)).body).toEqual({ type: 'invite', email: one, name: 'Zoë Ünique' });
    const claimed = { token: first.token, password: testPassword };
    expect((await request(server.app, 'POST', '/api/invite/claim', { body: claimed })).status).toBe(201);
    expect((await (await signIn(server.app, one)).request('GET', '/api/users/me')).body.name).toBe('Zoë Ünique');
    const second = await invite({ role: 'member', email: two, name: 'Zed' });
    await claim({ token: second.token, name: 'Zelda' });
    expect((await (await signIn(server.app, two)).request('GET', '/api/users/me')).body.name).toBe('Zelda');
    expect((await auditRows(server.databaseUrl, 'user.invited')).at(-1)).toMatchObject({ detail: { name: 'Zed' } });
    const signed = await query(server.databaseUrl, 'select detail::text from audit_entries');
    expect(JSON.stringify(signed)).not.toContain('Ünique');
    expect((await admin.request('POST', '/api/users/invite', { role: 'member', name: 'x'.repeat(101) })).status).toBe(
      400,
    );
  });

  test('an invite without an address asks for one', async () => {
    const { token } = await invite();
    expect((await look(token)).body).toEqual({ type: 'invite', email: null, name: null });
    const missing = await claim({ token });
    expect(missing.status).toBe(400);
    expect(missing.body.details.fieldErrors).toHaveProperty('email');
    const email = newEmail();
    expect((await claim({ token, email })).status).toBe(201);
    expect((await signIn(server.app, email)).email).toBe(email);
  });

  test('wrong claims are 400 with their field and use nothing up', async () => {
    const { token } = await invite({ role: 'member', email: newEmail() });
    const cases: [object, string][] = [
      [{ token, password: 'short' }, 'password'],
      [{ token, password: 'iloveyou1' }, 'password'],
      [{ token, name: undefined }, 'name'],
      [{ token, name: ' ' }, 'name'],
      [{ token, email: newEmail() }, 'email'],
      [{ token: 'nonsense' }, 'token'],
      [{ token, role: 'admin' }, 'role'],
    ];
    for (const [body, field] of cases) {
      const answer = await claim(body);
      expect(answer.status, JSON.stringify(body)).toBe(400);
      expect(Object.keys(answer.body.details.fieldErrors)).toEqual([field]);
    }
    expect((await claim({ token })).status).toBe(201);
  });

  test('an unknown token is 404 to look at, an expired one 410 and 400 to claim', async () => {
    expect((await look('x'.repeat(43))).status).toBe(404);
    expect((await look('x'.repeat(250))).status).toBe(400);
    const { token, id } = await invite();
    await query(server.databaseUrl, `update invites set expires_at = now() where id = $1`, [id]);
    expect((await look(token)).status).toBe(410);
    expect((await claim({ token, email: newEmail() })).status).toBe(400);
    expect(await listed(id)).toMatchObject({ status: 'expired' });
    expect((await admin.request('DELETE', `/api/users/invites/${id}`)).status).toBe(404);
  });

  test('an address that has an account is 400', async () => {
    for (const body of [{ role: 'member', email: admin.email }, { role: 'member' }]) {
      const { token } = await invite(body);
      const answer = await claim({ token, ...(!('email' in body) && { email: 'Admin@Example.com' }) });
      expect(answer.status).toBe(400);
      expect(answer.body.details.fieldErrors).toHaveProperty('email');
    }
  });

  test('of two claims of one token at the same instant one wins', async () => {
    const { token } = await invite();
    const answers = await Promise.all([newEmail(), newEmail()].map((email) => claim({ token, email })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 400]);
  });

  test('of two invites claimed for one address at the same instant one wins', async () => {
    const email = newEmail();
    const [first, second] = [await invite(), await invite()];
    const answers = await Promise.all([first, second].map(({ token }) => claim({ token, email })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 400]);
  });

  test('one that cannot be recorded makes no account and uses nothing up', async () => {
    const email = newEmail();
    const { token } = await invite({ role: 'member', email });
    const allow = await refuseAuditEvent(server.databaseUrl, 'user.created');
    expect((await claim({ token })).status).toBe(500);
    await allow();
    expect(await query(server.databaseUrl, 'select id from users where email = $1', [email])).toEqual([]);
    expect((await look(token)).status).toBe(200);
    expect((await claim({ token })).status).toBe(201);
  });
});

describe('with a licence', () => {
  beforeAll(async () => {
    expect((await admin.request('PUT', '/api/enterprise/key', { key: await keys.sign() })).status).toBe(200);
  });

  test('an invite into groups joins them on the claim', async () => {
    const group = (await admin.request('POST', '/api/groups', { name: 'Engineering' })).body;
    const email = newEmail();
    const created = await invite({ role: 'member', email, groupIds: [group.id] });
    expect(created.groups).toEqual([{ id: group.id, name: 'Engineering' }]);
    expect(await listed(created.id)).toMatchObject({ groups: [{ id: group.id, name: 'Engineering' }] });
    expect((await claim({ token: created.token })).status).toBe(201);
    const users = (await admin.request('GET', '/api/users')).body.users as { email: string; groups: object[] }[];
    expect(users.find((user) => user.email === email)?.groups).toEqual([{ id: group.id, name: 'Engineering' }]);
  });

  test('an unknown group is 400 and makes no invite; one deleted meanwhile does not hinder the claim', async () => {
    const before = (await admin.request('GET', '/api/users/invites')).body.length;
    const unknown = await admin.request('POST', '/api/users/invite', {
      role: 'member',
      groupIds: [crypto.randomUUID()],
    });
    expect(unknown.status).toBe(400);
    expect((await admin.request('GET', '/api/users/invites')).body).toHaveLength(before);
    const group = (await admin.request('POST', '/api/groups', { name: 'Short-lived' })).body;
    const { token } = await invite({ role: 'member', email: newEmail(), groupIds: [group.id] });
    await admin.request('DELETE', `/api/groups/${group.id}`);
    expect((await claim({ token })).status).toBe(201);
  });

  test('beyond the seats an invite is 403 seat_limit, also for two at the same instant; revoking frees one', async () => {
    await query(server.databaseUrl, `delete from invites where claimed_at is null`);
    const status = async () => (await admin.request('GET', '/api/enterprise/status')).body;
    const { seatsUsed } = await status();
    await admin.request('PUT', '/api/enterprise/key', { key: await keys.sign({ maxUsers: seatsUsed + 1 }) });
    const post = () => admin.request('POST', '/api/users/invite', { role: 'member' });
    const answers = await Promise.all([post(), post()]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 403]);
    expect(answers.find((answer) => answer.status === 403)?.body.code).toBe('seat_limit');
    expect(await status()).toMatchObject({ seatsUsed: seatsUsed + 1, maxUsers: seatsUsed + 1 });
    const pending = answers.find((answer) => answer.status === 201)?.body.id as string;
    await admin.request('DELETE', `/api/users/invites/${pending}`);
    expect((await post()).status).toBe(201);
    await admin.request('PUT', '/api/enterprise/key', { key: await keys.sign() });
    expect((await post()).status).toBe(201);
  });
});
