import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressGroup } from '../../server/http/address-group.ts';
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

// Requests as no browser of ours makes them: on the wire, past the front doors.

let server: TestApp;
let admin: TestUser;
let port: number;
beforeAll(async () => {
  server = await createTestApp({
    environment: {
      // Nobody who tests comes from there, so no header of theirs may count.
      TRUSTED_PROXIES: '10.11.12.13',
      RATE_LIMIT_API_PER_MINUTE: '150',
      RATE_LIMIT_SIGN_IN_FAILURES_PER_ADDRESS: '1000',
    },
  });
  port = Number(new URL(await server.listen()).port);
  admin = await createAdmin(server.app);
});
afterAll(() => server.close());

const host = () => `127.0.0.1:${port}`;

/** The status line's number, and the whole answer. */
function onTheWire(head: string[], body = ''): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`${[...head, 'Connection: close'].join('\r\n')}\r\n\r\n${body}`),
    );
    socket.setTimeout(5_000, () => socket.destroy(new Error('No answer in time.')));
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('error', reject);
    socket.on('close', () => resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]), text }));
  });
}

/** The status of an upgrade; 101 when it went through. */
function upgrade(headers: Record<string, string>): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://${host()}/api/ws`, { headers: { cookie: admin.cookie, ...headers } });
    socket.on('error', () => undefined);
    socket.on('open', () => {
      resolve(101);
      socket.terminate();
    });
    socket.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
  });
}

const foreignOrigins = () => [
  'null',
  'http://evil.example',
  `http://127.0.0.1:${port + 1}`,
  'http://127.0.0.1',
  `http://localhost:${port}`,
  `http://evil.example:${port}`,
  `http://127.0.0.1:${port}@evil.example`,
  `http://${host()}.evil.example`,
  `${host()}`,
  'file://',
  '',
];

describe('other sites', () => {
  test('reach neither the socket nor a change, however they write their origin', async () => {
    expect(await upgrade({})).toBe(101);
    expect(await upgrade({ origin: `http://${host()}` })).toBe(101);
    for (const origin of foreignOrigins()) {
      expect(await upgrade({ origin }), `socket from ${origin}`).toBe(403);
      const change = await onTheWire([
        'POST /api/auth/sign-out HTTP/1.1',
        `Host: ${host()}`,
        `Origin: ${origin}`,
        `Cookie: ${admin.cookie}`,
        'Content-Length: 0',
      ]);
      expect(change.status, `change from ${origin}`).toBe(403);
    }
    expect((await admin.request('GET', '/api/users/me')).status).toBe(200);
  });

  test('gain nothing from forwarded headers of an address that is no trusted proxy', async () => {
    const forwarded = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' };
    expect(await upgrade({ origin: 'http://evil.example', ...forwarded })).toBe(403);
    const lock = await onTheWire(
      [
        'PUT /api/settings/domain HTTP/1.1',
        `Host: ${host()}`,
        'X-Forwarded-Host: evil.example',
        'X-Forwarded-Proto: https',
        `Cookie: ${admin.cookie}`,
        'Content-Type: application/json',
        'Content-Length: 31',
      ],
      '{"lockedDomain":"evil.example"}',
    );
    expect(lock.status).toBe(400);
    expect((await admin.request('GET', '/api/settings/domain')).body.lockedDomain).toBeNull();
  });

  test('a request without a host is refused', async () => {
    expect((await onTheWire(['GET /api/users/me HTTP/1.1', `Cookie: ${admin.cookie}`])).status).toBe(400);
  });
});

