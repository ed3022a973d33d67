import { WebSocket } from 'ws';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Endpoint } from '../../contract/endpoint.ts';
import { endpoints } from '../../contract/endpoints.ts';
import { createAdmin, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { query } from '../test-database.ts';

// What pages of other sites can make a signed-in person's browser send. The proxy is trusted, so that HTTPS can be played.

const domain = 'pinchy.example.com';
let server: TestApp;
let admin: TestUser;
let port: number;
beforeAll(async () => {
  server = await createTestApp({
    environment: { TRUSTED_PROXIES: '127.0.0.1', RATE_LIMIT_API_PER_MINUTE: '100000' },
  });
  port = Number(new URL(await server.listen()).port);
  admin = await createAdmin(server.app);
});
afterAll(() => server?.close());

/** How the person reaches Pinchy. */
const doors: { name: string; isLocked: boolean; headers: Record<string, string>; own: string }[] = [
  { name: 'over http', isLocked: false, headers: { host: domain }, own: `http://${domain}` },
  {
    name: 'over https',
    isLocked: false,
    headers: { host: domain, 'x-forwarded-proto': 'https' },
    own: `https://${domain}`,
  },
  {
    name: 'with a locked domain',
    isLocked: true,
    headers: { host: domain, 'x-forwarded-proto': 'https' },
    own: `https://${domain}`,
  },
  {
    name: 'with a locked domain, behind a proxy that does not say https',
    isLocked: true,
    headers: { host: domain },
    own: `https://${domain}`,
  },
];

const foreign = [
  'null',
  'https://evil.example',
  `https://evil.${domain}`,
  'https://example.com',
  `https://${domain}.evil.example`,
  `https://${domain}:8443`,
  `http://${domain}:7777`,
  `https://${domain}@evil.example`,
  `ftp://${domain}`,
  `chrome-extension://${domain}`,
  domain,
  '',
];

const mutating = (Object.values(endpoints) as Endpoint[]).filter(({ method }) => method !== 'GET');
const urlOf = ({ path }: Endpoint) => path.replaceAll(/:\w+/g, () => crypto.randomUUID());

async function send(endpoint: Endpoint, headers: Record<string, string>, payload?: string): Promise<[number, string]> {
  const answer = await server.app.inject({
    method: endpoint.method,
    url: urlOf(endpoint),
    headers: { cookie: admin.cookie, ...headers },
    ...(payload !== undefined && { payload }),
  });
  return [answer.statusCode, answer.json().code];
}

function upgrade(headers: Record<string, string>): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/api/ws`, { headers: { cookie: admin.cookie, ...headers } });
    socket.on('error', () => undefined);
    socket.on('open', () => (resolve(101), socket.terminate()));
    socket.on('unexpected-response', (_request, response) => (resolve(response.statusCode ?? 0), socket.terminate()));
  });
}

describe.each(doors)('$name', ({ isLocked, headers, own }) => {
  beforeEach(async () => {
    const answer = await server.app.inject({
      method: 'PUT',
      url: '/api/settings/domain',
      headers: { cookie: admin.cookie, host: domain, 'x-forwarded-proto': 'https' },
      payload: { lockedDomain: isLocked ? domain : null },
    });
    expect(answer.statusCode).toBe(200);
  });

  const others = own.startsWith('https') ? [...foreign, `http://${domain}`] : foreign;

  test('a page of another origin changes nothing, whichever route it tries', async () => {
    const trail = () => query(server.databaseUrl, 'select count(*) from audit_entries');
    const before = await trail();
    for (const endpoint of mutating) {
      for (const origin of others) {
        const what = `${endpoint.method} ${endpoint.path} from "${origin}"`;
        expect(await send(endpoint, { ...headers, origin }), what).toEqual([403, 'origin_forbidden']);
      }
      const referer = { ...headers, referer: 'https://evil.example/page' };
      expect((await send(endpoint, referer))[1], endpoint.path).toBe('origin_forbidden');
      for (const site of ['cross-site', 'same-site'])
        expect((await send(endpoint, { ...headers, 'sec-fetch-site': site }))[1], endpoint.path).toBe(
          'origin_forbidden',
        );
    }
    expect(await trail()).toEqual(before);
  });

  test('opens no socket', async () => {
    for (const origin of others) expect(await upgrade({ ...headers, origin }), origin).toBe(403);
    expect(await upgrade({ ...headers, 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await upgrade({ ...headers, origin: own })).toBe(101);
    expect(await upgrade(headers)).toBe(101);
  });

  test('the own page and scripts get through', async () => {
    const rename = (more: Record<string, string>) =>
      server.app.inject({
        method: 'PATCH',
        url: '/api/users/me',
        headers: { cookie: admin.cookie, ...headers, ...more },
        payload: { name: 'Ada Admin' },
      });
    for (const more of [
      { origin: own },
      { referer: `${own}/settings` },
      {},
      { 'sec-fetch-site': 'same-origin', origin: own },
    ])
      expect((await rename(more as Record<string, string>)).statusCode, JSON.stringify(more)).toBe(200);
  });
});

test('a form’s content types are no JSON, even from a page that is taken for the own', async () => {
  for (const endpoint of mutating.filter(({ body, access }) => body && access !== 'licensed-admin')) {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=b',
      'text/json',
    ]) {
      const [status] = await send(
        endpoint,
        { host: domain, 'x-forwarded-proto': 'https', 'content-type': type },
        '{"name":"x"}',
      );
      expect(status, `${endpoint.method} ${endpoint.path} as ${type}`).toBe(415);
    }
  }
});

test('no other site may read an answer, and none shows it in a frame', async () => {
  for (const url of ['/api/users/me', '/api/agents', '/api/audit/export', '/api/openapi.json', '/']) {
    const answer = await server.app.inject({
      url,
      headers: { cookie: admin.cookie, host: domain, 'x-forwarded-proto': 'https', origin: 'https://evil.example' },
    });
    expect(
      Object.keys(answer.headers).filter((name) => name.startsWith('access-control')),
      url,
    ).toEqual([]);
    expect(answer.headers['cross-origin-resource-policy'], url).toBe('same-origin');
    expect(answer.headers['content-security-policy'], url).toContain("frame-ancestors 'none'");
  }
});

test('a name that was made to point to this machine shows no metrics', async () => {
  const direct = await createTestApp();
  const status = async (headers: Record<string, string>) =>
    (await direct.app.inject({ url: '/metrics', headers })).statusCode;
  for (const host of ['localhost:7777', '127.0.0.1:7777', '[::1]:7777', 'localhost'])
    expect(await status({ host })).toBe(200);
  for (const host of ['evil.example', 'evil.example:7777', 'localhost.evil.example:7777', '127.0.0.1.evil.example'])
    expect(await status({ host }), host).toBe(403);
  expect(await status({ host: 'localhost', 'x-forwarded-for': '127.0.0.1' })).toBe(403);
  await direct.close();
});
