import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  cookieOf,
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
beforeAll(async () => {
  server = await createTestApp();
  admin = await createAdmin(server.app);
});
afterAll(() => server.close());

const trySignIn = (body: object) => request(server.app, 'POST', '/api/auth/sign-in/email', { body });
const sessionsOf = async (userId: string) =>
  (await query(server.databaseUrl, 'select id from sessions where user_id = $1', [userId])).length;

describe('signing in', () => {
  test('answers as Better Auth does and sets a session cookie', async () => {
    const answer = await trySignIn({ email: admin.email, password: testPassword });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      redirect: false,
      token: expect.any(String),
      user: { id: admin.id, email: admin.email, name: 'Ada Admin', role: 'admin' },
    });
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toMatch(/^pinchy\.session_token=/);
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(cookie).toMatch(/Max-Age=604800/i);
  });

  test('the address may be written in capitals', async () => {
    expect((await trySignIn({ email: ' ADMIN@Example.com', password: testPassword })).status).toBe(200);
  });

  test('a wrong password and an unknown address get the same answer in our shape, and an audit row', async () => {
    const wrong = await trySignIn({ email: admin.email, password: 'wrong password' });
    const unknown = await trySignIn({ email: 'nobody@example.com', password: 'wrong password' });
    expect(wrong.status).toBe(401);
    expect(wrong.body).toEqual({ error: 'E-mail or password is wrong.', code: 'unauthenticated' });
    expect({ status: unknown.status, body: unknown.body }).toEqual({ status: 401, body: wrong.body });
    const [known, nobody] = (await auditRows(server.databaseUrl, 'auth.failed')).slice(-2);
    expect(known).toMatchObject({ actor_type: 'user', actor_id: admin.id, outcome: 'failure' });
    expect(nobody).toMatchObject({ actor_type: 'system', actor_id: null, outcome: 'failure' });
    expect(JSON.stringify([known, nobody])).not.toMatch(/nobody@|admin@|wrong password/);
    expect(nobody?.detail).toMatchObject({ emailHash: expect.any(String), emailPreview: expect.any(String) });
  });

  test('a crowd that signs in leaves the database to others', async () => {
    const observer = new Client({ connectionString: server.databaseUrl });
    await observer.connect();
    let isOver = false;
    let maxHeld = 0;
    const watch = async () => {
      while (!isOver) {
        const { rows } = await observer.query<{ held: number }>(
          `select count(*)::int as held from pg_stat_activity
           where datname = current_database() and state = 'idle in transaction'`,
        );
        maxHeld = Math.max(maxHeld, rows[0]?.held ?? 0);
        await sleep(5);
      }
    };
    const watching = watch();
    const crowd = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        trySignIn({ email: `person${index}@example.com`, password: 'a wrong password' }),
      ),
    );
    isOver = true;
    await watching;
    await observer.end();
    expect(crowd.filter(({ status }) => status === 401)).toHaveLength(40);
    // Three check a password, some write down that it was wrong; the pool has twenty.
    expect(maxHeld).toBeGreaterThan(0);
    expect(maxHeld).toBeLessThan(10);
  });

  test('wrong input is 400', async () => {
    for (const body of [{}, { email: admin.email }, { email: 'x', password: 'y' }, { email: [], password: {} }])
      expect((await trySignIn(body)).status, JSON.stringify(body)).toBe(400);
  });

  test('a deactivated person is told so, and gets no session', async () => {
    const other = await createMember(server.app, admin);
    await admin.request('DELETE', `/api/users/${other.id}`);
    const answer = await trySignIn({ email: other.email, password: testPassword });
    expect(answer.status).toBe(403);
    expect(answer.body.error).toMatch(/deactivated/);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(await sessionsOf(other.id)).toBe(0);
  });

  test('a session and its audit row commit together or not at all', async () => {
    const other = await createMember(server.app, admin);
    const before = await sessionsOf(other.id);
    const allow = await refuseAuditEvent(server.databaseUrl, 'auth.login');
    const answer = await trySignIn({ email: other.email, password: testPassword });
    await allow();
    expect(answer.status).toBe(500);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(await sessionsOf(other.id)).toBe(before);
    expect((await trySignIn({ email: other.email, password: testPassword })).status).toBe(200);
  });
});

