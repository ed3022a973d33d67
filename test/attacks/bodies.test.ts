import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAdmin, createTestApp, request, testPassword, type TestApp, type TestUser } from '../create-test-app.ts';
import { startProcessBeside, type TestServerProcess } from '../server-process.ts';

// Requests that withhold a part of themselves, so that the server keeps what has come, and the connection, for ever.

let app: TestApp;
let admin: TestUser;
let server: TestServerProcess;
beforeAll(async () => {
  app = await createTestApp({ environment: { RATE_LIMIT_API_PER_MINUTE: '100000' } });
  admin = await createAdmin(app.app);
  server = await startProcessBeside(app, { RATE_LIMIT_API_PER_MINUTE: '100000' });
}, 120_000);
afterAll(async () => {
  await server?.stop();
  await app?.close();
});

interface Exchange {
  socket: Socket;
  /** What came back until the server closed the connection, and after how many milliseconds it did. */
  ended: Promise<{ text: string; status: number | undefined; afterMs: number }>;
  status(): number | undefined;
}

const statusOf = (text: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]) || undefined;

function begin(...parts: (string | Buffer)[]): Exchange {
  const { hostname, port } = new URL(server.url);
  const start = performance.now();
  const socket = connect(Number(port), hostname);
  let text = '';
  socket.on('data', (chunk) => (text += chunk.toString('latin1')));
  socket.on('error', () => {});
  for (const part of parts) socket.write(part);
  const ended = new Promise<Awaited<Exchange['ended']>>((resolve) =>
    socket.once('close', () => resolve({ text, status: statusOf(text), afterMs: performance.now() - start })),
  );
  return { socket, ended, status: () => statusOf(text) };
}

const head = (line: string, ...headers: string[]) => `${[line, 'Host: 127.0.0.1', ...headers].join('\r\n')}\r\n\r\n`;
const json = 'Content-Type: application/json';
const cookie = () => `Cookie: ${admin.cookie}`;
const signIn = (length: number, ...headers: string[]) =>
  head('POST /api/auth/sign-in/email HTTP/1.1', json, `Content-Length: ${length}`, ...headers);
const residentBytes = () =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) * 1024;
const mebibyte = 1024 ** 2;

/** Somebody else signs in meanwhile. */
const signsIn = async () => {
  const answer = await fetch(`${server.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: admin.email, password: testPassword }),
  });
  await answer.arrayBuffer();
  return answer.status;
};

describe('without a session', () => {
  test.each(['/api/auth/sign-in/email', '/api/setup', '/api/invite/claim'])(
    'a body of more than 64 KiB is refused before it is sent: %s',
    async (path) => {
      const { text, status, afterMs } = await begin(
        head(`POST ${path} HTTP/1.1`, json, `Content-Length: ${64 * 1024 + 1}`),
      ).ended;
      expect(status, text).toBe(413);
      expect(text).toContain('"code":"payload_too_large"');
      expect(afterMs).toBeLessThan(5_000);
      // With no length announced it is refused as soon as it is too long.
      const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
      const chunked = begin(head(`POST ${path} HTTP/1.1`, json, 'Transfer-Encoding: chunked'), chunk, '1\r\nx\r\n');
      expect((await chunked.ended).status).toBe(413);
    },
  );

  test('a password that is sent with much around it still signs in, and a session may send more', async () => {
    const body = JSON.stringify({ email: admin.email, password: testPassword, callbackURL: 'x'.repeat(60_000) });
    const small = begin(signIn(body.length, 'Connection: close'), body);
    expect((await small.ended).status).toBe(200);
    const { status } = await request(app.app, 'PUT', '/api/users/me/context', {
      cookie: admin.cookie,
      body: { content: 'x'.repeat(200_000) },
    });
    expect(status).not.toBe(413);
  });

  test('500 sign-ins that each withhold one byte hold little memory, the most are refused, and others sign in', async () => {
    const before = residentBytes();
    const big = Array.from({ length: 250 }, () => begin(signIn(mebibyte), Buffer.alloc(mebibyte - 1, ' ')));
    const small = Array.from({ length: 250 }, () => begin(signIn(65_000), Buffer.alloc(64_999, ' ')));
    await Promise.all(big.map(({ ended }) => ended));
    await expect.poll(() => small.filter((each) => each.status() === 429).length).toBeGreaterThanOrEqual(200);
    expect((residentBytes() - before) / mebibyte).toBeLessThan(150);
    for (const each of small) each.socket.destroy();
    await expect.poll(signsIn).toBe(200);
  });

  test('a body that is packed is not unpacked', async () => {
    const answer = await fetch(`${server.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: '{}',
    });
    expect(answer.status).toBe(415);
  });
});

test('a person has forty uploads under way at most, and one that ends makes room', async () => {
  const upload = () =>
    begin(
      head(
        'POST /api/agents/00000000-0000-4000-8000-000000000000/uploads HTTP/1.1',
        'Content-Type: multipart/form-data; boundary=x',
        cookie(),
        'Content-Length: 1000000',
      ),
    );
  const uploads = Array.from({ length: 60 }, upload);
  await expect.poll(() => uploads.filter((each) => each.status() === 429).length).toBe(20);
  for (const each of uploads.filter((one) => one.status() === undefined).slice(0, 5)) each.socket.destroy();
  await expect
    .poll(async () => {
      const another = upload();
      await sleep(200);
      another.socket.destroy();
      return another.status();
    })
    .toBeUndefined();
  for (const each of uploads) each.socket.destroy();
});

describe('whoever withholds a part', () => {
  test('of a body, a head or a whole request is cut off after 30 seconds, and one that gets on is not', async () => {
    const half = '{"name":"A';
    const cutOff = {
      'a body without a session': begin(signIn(20), half),
      'a body with one': begin(head('PATCH /api/users/me HTTP/1.1', json, cookie(), 'Content-Length: 20'), half),
      'a chunk': begin(
        head('PATCH /api/users/me HTTP/1.1', json, cookie(), 'Transfer-Encoding: chunked'),
        `a\r\n${half}\r\n`,
      ),
      'the file of an upload': begin(
        head(
          `POST /api/agents/00000000-0000-4000-8000-000000000000/uploads HTTP/1.1`,
          'Content-Type: multipart/form-data; boundary=x',
          cookie(),
          'Content-Length: 1000000',
        ),
      ),
      'a head': begin('GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Never: '),
      'all of it': begin(),
    };
    const slow = begin(head('PATCH /api/users/me HTTP/1.1', json, cookie(), 'Content-Length: 22', 'Connection: close'));
    void (async () => {
      for (const byte of '{"name":"Ada Patient"}') {
        slow.socket.write(byte);
        await sleep(500);
      }
    })();
    expect((await slow.ended).status).toBe(200);
    for (const [name, { ended }] of Object.entries(cutOff)) {
      const { text, status, afterMs } = await ended;
      expect(afterMs, name).toBeLessThan(50_000);
      if (/body|chunk|upload/.test(name)) {
        expect(status, `${name}: ${text}`).toBe(408);
        expect(text, name).toContain('"code":"request_timeout"');
      }
    }
    expect(await signsIn()).toBe(200);
  }, 70_000);

  test('of the body of a refused request keeps no connection', async () => {
    const refused = begin(head('POST /api/agents HTTP/1.1', json, 'Content-Length: 20'), '{');
    const { status, afterMs } = await refused.ended;
    expect(status).toBe(401);
    expect(afterMs).toBeLessThan(5_000);
  });
});
