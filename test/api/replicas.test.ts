import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  createAdmin,
  createMember,
  createTestApp,
  request,
  type TestAnswer,
  type TestApp,
  type TestUser,
} from '../create-test-app.ts';
import { createLicenceKeys, type LicenceKeys } from '../licence-keys.ts';

const proxied = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'pinchy.example.com' };

let one: TestApp;
let two: TestApp;
let admin: TestUser;
let keys: LicenceKeys;
beforeAll(async () => {
  keys = await createLicenceKeys();
  const environment = { PINCHY_LICENSE_PUBLIC_KEY: keys.publicKey, TRUSTED_PROXIES: '127.0.0.1' };
  one = await createTestApp({ environment });
  two = await createTestApp({ environment, databaseUrl: one.databaseUrl });
  admin = await createAdmin(one.app);
});
afterAll(async () => {
  await two.close();
  await one.close();
});

/** The same person, asking the other server. */
const onTwo = (who: TestUser, method: 'GET' | 'POST' | 'PATCH', url: string, headers: Record<string, string> = {}) =>
  request(two.app, method, url, { cookie: who.cookie, headers });

/** What was changed through one server holds on the other within two seconds. */
const within2s = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 2_000, interval: 20 });

async function expectSoon(ask: () => Promise<TestAnswer>, status: number): Promise<void> {
  await within2s(async () => expect((await ask()).status).toBe(status));
}

test('a promotion and a demotion', async () => {
  const member = await createMember(one.app, admin);
  const ask = () => onTwo(member, 'GET', '/api/users');
  expect((await ask()).status).toBe(403);
  await admin.request('PATCH', `/api/users/${member.id}`, { role: 'admin' });
  await expectSoon(ask, 200);
  await admin.request('PATCH', `/api/users/${member.id}`, { role: 'member' });
  await expectSoon(ask, 403);
});

test('a deactivation and a sign-out', async () => {
  const member = await createMember(one.app, admin);
  const leaver = await createMember(one.app, admin);
  expect((await onTwo(member, 'GET', '/api/users/me')).status).toBe(200);
  expect((await onTwo(leaver, 'GET', '/api/users/me')).status).toBe(200);
  await admin.request('DELETE', `/api/users/${member.id}`);
  await leaver.request('POST', '/api/auth/sign-out');
  await expectSoon(() => onTwo(member, 'GET', '/api/users/me'), 401);
  await expectSoon(() => onTwo(leaver, 'GET', '/api/users/me'), 401);
});

test('a licence', async () => {
  const ask = () => onTwo(admin, 'GET', '/api/groups');
  expect((await ask()).status).toBe(403);
  await admin.request('PUT', '/api/enterprise/key', { key: await keys.sign() });
  await expectSoon(ask, 200);
});

test('a domain lock and its end', async () => {
  const ask = () => onTwo(admin, 'GET', '/api/agents');
  const put = (lockedDomain: string | null) =>
    request(one.app, 'PUT', '/api/settings/domain', { cookie: admin.cookie, body: { lockedDomain }, headers: proxied });
  expect((await ask()).status).toBe(200);
  expect((await put('pinchy.example.com')).status).toBe(200);
  await expectSoon(ask, 403);
  expect((await onTwo(admin, 'GET', '/api/agents', proxied)).headers['strict-transport-security']).toBeDefined();
  expect((await put(null)).status).toBe(200);
  await expectSoon(ask, 200);
});

test('a new agent, its granted and revoked tool, its restriction and its end', async () => {
  const member = await createMember(one.app, admin);
  const { id } = (await admin.request('POST', '/api/agents', { name: 'New', templateId: 'knowledge-base' })).body;
  const grant = async () =>
    (await two.services.agentDirectory.findGrant({ userId: member.id, agentId: id }))?.allowedTools;
  await expectSoon(() => onTwo(member, 'GET', `/api/agents/${id}`), 200);
  expect(await grant()).toEqual(['pinchy_ls', 'pinchy_read', 'pinchy_search']);
  await admin.request('PATCH', `/api/agents/${id}`, { allowedTools: ['pinchy_ls'] });
  await within2s(async () => expect(await grant()).toEqual(['pinchy_ls']));
  await admin.request('PUT', '/api/enterprise/key', { key: await keys.sign() });
  await admin.request('PATCH', `/api/agents/${id}`, { visibility: 'restricted' });
  await expectSoon(() => onTwo(member, 'GET', `/api/agents/${id}`), 404);
  await within2s(async () => expect(await grant()).toBeUndefined());
  await admin.request('DELETE', `/api/agents/${id}`);
  await expectSoon(() => onTwo(admin, 'GET', `/api/agents/${id}`), 404);
});

test('the organisation’s context', async () => {
  await admin.request('PUT', '/api/settings/context', { content: 'We moved to Graz.' });
  await within2s(async () => expect(await two.services.contexts.organisation()).toBe('We moved to Graz.'));
});

test('failed sign-ins count on both together', async () => {
  const member = await createMember(one.app, admin);
  const attempt = (app: TestApp) =>
    request(app.app, 'POST', '/api/auth/sign-in/email', { body: { email: member.email, password: 'wrong password' } });
  for (let index = 0; index < 10; index++) expect((await attempt(index % 2 === 0 ? one : two)).status).toBe(401);
  expect((await attempt(one)).status).toBe(429);
  expect((await attempt(two)).status).toBe(429);
});
