import { execFile } from 'node:child_process';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { installGateway } from '../../server/cli/openclaw/install-gateway.ts';
import { gatewayEnvironment } from '../../server/cli/openclaw/supervise-gateway.ts';
import type { ModelDouble } from '../../testkit/model-double.ts';
import { connectClient } from '../chat/chat-client.ts';
import { createTestApp, request, type TestApp, type TestAppOptions, type TestUser } from '../create-test-app.ts';
import { gatewayTimeoutMs, packageDirectory, startAgentScene, type AgentScene } from './gateway-fixture.ts';

// Real: a Pinchy that reaches an OpenClaw Gateway from afar, as the gateway sees it: through a proxy that says so. The
// person on the gateway's host is its own command. Doubled: the model.

/** Another one than that of the Pinchy beside the gateway, which needs nobody's approval. */
const proxyAddress = '127.0.0.2';

let scene: AgentScene;
let double: ModelDouble;
let admin: TestUser;
let agentId: string;
const apps: TestApp[] = [];

beforeAll(async () => {
  scene = await startAgentScene({ trustedProxies: [proxyAddress] });
  ({ double, admin, agentId } = scene);
}, gatewayTimeoutMs);
afterAll(async () => {
  for (const app of apps) await app.close();
  await scene?.close();
}, 60_000);

/** What stands in front of a gateway that is reached over the network. Returns the address for `OPENCLAW_URL`. */
async function startProxy(): Promise<string> {
  const gatewayPort = Number(new URL(scene.environment['OPENCLAW_URL']!).port);
  const sockets = new Set<Socket>();
  const proxy = createServer((socket) => {
    const upstream = connect({ host: '127.0.0.1', port: gatewayPort, localAddress: proxyAddress });
    for (const one of [socket, upstream]) sockets.add(one.on('error', () => undefined));
    socket.once('data', (head) => {
      upstream.write(head.toString('latin1').replace('\r\n', '\r\nX-Forwarded-For: 203.0.113.7\r\n'), 'latin1');
      socket.pipe(upstream).pipe(socket);
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    proxy.close();
    for (const socket of sockets) socket.destroy();
  });
  return `ws://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

async function startAfar(url: string, more: TestAppOptions = {}) {
  const lines: string[] = [];
  const app = await createTestApp({
    ...more,
    environment: { ...scene.environment, OPENCLAW_URL: url, ...more.environment },
    onLogLine: (line) => void lines.push(line),
  });
  apps.push(app);
  const asked = () => /openclaw devices approve ([\w-]+)/.exec(lines.join(''))?.[1];
  const isConnected = async () => (await request(app.app, 'GET', '/api/health/openclaw')).body.connected;
  return { app, asked, isConnected };
}

async function approve(requestId: string): Promise<void> {
  const program = await installGateway(packageDirectory, () => {});
  const env = gatewayEnvironment(join(scene.directory, 'openclaw.json'));
  await promisify(execFile)(process.execPath, [program, 'devices', 'approve', requestId], { env });
}

test('a Pinchy on another host says what to run there, and is let in from then on, whatever process it is', async () => {
  const url = await startProxy();
  const afar = await startAfar(url, { databaseUrl: scene.server.databaseUrl });
  await expect.poll(afar.asked, { timeout: 30_000 }).toBeDefined();
  expect(await afar.isConnected()).toBe(false);

  await approve(afar.asked()!);
  await expect.poll(afar.isConnected, { timeout: 30_000 }).toBe(true);
  double.respond([{ text: 'Heard from afar.' }]);
  const address = await afar.app.listen();
  const client = await connectClient(`${address.replace('http', 'ws')}/api/ws`, { cookie: admin.cookie });
  client.say(agentId, 'Do you hear me?');
  await client.next('complete', undefined, 60_000);
  expect(client.text()).toBe('Heard from afar.');
  await client.close();

  const replica = await startAfar(url, { databaseUrl: scene.server.databaseUrl });
  await expect.poll(replica.isConnected, { timeout: 30_000 }).toBe(true);
  expect(replica.asked()).toBeUndefined();
}, 180_000);

test('somebody who has the token, and is not that Pinchy, is not let in', async () => {
  const stranger = await startAfar(await startProxy(), {
    environment: { ENCRYPTION_KEY: 'another key of at least 32 characters' },
  });
  await expect.poll(stranger.asked, { timeout: 30_000 }).toBeDefined();
  expect(await stranger.isConnected()).toBe(false);
}, 60_000);
