import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createAdmin, createTestApp, request, testPassword, type TestApp, type TestUser } from '../create-test-app.ts';
import { auditRows, refuseAuditEvent } from '../test-database.ts';

const domain = 'pinchy.example.com';
const proxied = { 'x-forwarded-proto': 'https', 'x-forwarded-host': domain };

let server: TestApp;
let admin: TestUser;
beforeAll(async () => {
  server = await createTestApp({ environment: { TRUSTED_PROXIES: '127.0.0.1' } });
  admin = await createAdmin(server.app);
});
afterEach(async () => {
  await put(null, proxied);
});
afterAll(() => server.close());

const put = (lockedDomain: unknown, headers: Record<string, string> = {}) =>
  request(server.app, 'PUT', '/api/settings/domain', { cookie: admin.cookie, body: { lockedDomain }, headers });
const get = (url: string, headers: Record<string, string> = {}) =>
  request(server.app, 'GET', url, { cookie: admin.cookie, headers });
const status = async () => (await get('/api/settings/domain', proxied)).body;

describe('locking', () => {
  test('works over HTTPS on the very host, and is recorded', async () => {
    expect(await status()).toEqual({ lockedDomain: null, insecureMode: true });
    const answer = await put(domain, proxied);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ lockedDomain: domain, insecureMode: false });
    expect(await status()).toEqual({ lockedDomain: domain, insecureMode: false });
    expect((await auditRows(server.databaseUrl, 'settings.domain_updated')).at(-1)).toMatchObject({
      actor_id: admin.id,
      detail: { from: null, to: domain },
    });
    expect((await put(null, proxied)).body).toEqual({ lockedDomain: null, insecureMode: true });
  });

  test('without HTTPS, on another host, or without a proxy that is trusted it is 400 and nothing is stored', async () => {
    const attempts: [string, Record<string, string>][] = [
      [domain, {}],
      [domain, { host: domain }],
      [domain, { 'x-forwarded-host': domain }],
      [domain, { 'x-forwarded-proto': 'http', 'x-forwarded-host': domain }],
      [domain, { 'x-forwarded-proto': 'https' }],
      ['other.example.com', proxied],
      [`${domain}:8443`, proxied],
    ];
    for (const [lockedDomain, headers] of attempts) {
      const answer = await put(lockedDomain, headers);
      expect(answer.status, JSON.stringify(headers)).toBe(400);
      expect(answer.body.details.fieldErrors.lockedDomain).toHaveLength(1);
    }
    expect(await status()).toEqual({ lockedDomain: null, insecureMode: true });
  });

  test('what is no host name is 400', async () => {
    for (const value of [
      '',
      'https://pinchy.example.com',
      'a b',
      'pinchy.example.com/x',
      '-a.com',
      7,
      undefined,
      'a..b',
    ])
      expect((await put(value, proxied)).status, String(value)).toBe(400);
  });

  test('one that cannot be recorded does not happen', async () => {
    const allow = await refuseAuditEvent(server.databaseUrl, 'settings.domain_updated');
    expect((await put(domain, proxied)).status).toBe(500);
    await allow();
    expect(await status()).toEqual({ lockedDomain: null, insecureMode: true });
    expect((await get('/api/users/me')).status).toBe(200);
  });
});

describe('while locked', () => {
  test('any other host is 403 before anything else, the locked one is not', async () => {
    await put(domain, proxied);
    const hosts = ['localhost:80', 'localhost:7777', 'evil.example', `${domain}.evil.example`];
    for (const host of hosts) {
      for (const path of ['/api/agents', '/api/nothing', '/api/auth/get-session', '/api/openapi.json', '/']) {
        const answer = await get(path, { host });
        expect(answer.status, `${host} ${path}`).toBe(403);
        expect(answer.body.code).toBe('domain_locked');
      }
    }
    expect((await request(server.app, 'POST', '/api/agents', { body: {} })).body.code).toBe('domain_locked');
    expect((await get('/api/agents', proxied)).status).toBe(200);
    expect((await get('/api/agents', { host: domain })).status).toBe(200);
    expect((await get('/api/agents', { host: domain.toUpperCase() })).status).toBe(200);
  });

  test('health and the setup status stay reachable over any host, look-alikes do not', async () => {
    await put(domain, proxied);
    for (const path of ['/api/health', '/api/health/openclaw', '/api/setup/status', '/api/health?probe=1'])
      expect((await get(path, { host: '10.0.0.7:7777' })).status, path).toBe(200);
    for (const path of ['/api/healthy', '/api/setup/status/x', '/api/setup', '/api/health/../agents'])
      expect((await get(path, { host: '10.0.0.7:7777' })).status, path).toBe(403);
  });

  test('cookies are Secure and HSTS is sent; before and after they are not', async () => {
    const signIn = (headers: Record<string, string>) =>
      request(server.app, 'POST', '/api/auth/sign-in/email', {
        body: { email: admin.email, password: testPassword },
        headers,
      });
    const open = await signIn(proxied);
    expect(String(open.headers['set-cookie'])).not.toMatch(/; Secure/i);
    expect(open.headers['strict-transport-security']).toBeUndefined();
    await put(domain, proxied);
    const locked = await signIn(proxied);
    expect(String(locked.headers['set-cookie'])).toMatch(/; Secure/i);
    expect(locked.headers['strict-transport-security']).toMatch(/max-age=\d{7,}/);
    // The lock signed nobody out.
    expect((await get('/api/users/me', proxied)).status).toBe(200);
    await put(null, proxied);
    expect((await get('/api/users/me', proxied)).headers['strict-transport-security']).toBeUndefined();
  });

  test('a page of another origin is refused, the locked one is not', async () => {
    await put(domain, proxied);
    const rename = (origin: string) =>
      request(server.app, 'PATCH', '/api/users/me', {
        cookie: admin.cookie,
        body: { name: 'Ada Admin' },
        headers: { ...proxied, origin },
      });
    expect((await rename(`https://${domain}`)).status).toBe(200);
    expect((await rename('https://evil.example')).status).toBe(403);
  });
});

test('X-Forwarded headers of a proxy that is not trusted count for nothing', async () => {
  const direct = await createTestApp();
  try {
    const owner = await createAdmin(direct.app);
    const lock = await request(direct.app, 'PUT', '/api/settings/domain', {
      cookie: owner.cookie,
      body: { lockedDomain: domain },
      headers: { ...proxied, host: domain },
    });
    expect(lock.status).toBe(400);
    const wrong = { email: owner.email, password: 'wrong password' };
    for (let attempt = 0; attempt < 11; attempt++) {
      const answer = await request(direct.app, 'POST', '/api/auth/sign-in/email', {
        body: wrong,
        headers: { 'x-forwarded-for': `203.0.113.${attempt}` },
      });
      expect(answer.status).toBe(attempt < 10 ? 401 : 429);
    }
  } finally {
    await direct.close();
  }
});