describe('limits', () => {
  test.each([
    ['percent-encoded', '/%61pi/templates'],
    ['in absolute form', 'http://elsewhere/api/templates'],
    ['of an unknown path', '/api/health-of-nobody'],
  ])('count calls %s', async (_name, target) => {
    const busy = await createMember(server.app, admin);
    const call = () => onTheWire([`GET ${target} HTTP/1.1`, `Host: ${host()}`, `Cookie: ${busy.cookie}`]);
    const statuses: number[] = [];
    for (let count = 0; count < 152; count++) statuses.push((await call()).status);
    expect(statuses.at(-1)).toBe(429);
    expect((await call()).text).toMatch(/cache-control: no-store/i);
  });

  test('take a line of IPv6 addresses for one', () => {
    expect(addressGroup('2001:db8:1:2::1')).toBe(addressGroup('2001:db8:1:2:ffff:1:2:3'));
    expect(addressGroup('2001:db8:1:2::1')).not.toBe(addressGroup('2001:db8:1:3::1'));
    expect(addressGroup('::ffff:192.0.2.1')).toBe(addressGroup('192.0.2.1'));
    expect(addressGroup('192.0.2.1')).not.toBe(addressGroup('192.0.2.2'));
    expect(addressGroup('fe80::1%eth0')).toBe(addressGroup('fe80::2'));
  });

  test('a client that sends slowly is not waited for without end', () => {
    const { requestTimeout, headersTimeout } = server.app.server;
    expect(requestTimeout).toBeGreaterThan(0);
    expect(requestTimeout).toBeLessThanOrEqual(300_000);
    expect(headersTimeout).toBeGreaterThan(0);
    expect(headersTimeout).toBeLessThanOrEqual(60_000);
  });
});

describe('a guess at an account', () => {
  test('that exists, does not, is deactivated or blocked gets one answer, after the same work', async () => {
    const [gone, blocked] = [await createMember(server.app, admin), await createMember(server.app, admin)];
    await admin.request('DELETE', `/api/users/${gone.id}`);
    // Not the password that tests remember the hash of.
    const change = { currentPassword: testPassword, newPassword: 'what it was before' };
    expect((await blocked.request('POST', '/api/users/me/password', change)).status).toBe(200);
    expect((await admin.request('POST', `/api/users/${blocked.id}/reset`)).status).toBe(201);
    const attempt = (email: string, password: string) =>
      request(server.app, 'POST', '/api/auth/sign-in/email', { body: { email, password } });
    const work = async (email: string, password = 'a wrong password') => {
      const before = process.cpuUsage();
      const answer = await attempt(email, password);
      const { user, system } = process.cpuUsage(before);
      return { answer, milliseconds: (user + system) / 1_000 };
    };
    await work('warm-up@example.com');
    const known = await work(admin.email);
    const others = [
      await work('nobody@example.com'),
      await work(gone.email),
      await work(blocked.email),
      await work(blocked.email, 'what it was before'),
    ];
    for (const { answer } of [known, ...others]) {
      expect(answer.status).toBe(401);
      expect(answer.body).toEqual(known.answer.body);
    }
    // One scrypt each; without it an unknown address costs a twentieth.
    for (const { milliseconds } of others) expect(milliseconds).toBeGreaterThan(known.milliseconds / 4);
  });
});

describe('sessions', () => {
  const open = (user: TestUser): Promise<ChatClient> => connectClient(`ws://${host()}/api/ws`, { cookie: user.cookie });
  const isClosed = (client: ChatClient) =>
    Promise.race([client.closed.then(({ code }) => code), new Promise((resolve) => setTimeout(resolve, 2_500))]);

  test('a password change ends the other sessions and their sockets, and leaves its own', async () => {
    const here = await createMember(server.app, admin);
    const there = await signIn(server.app, here.email);
    const [mine, stolen] = [await open(here), await open(there)];
    const change = { currentPassword: testPassword, newPassword: 'another fine password' };
    expect((await here.request('POST', '/api/users/me/password', change)).status).toBe(200);
    expect(await isClosed(stolen)).toBe(4401);
    expect((await there.request('GET', '/api/users/me')).status).toBe(401);
    mine.send({ type: 'ping' });
    await mine.next('pong');
    await mine.close();
  });

  test('a reset ends every session and socket at once', async () => {
    const member = await createMember(server.app, admin);
    const socket = await open(member);
    expect((await admin.request('POST', `/api/users/${member.id}/reset`)).status).toBe(201);
    expect((await member.request('GET', '/api/users/me')).status).toBe(401);
    expect(await isClosed(socket)).toBe(4401);
  });

  test('a demoted admin is a member at the next request', async () => {
    const second = await createMember(server.app, admin, { role: 'admin' });
    expect((await second.request('GET', '/api/users')).status).toBe(200);
    await admin.request('PATCH', `/api/users/${second.id}`, { role: 'member' });
    expect((await second.request('GET', '/api/users')).status).toBe(403);
    expect((await second.request('PATCH', `/api/users/${admin.id}`, { role: 'member' })).status).toBe(403);
  });

  test('a cookie that was changed in any place is none', async () => {
    const member = await createMember(server.app, admin);
    const [name, value] = member.cookie.split('=', 2) as [string, string];
    const [token, signature] = decodeURIComponent(value).split('.') as [string, string];
    const other = decodeURIComponent(admin.cookie.split('=')[1]!).split('.') as [string, string];
    const forged = [
      token,
      `${token}.`,
      `.${signature}`,
      `${token}.${other[1]}`,
      `${other[0]}.${signature}`,
      `${token.slice(1)}.${signature}`,
      `${token}.${signature.toLowerCase()}`,
      `${token}.${signature.slice(0, -2)}`,
    ];
    for (const each of forged) {
      const cookie = `${name}=${encodeURIComponent(each)}`;
      expect((await request(server.app, 'GET', '/api/users/me', { cookie })).status, each).toBe(401);
    }
    expect((await member.request('GET', '/api/users/me')).status).toBe(200);
  });
});

