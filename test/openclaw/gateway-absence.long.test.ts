import { createServer, type Socket } from 'node:net';
import { afterEach, beforeAll, afterAll, expect, test } from 'vitest';
import { findFreePort } from '../../testkit/find-free-port.ts';
import { startGatewayDouble, type GatewayDouble } from '../../testkit/gateway-double.ts';
import { createTestApp, request, type TestApp } from '../create-test-app.ts';

// A gateway that is there, and is not what it should be: old, silent, hung, with another token. Doubled, since a real one
// is so only when it is broken; the one that is killed and restarted is real in `gateway-outage.long.test.ts`.

const token = 'the token of a gateway that is odd at times';
let port: number;
let server: TestApp;
let double: GatewayDouble | undefined;
beforeAll(async () => {
  port = await findFreePort();
  server = await createTestApp({
    environment: { AGENT_RUNTIME: 'openclaw', OPENCLAW_URL: `ws://127.0.0.1:${port}`, OPENCLAW_TOKEN: token },
  });
});
afterEach(async () => {
  await double?.close();
  double = undefined;
  await expectHealth(503);
});
afterAll(() => server?.close());

async function start(more: Partial<GatewayDouble> = {}): Promise<GatewayDouble> {
  double = Object.assign(await startGatewayDouble({ token, port }), more);
  return double;
}

/** Both say so within five seconds, and agree. */
async function expectHealth(status: 200 | 503): Promise<void> {
  const ask = async () => {
    const [all, openclaw] = await Promise.all(
      ['/api/health', '/api/health/openclaw'].map((url) => request(server.app, 'GET', url)),
    );
    return [all!.status, all!.body.openclaw.connected, openclaw!.status, openclaw!.body.connected];
  };
  const isUp = status === 200;
  await expect.poll(ask, { timeout: 5_000, interval: 50 }).toEqual([status, isUp, status, isUp]);
}

test('a gateway that is there is said to be there, as soon as it is', async () => {
  await expectHealth(503);
  await start();
  await expectHealth(200);
});

test('one that vanishes, and comes back at once, is connected again within seconds', async () => {
  const gateway = await start();
  await expectHealth(200);
  gateway.drop();
  await expect.poll(() => gateway.connections.length, { timeout: 5_000 }).toBe(2);
  await expectHealth(200);
});

test('one that hangs with its sockets open is found out, and believed again once it answers', async () => {
  const gateway = await start();
  await expectHealth(200);
  gateway.mode = 'mute';
  await expectHealth(503);
  gateway.mode = 'speaking';
  gateway.drop();
  await expectHealth(200);
});

test('one that lets its last answers end is said to restart, and to be there once it takes work again', async () => {
  const gateway = await start();
  await expectHealth(200);
  gateway.mode = 'draining';
  const ask = async () => (await request(server.app, 'GET', '/api/health/openclaw')).body;
  await expect.poll(ask, { timeout: 5_000 }).toMatchObject({ status: 'restarting', connected: false });
  expect((await request(server.app, 'GET', '/api/health')).status).toBe(503);
  gateway.mode = 'speaking';
  await expectHealth(200);
  expect(gateway.connections).toHaveLength(1);
});

test('one that accepts connections and stays silent is not taken for a gateway, and not stormed', async () => {
  const gateway = await start({ mode: 'silent' });
  await expect.poll(() => gateway.connections.length, { timeout: 5_000 }).toBeGreaterThan(0);
  await expectHealth(503);
  gateway.mode = 'speaking';
  gateway.drop();
  await expectHealth(200);
  expect(gateway.connections.length).toBeLessThan(4);
});

test('a port that accepts and never says a word, not even as a web server, is no gateway either', async () => {
  const sockets = new Set<Socket>();
  const wall = createServer((socket) => void sockets.add(socket.on('error', () => undefined)));
  await new Promise<void>((resolve) => wall.listen(port, '127.0.0.1', resolve));
  await expect.poll(() => sockets.size, { timeout: 5_000 }).toBeGreaterThan(0);
  await expectHealth(503);
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => wall.close(resolve));
  await start();
  await expectHealth(200);
});

test('an older one is refused and asked again, until it was brought up to date', async () => {
  const gateway = await start({ protocol: 3 });
  await expect.poll(() => gateway.connections.length, { timeout: 5_000 }).toBe(1);
  await expectHealth(503);
  expect(gateway.requests).toEqual([]);
  gateway.protocol = 4;
  await expect.poll(() => gateway.connections.length, { timeout: 10_000 }).toBe(2);
  await expectHealth(200);
}, 30_000);

test('one with another token is told apart, and asked again every few seconds until it has ours', async () => {
  const gateway = await start({ token: 'another' });
  await expect.poll(() => gateway.connections.length, { timeout: 5_000 }).toBe(1);
  await expectHealth(503);
  expect(gateway.requests).toEqual([]);
  gateway.token = token;
  await expect.poll(() => gateway.connections.length, { timeout: 10_000 }).toBe(2);
  await expectHealth(200);
}, 30_000);

test('while none is there, the pauses between tries grow', async () => {
  const tries: number[] = [];
  const wall = createServer((socket) => {
    tries.push(performance.now());
    socket.destroy();
  });
  await new Promise<void>((resolve) => wall.listen(port, '127.0.0.1', resolve));
  await expect.poll(() => tries.length, { timeout: 25_000 }).toBeGreaterThan(5);
  const pauses = tries.slice(1).map((at, index) => at - tries[index]!);
  expect(pauses.at(-1)).toBeGreaterThan(2_500);
  expect(Math.max(...pauses)).toBeLessThan(8_000);
  await new Promise((resolve) => wall.close(resolve));
}, 40_000);