describe('sessions', () => {
  test('get-session answers with session and user, and with null without one', async () => {
    const mine = await request(server.app, 'GET', '/api/auth/get-session', { cookie: admin.cookie });
    expect(mine.body).toMatchObject({ session: { userId: admin.id }, user: { id: admin.id, role: 'admin' } });
    const none = await request(server.app, 'GET', '/api/auth/get-session');
    expect(none.status).toBe(200);
    expect(none.body).toBeNull();
  });

  test('signing out ends this session only, and is recorded', async () => {
    const first = await signIn(server.app, admin.email);
    const second = await signIn(server.app, admin.email);
    const answer = await first.request('POST', '/api/auth/sign-out');
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ success: true });
    expect(String(answer.headers['set-cookie'])).toMatch(/pinchy\.session_token=;.*Max-Age=0/i);
    expect((await first.request('GET', '/api/users/me')).status).toBe(401);
    expect((await second.request('GET', '/api/users/me')).status).toBe(200);
    expect((await auditRows(server.databaseUrl, 'auth.logout')).at(-1)).toMatchObject({ actor_id: admin.id });
    expect((await first.request('POST', '/api/auth/sign-out')).status).toBe(401);
  });

  test('signing out that cannot be recorded does not happen', async () => {
    const other = await signIn(server.app, admin.email);
    const allow = await refuseAuditEvent(server.databaseUrl, 'auth.logout');
    expect((await other.request('POST', '/api/auth/sign-out')).status).toBe(500);
    await allow();
    expect((await other.request('GET', '/api/users/me')).status).toBe(200);
  });

  test('the cookie of a session is signed: a token alone is none', async () => {
    const answer = await trySignIn({ email: admin.email, password: testPassword });
    const cookie = `pinchy.session_token=${answer.body.token}`;
    expect((await request(server.app, 'GET', '/api/users/me', { cookie })).status).toBe(401);
    expect((await request(server.app, 'GET', '/api/users/me', { cookie: cookieOf(answer) })).status).toBe(200);
  });
});

test('every other route of the library is 404', async () => {
  const paths = [
    'sign-up/email',
    'sign-in/social',
    'sign-in/username',
    'change-password',
    'change-email',
    'set-password',
    'update-user',
    'delete-user',
    'request-password-reset',
    'reset-password',
    'verify-email',
    'list-sessions',
    'revoke-session',
    'revoke-sessions',
    'list-accounts',
    'link-social',
    'refresh-token',
    'admin/set-role',
    'admin/create-user',
    'admin/list-users',
    'admin/ban-user',
    'admin/impersonate-user',
    'admin/set-user-password',
    'ok',
    'error',
    'session',
  ];
  for (const path of paths) {
    for (const method of ['GET', 'POST'] as const) {
      const answer = await admin.request(method, `/api/auth/${path}`, method === 'POST' ? {} : undefined);
      expect(answer.status, `${method} ${path}`).toBe(404);
    }
  }
});

test('an unexpected fault is a blank 500 with the request id, without stack, SQL or paths', async () => {
  const allow = await refuseAuditEvent(server.databaseUrl, 'settings.updated');
  const answer = await admin.request('POST', '/api/settings', { key: 'colour', value: 'blue' });
  await allow();
  expect(answer.status).toBe(500);
  expect(Object.keys(answer.body).sort()).toEqual(['code', 'error', 'requestId']);
  expect(answer.body.requestId).toBe(answer.headers['x-request-id']);
  expect(answer.text).not.toMatch(/insert|select|trail refuses|node_modules|\.ts|\/work|settings/i);
});
