import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startModelDouble, type ModelDouble } from '../../testkit/model-double.ts';
import { cookieOf, createMember, createTestApp, request, signIn, type TestApp } from '../create-test-app.ts';
import { auditRows, query, refuseAuditEvent } from '../test-database.ts';

let server: TestApp;
let anthropic: ModelDouble;
beforeAll(async () => {
  anthropic = await startModelDouble({ kind: 'anthropic', apiKey: 'sk-right' });
  server = await createTestApp({ environment: { ANTHROPIC_BASE_URL: anthropic.url } });
});
afterAll(async () => {
  await server.close();
  await anthropic.close();
});

const person = { name: 'Ada Admin', email: 'ada@example.com', password: 'correct horse battery' };
const setup = (body: object) => request(server.app, 'POST', '/api/setup', { body });
const status = async () => (await request(server.app, 'GET', '/api/setup/status')).body;

// These follow one another like the wizard's pages: setting up can be done once.
describe('setting up', () => {
  test('an empty installation says so', async () => {
    expect(await status()).toEqual({ setupComplete: false, providerConfigured: false });
  });

  test('the provider needs the admin’s session', async () => {
    const answer = await request(server.app, 'POST', '/api/setup/provider', {
      body: { provider: 'anthropic', apiKey: 'sk-right' },
    });
    expect(answer.status).toBe(401);
  });

  test('wrong input is refused field by field and leaves nothing behind', async () => {
    const cases: [object, string][] = [
      [{ ...person, name: '' }, 'name'],
      [{ ...person, name: 'x'.repeat(101) }, 'name'],
      [{ ...person, email: 'ada' }, 'email'],
      [{ ...person, password: 'short77' }, 'password'],
      [{ ...person, password: 'x'.repeat(129) }, 'password'],
      [{ ...person, password: 'password1' }, 'password'],
      [{ ...person, password: 'Password1' }, 'password'],
      [{ ...person, password: '12345678' }, 'password'],
      [{ ...person, role: 'admin' }, 'role'],
    ];
    for (const [body, field] of cases) {
      const answer = await setup(body);
      expect(answer.status, JSON.stringify(body)).toBe(400);
      expect(Object.keys(answer.body.details.fieldErrors)).toEqual([field]);
    }
    expect(await query(server.databaseUrl, 'select id from users')).toEqual([]);
    expect(await status()).toMatchObject({ setupComplete: false });
  });

  test('a trail that cannot be written leaves no admin behind', async () => {
    const allow = await refuseAuditEvent(server.databaseUrl, 'setup.completed');
    expect((await setup(person)).status).toBe(500);
    await allow();
    expect(await query(server.databaseUrl, 'select id from users')).toEqual([]);
    expect(await query(server.databaseUrl, 'select id from agents')).toEqual([]);
    expect(await auditRows(server.databaseUrl)).toEqual([]);
  });

  let cookie = '';
  test('of calls at the same instant exactly one creates the admin and is signed in', async () => {
    const answers = await Promise.all(
      [1, 2, 3].map((number) => setup({ ...person, email: `ada${number}@example.com` })),
    );
    const created = answers.filter((answer) => answer.status === 201);
    expect(created).toHaveLength(1);
    expect(answers.filter((answer) => answer.status === 409)).toHaveLength(2);
    expect(created[0]?.body).toEqual({ success: true });
    const setCookie = String(created[0]?.headers['set-cookie']);
    expect(setCookie).toMatch(/HttpOnly/i);
    expect(setCookie).toMatch(/SameSite=Lax/i);
    expect(setCookie).not.toMatch(/Secure/);
    cookie = cookieOf(created[0] as (typeof created)[number]);
    const me = await request(server.app, 'GET', '/api/users/me', { cookie });
    expect(me.body).toMatchObject({ name: 'Ada Admin', role: 'admin' });
    expect(await query(server.databaseUrl, 'select id from users')).toHaveLength(1);
    expect((await auditRows(server.databaseUrl)).map((row) => row.event_type).sort()).toEqual([
      'agent.created',
      'auth.login',
      'setup.completed',
      'user.created',
    ]);
  });

  test('once an admin exists it is 409', async () => {
    const answer = await setup(person);
    expect(answer.status).toBe(409);
    expect(answer.body.code).toBe('setup_complete');
    expect(await status()).toEqual({ setupComplete: true, providerConfigured: false });
  });

  test('the admin has a personal Smithers with its two tools', async () => {
    const { body } = await request(server.app, 'GET', '/api/agents', { cookie });
    expect(body).toHaveLength(1);
    expect(body[0]).toMatchObject({
      name: 'Smithers',
      isPersonal: true,
      model: null,
      allowedTools: ['pinchy_save_user_context', 'pinchy_save_org_context'],
    });
  });

  const connect = (body: object, who = cookie) =>
    request(server.app, 'POST', '/api/setup/provider', { body, cookie: who });

  test('a credential that the provider refuses is 400 with its reason, and nothing is stored', async () => {
    const answer = await connect({ provider: 'anthropic', apiKey: 'sk-wrong' });
    expect(answer.status).toBe(400);
    expect(answer.body.code).toBe('provider_rejected');
    expect(answer.body.details.fieldErrors.apiKey[0]).toMatch(/key/i);
    expect(answer.text).not.toContain('sk-wrong');
    expect(await query(server.databaseUrl, `select key from settings where key not like 'system.%'`)).toEqual([]);
    expect(await status()).toMatchObject({ providerConfigured: false });
    expect((await connect({ provider: 'anthropic' })).status).toBe(400);
    expect((await connect({ provider: 'ollama-local' })).status).toBe(400);
    expect((await connect({ provider: 'anthropic', apiKey: 'sk-right', isDefault: true })).status).toBe(400);
  });

  test('members may not connect a provider', async () => {
    const admin = await signIn(server.app, (await request(server.app, 'GET', '/api/users/me', { cookie })).body.email);
    const member = await createMember(server.app, admin);
    expect((await connect({ provider: 'anthropic', apiKey: 'sk-right' }, member.cookie)).status).toBe(403);
  });

  test('of two at the same instant one connects the provider; then it is 409', async () => {
    const body = { provider: 'anthropic', apiKey: 'sk-right' };
    const answers = await Promise.all([connect(body), connect(body)]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
    expect((await connect(body)).status).toBe(409);
    expect(await status()).toEqual({ setupComplete: true, providerConfigured: true });
  });

  test('Smithers made before any provider now has its default model', async () => {
    const { body } = await request(server.app, 'GET', '/api/agents', { cookie });
    expect(body[0].model).toMatch(/^anthropic\//);
  });
});
