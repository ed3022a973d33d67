import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAdmin, createMember, createTestApp, request, type TestApp, type TestUser } from '../create-test-app.ts';
import { query } from '../test-database.ts';

let server: TestApp;
let admin: TestUser;
let member: TestUser;
beforeAll(async () => {
  server = await createTestApp();
  admin = await createAdmin(server.app);
  member = await createMember(server.app, admin);
});
afterAll(() => server.close());

const foreign = { origin: 'https://evil.example' };

describe('the order of checks', () => {
  test('origin comes before the session', async () => {
    const answer = await request(server.app, 'POST', '/api/groups', { body: {}, headers: foreign });
    expect(answer.status).toBe(403);
    expect(answer.body.code).toBe('origin_forbidden');
  });

  test('the session comes before role, licence and body', async () => {
    expect((await request(server.app, 'POST', '/api/groups', { body: { wrong: 1 } })).status).toBe(401);
  });

  test('the role comes before licence and body', async () => {
    const answer = await member.request('POST', '/api/groups', { wrong: 1 });
    expect(answer.status).toBe(403);
    expect(answer.body.code).toBe('forbidden');
  });

  test('the licence comes before path and body', async () => {
    const answer = await admin.request('PATCH', '/api/groups/no-uuid', { wrong: 1 });
    expect(answer.status).toBe(403);
    expect(answer.body.code).toBe('licence_required');
  });

  test('path and body come before existence', async () => {
    expect((await admin.request('PATCH', `/api/agents/${crypto.randomUUID()}`, { wrong: 1 })).status).toBe(400);
    expect((await admin.request('PATCH', `/api/agents/${crypto.randomUUID()}`, { name: 'A' })).status).toBe(404);
  });

  test('the body comes before state', async () => {
    const setup = (body: object) => request(server.app, 'POST', '/api/setup', { body });
    expect((await setup({ name: 'Eve' })).status).toBe(400);
    expect((await setup({ name: 'Eve', email: 'eve@example.com', password: 'password1' })).status).toBe(400);
    expect((await setup({ name: 'Eve', email: 'eve@example.com', password: 'tr0ub4dor and three' })).status).toBe(409);
  });

  test('a licence that one field needs comes before the values of others', async () => {
    const [agent] = (await admin.request('GET', '/api/agents')).body as { id: string }[];
    expect(agent).toBeDefined();
    const created = await admin.request('POST', '/api/agents', { name: 'A', templateId: 'custom' });
    const answer = await admin.request('PATCH', `/api/agents/${created.body.id}`, {
      visibility: 'restricted',
      allowedTools: ['no_such_tool'],
    });
    expect(answer.status).toBe(403);
    expect(answer.body.code).toBe('licence_required');
  });
});

describe('origins', () => {
  const rename = (headers: Record<string, string>) =>
    request(server.app, 'PATCH', '/api/users/me', { cookie: admin.cookie, body: { name: 'Ada Admin' }, headers });

  test('a state-changing request from another origin is refused', async () => {
    for (const origin of [
      'https://evil.example',
      'http://localhost.evil.example',
      'http://localhost:81',
      'null',
      'localhost',
      '',
    ]) {
      const answer = await rename({ origin });
      expect(answer.status, origin).toBe(403);
      expect(answer.body.code, origin).toBe('origin_forbidden');
    }
  });

  test('the own origin passes, and so do scripts without the header', async () => {
    expect((await rename({})).status).toBe(200);
    expect((await rename({ origin: 'http://localhost:80' })).status).toBe(200);
    expect((await rename({ host: 'pinchy.example:7777', origin: 'http://pinchy.example:7777' })).status).toBe(200);
  });

  test('without Origin the Referer counts, with it the Referer does not', async () => {
    expect((await rename({ referer: 'https://evil.example/page' })).status).toBe(403);
    expect((await rename({ referer: 'http://localhost:80/settings' })).status).toBe(200);
    expect((await rename({ origin: 'http://localhost:80', referer: 'https://evil.example/' })).status).toBe(200);
    expect((await rename({ origin: 'https://evil.example', referer: 'http://localhost:80/' })).status).toBe(403);
  });

  test('reading and sign-in from elsewhere: reading passes, sign-in does not', async () => {
    const options = { cookie: admin.cookie, headers: foreign };
    expect((await request(server.app, 'GET', '/api/agents', options)).status).toBe(200);
    const signIn = await request(server.app, 'POST', '/api/auth/sign-in/email', {
      body: { email: admin.email, password: admin.password },
      headers: foreign,
    });
    expect(signIn.status).toBe(403);
  });
});

describe('sessions', () => {
  test('nonsense cookies are 401, never 500', async () => {
    for (const cookie of [
      'pinchy.session_token=',
      'pinchy.session_token=abc',
      'pinchy.session_token=%E0%A4%A',
      `${admin.cookie}x`,
      admin.cookie.replace('=', '=x'),
      'pinchy.session_token',
      ';;;=',
    ])
      expect((await request(server.app, 'GET', '/api/agents', { cookie })).status, cookie).toBe(401);
  });

  test('an expired session is 401', async () => {
    const other = await createMember(server.app, admin);
    await query(server.databaseUrl, `update sessions set expires_at = now() - interval '1 second' where user_id = $1`, [
      other.id,
    ]);
    expect((await other.request('GET', '/api/agents')).status).toBe(401);
  });

  test('a deactivated user’s session is 401 at once', async () => {
    const other = await createMember(server.app, admin);
    expect((await other.request('GET', '/api/agents')).status).toBe(200);
    await admin.request('DELETE', `/api/users/${other.id}`);
    expect((await other.request('GET', '/api/agents')).status).toBe(401);
    expect((await other.request('GET', '/api/users/me')).status).toBe(401);
  });

  test('a role change needs no new sign-in', async () => {
    const other = await createMember(server.app, admin);
    expect((await other.request('GET', '/api/users')).status).toBe(403);
    await admin.request('PATCH', `/api/users/${other.id}`, { role: 'admin' });
    expect((await other.request('GET', '/api/users')).status).toBe(200);
    await admin.request('PATCH', `/api/users/${other.id}`, { role: 'member' });
    expect((await other.request('GET', '/api/users')).status).toBe(403);
  });
});
