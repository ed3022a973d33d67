import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createAdmin,
  createMember,
  createTestApp,
  request,
  testPassword,
  type TestAnswer,
  type TestApp,
  type TestUser,
} from '../create-test-app.ts';

let server: TestApp;
let admin: TestUser;
let member: TestUser;
beforeAll(async () => {
  server = await createTestApp({
    environment: { TRUSTED_PROXIES: '127.0.0.1', RATE_LIMIT_SIGN_IN_FAILURES_PER_ADDRESS: '14' },
  });
  admin = await createAdmin(server.app);
  member = await createMember(server.app, admin);
});
afterAll(() => server.close());

const from = (address: string) => ({ 'x-forwarded-for': address });
const signIn = (email: string, password: string, address: string) =>
  request(server.app, 'POST', '/api/auth/sign-in/email', { body: { email, password }, headers: from(address) });

function expectLimited(answer: TestAnswer): void {
  expect(answer.status).toBe(429);
  expect(answer.body).toMatchObject({ error: expect.any(String), code: 'rate_limited' });
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(15 * 60);
}

describe('sign-in', () => {
  test('ten failures close a pair of account and address, a right password too; others still get in', async () => {
    const address = '203.0.113.1';
    for (let attempt = 0; attempt < 10; attempt++)
      expect((await signIn(member.email, 'wrong password', address)).status).toBe(401);
    expectLimited(await signIn(member.email, 'wrong password', address));
    expectLimited(await signIn(member.email, testPassword, address));
    expectLimited(await signIn(member.email.toUpperCase(), testPassword, address));
    expect((await signIn(admin.email, testPassword, address)).status).toBe(200);
    expect((await signIn(member.email, testPassword, '203.0.113.2')).status).toBe(200);
  });

  test('guesses made at once do not slip past', async () => {
    const answers = await Promise.all(
      Array.from({ length: 13 }, () => signIn('nobody@example.com', 'wrong password', '203.0.113.3')),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(3);
  });

  test('a success forgives the failures before it', async () => {
    const address = '203.0.113.4';
    for (let round = 0; round < 2; round++) {
      for (let attempt = 0; attempt < 6; attempt++) await signIn(member.email, 'wrong password', address);
      expect((await signIn(member.email, testPassword, address)).status).toBe(200);
    }
  });

  test('an address has a limit of its own, over all accounts', async () => {
    const address = '203.0.113.5';
    for (let attempt = 0; attempt < 14; attempt++)
      expect((await signIn(`person-${attempt}@example.com`, 'wrong password', address)).status).toBe(401);
    expectLimited(await signIn('person-15@example.com', 'wrong password', address));
    expectLimited(await signIn(admin.email, testPassword, address));
    expect((await signIn(admin.email, testPassword, '203.0.113.6')).status).toBe(200);
  });
});

describe('invite claims', () => {
  const claim = (token: string, address: string) =>
    request(server.app, 'POST', '/api/invite/claim', {
      body: { token, name: 'Guess', password: testPassword, email: `${crypto.randomUUID()}@example.com` },
      headers: from(address),
    });

  test('ten guessed tokens are enough; whoever has a real one on that address still gets in', async () => {
    const address = '203.0.113.7';
    const invite = await admin.request('POST', '/api/users/invite', { role: 'member' });
    for (let attempt = 0; attempt < 10; attempt++) expect((await claim(`guess-${attempt}`, address)).status).toBe(400);
    expectLimited(await claim('guess-11', address));
    expect((await claim(invite.body.token, address)).status).toBe(201);
  });
});

describe('password changes', () => {
  test('ten wrong current passwords close the form, for a right one too', async () => {
    const change = (currentPassword: string) =>
      request(server.app, 'POST', '/api/users/me/password', {
        cookie: member.cookie,
        body: { currentPassword, newPassword: 'another fine password' },
        headers: from('203.0.113.8'),
      });
    for (let attempt = 0; attempt < 10; attempt++) expect((await change('wrong password')).status).toBe(401);
    expectLimited(await change('wrong password'));
    expectLimited(await change(testPassword));
    expect((await signIn(member.email, testPassword, '203.0.113.9')).status).toBe(200);
  });
});

describe('API calls', () => {
  test('600 a minute and session; another session and health go on', async () => {
    const busy = await createMember(server.app, admin);
    const calm = await createMember(server.app, admin);
    const statuses: number[] = [];
    for (let call = 0; call < 600; call++)
      statuses.push((await server.app.inject({ url: '/api/templates', headers: { cookie: busy.cookie } })).statusCode);
    expect(new Set(statuses)).toEqual(new Set([200]));
    expectLimited(await busy.request('GET', '/api/templates'));
    expectLimited(await busy.request('GET', '/api/agents'));
    expect((await calm.request('GET', '/api/templates')).status).toBe(200);
    expect((await request(server.app, 'GET', '/api/health', { cookie: busy.cookie })).status).toBe(200);
  });

  test('made-up cookies buy no more calls: without a session the address counts', async () => {
    const ask = (address: string) =>
      request(server.app, 'GET', '/api/templates', {
        cookie: `pinchy.session_token=${crypto.randomUUID()}`,
        headers: from(address),
      });
    for (let call = 0; call < 600; call++) expect((await ask('203.0.113.20')).status).toBe(401);
    expectLimited(await ask('203.0.113.20'));
    expect((await ask('203.0.113.21')).status).toBe(401);
  });
});