describe('what is not there', () => {
  test('internal routes, the library’s own and files of the host', async () => {
    for (const path of [
      '/api/internal/tools/pinchy_ls',
      '/api/internal/',
      '/api/auth/sign-up/email',
      '/api/auth/admin/list-users',
      '/api/auth/admin/impersonate-user',
      '/api/auth/update-user',
      '/api/docs/..%2f..%2fpackage.json',
      '/..%2f..%2fpackage.json',
      '/.env',
    ]) {
      for (const method of ['GET', 'POST'] as const) {
        const answer = await server.app.inject({ method, url: path, headers: { cookie: admin.cookie } });
        expect([404, 405], `${method} ${path}`).toContain(answer.statusCode);
        expect(answer.body).not.toContain('"dependencies"');
      }
    }
  });

  test('no secret and no route of the library in the public document', async () => {
    const { body } = await server.app.inject({ url: '/api/openapi.json' });
    expect(body).toContain('/api/agents');
    expect(body).not.toMatch(/\/metrics|\/api\/internal|impersonate|ENCRYPTION_KEY|node_modules|postgres:/);
  });
});

describe('bodies', () => {
  test('that reach for prototypes are refused and change nothing', async () => {
    const member = await createMember(server.app, admin);
    for (const payload of [
      '{"name":"x","__proto__":{"role":"admin"}}',
      '{"name":"x","constructor":{"prototype":{"role":"admin"}}}',
      '{"name":"x","role":"admin"}',
      '{"name":"x","id":"00000000-0000-4000-8000-000000000000"}',
      '{"name":"x","email":"root@example.com"}',
    ]) {
      const answer = await server.app.inject({
        method: 'PATCH',
        url: '/api/users/me',
        headers: { cookie: member.cookie, 'content-type': 'application/json' },
        payload,
      });
      expect(answer.statusCode, payload).toBe(400);
    }
    expect((await member.request('GET', '/api/users/me')).body).toMatchObject({ name: 'Mo Member', role: 'member' });
    expect(({} as Record<string, unknown>)['role']).toBeUndefined();
  });

  test('of a million brackets are answered', async () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const bracketsOf = (length: number) => {
        const depth = Math.floor(length / (open.length + close.length));
        return `${open.repeat(depth)}1${close.repeat(depth)}`;
      };
      const post = (size: number, cookie?: string) =>
        server.app.inject({
          method: 'POST',
          url: '/api/auth/sign-in/email',
          headers: { 'content-type': 'application/json', ...(cookie && { cookie }) },
          payload: `{"email":${bracketsOf(size)}}`,
        });
      expect((await post(1_000_000, admin.cookie)).statusCode).toBe(400);
      expect((await post(60_000)).statusCode).toBe(400);
      expect((await post(1_000_000)).statusCode).toBe(413);
    }
  });
});
