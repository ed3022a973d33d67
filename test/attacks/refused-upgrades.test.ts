import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAdmin, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';

// Whoever asks for a socket and does not get one must not keep the connection: nobody reads it any more, so that its end
// would never be noticed.

let server: TestApp;
let admin: TestUser;
let port: number;
beforeAll(async () => {
  server = await createTestApp({ environment: { RATE_LIMIT_API_PER_MINUTE: '20' } });
  port = Number(new URL(await server.listen()).port);
  admin = await createAdmin(server.app);
});
afterAll(() => server.close());

interface Asked {
  socket: Socket;
  status: number;
  /** The answer so far. */
  text(): string;
  /** Whether the server ended the connection. */
  isOver(): boolean;
}

/** Sends the head of a request, and leaves the connection open after the answer. */
function ask(line: string, headers: Record<string, string>): Promise<Asked> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    let text = '';
    let isOver = false;
    socket.on('error', reject);
    socket.on('end', () => (isOver = true));
    socket.on('data', (chunk) => {
      text += chunk.toString();
      const status = Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]);
      if (status) resolve({ socket, status, text: () => text, isOver: () => isOver });
    });
    const all = Object.entries({ host: `127.0.0.1:${port}`, ...headers }).map(([name, value]) => `${name}: ${value}`);
    socket.write(`${[line, ...all].join('\r\n')}\r\n\r\n`);
  });
}

const websocket = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

function countConnections(): Promise<number> {
  return new Promise((resolve, reject) =>
    server.app.server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );
}

describe('a connection that asked for a socket', () => {
  it.each([
    ['without a session', 401, {}],
    ['from another site', 403, { origin: 'http://evil.example' }],
    ['with a version that nobody speaks', 400, { 'sec-websocket-version': '99', session: 'own' }],
  ])('ends with the answer %s', async (_why, expected, { session, ...headers }: Record<string, string>) => {
    const cookie = session ? { cookie: admin.cookie } : undefined;
    const { status, text, isOver, socket } = await ask('GET /api/ws HTTP/1.1', { ...websocket, ...cookie, ...headers });
    expect(status).toBe(expected);
    await expect.poll(isOver).toBe(true);
    // A proxy that keeps connections must not send the next person's request into this one.
    expect(text()).toMatch(/^connection: close\r$/im);
    socket.destroy();
    await expect.poll(countConnections).toBe(0);
  });

  it('is kept after an ordinary request that only names a protocol', async () => {
    const { connection: _, ...headers } = websocket;
    const { socket, status } = await ask('GET /api/ws HTTP/1.1', { ...headers, cookie: admin.cookie });
    expect(status).toBe(404);
    const again = new Promise<string>((resolve) => socket.once('data', (chunk) => resolve(chunk.toString())));
    socket.write(`GET /api/health HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n\r\n`);
    expect(await again).toMatch(/^HTTP\/1\.1 200 /);
    socket.destroy();
  });

  it.each(['GET /api/agents HTTP/1.1', 'GET /api/nowhere HTTP/1.1', 'GET / HTTP/1.1', 'POST /api/ws HTTP/1.1'])(
    'elsewhere is an ordinary request: %s',
    async (line) => {
      for (const upgrade of ['websocket', 'h2c']) {
        const { socket, status } = await ask(line, { ...websocket, upgrade });
        expect(status).not.toBe(101);
        const again = new Promise<string>((resolve) => socket.once('data', (chunk) => resolve(chunk.toString())));
        socket.write(`GET /api/health HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n\r\n`);
        expect(await again).toMatch(/^HTTP\/1\.1 200 /);
        socket.destroy();
        await expect.poll(countConnections).toBe(0);
      }
    },
  );

  it('ends beyond the limit of requests, however often it is tried', async () => {
    const headers = { ...websocket, cookie: admin.cookie, origin: 'http://evil.example' };
    const asked = await Promise.all(Array.from({ length: 60 }, () => ask('GET /api/ws HTTP/1.1', headers)));
    expect(asked.filter(({ status }) => status === 429).length).toBeGreaterThan(20);
    await expect.poll(() => asked.every(({ isOver }) => isOver())).toBe(true);
    for (const { socket } of asked) socket.destroy();
    await expect.poll(countConnections).toBe(0);
  });
});
