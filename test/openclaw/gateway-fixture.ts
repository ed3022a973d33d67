import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { vi } from 'vitest';
import { writeGatewayFiles } from '../../server/cli/openclaw/gateway-files.ts';
import { installGateway } from '../../server/cli/openclaw/install-gateway.ts';
import { superviseGateway, type SupervisedGateway } from '../../server/cli/openclaw/supervise-gateway.ts';
import { createLogger } from '../../server/platform/logger.ts';
import { createGatewayDevice } from '../../server/runtime/openclaw/gateway-device.ts';
import { createGatewayConnection, type GatewayConnection } from '../../server/runtime/openclaw/gateway-connection.ts';
import { describeTool } from '../../server/tools/describe-tool.ts';
import { startModelDouble, type ModelDouble } from '../../testkit/model-double.ts';
import { findFreePort } from '../../testkit/find-free-port.ts';
import { type ChatClient, connectClient } from '../chat/chat-client.ts';
import { createAdmin, createTestApp, type TestApp, type TestAppOptions, type TestUser } from '../create-test-app.ts';

// The real gateway, installed once into the cache, with our plugin in it, beside the real app.

// It takes five seconds of the processor to take an agent up, more when other tests run.
vi.setConfig({ testTimeout: 120_000 });

export const packageDirectory = join(import.meta.dirname, '../../.cache/openclaw');
export const gatewayToken = 'test gateway token of 32 characters!';

/** What installing it may take on a slow machine. */
export const gatewayTimeoutMs = 300_000;

const maxStartMs = 230_000;

export interface GatewayScene {
  server: TestApp;
  address: string;
  /** A chat socket of the app. */
  open(user: TestUser): Promise<ChatClient>;
  /** The gateway's own directory. */
  directory: string;
  startGateway(): void;
  gateway(): SupervisedGateway;
  untilConnected(): Promise<void>;
  /** Another client of the gateway with all rights, as a person beside Pinchy has it; closed with the scene. */
  operator(): Promise<Pick<GatewayConnection, 'request'>>;
  /** What another Pinchy on the same database and gateway is started with. */
  environment: Record<string, string>;
  close(): Promise<void>;
}

export async function startGatewayScene({
  trustedProxies,
  ...options
}: TestAppOptions & { trustedProxies?: string[] } = {}): Promise<GatewayScene> {
  const program = await installGateway(packageDirectory, () => {});
  const port = await findFreePort();
  const environment = {
    AGENT_RUNTIME: 'openclaw',
    OPENCLAW_URL: `ws://127.0.0.1:${port}`,
    OPENCLAW_TOKEN: gatewayToken,
    ...options.environment,
  };
  const server = await createTestApp({ ...options, environment });
  const address = await server.listen();
  const directory = mkdtempSync(join(tmpdir(), 'pinchy-gateway-'));
  const configPath = await writeGatewayFiles({
    directory,
    port,
    token: gatewayToken,
    pinchyUrl: address,
    tools: server.services.tools.all.map(describeTool),
  });
  if (trustedProxies) await addToConfig(configPath, { trustedProxies });
  let supervised: SupervisedGateway | undefined;
  const operators: GatewayConnection[] = [];
  const scene: GatewayScene = {
    server,
    address,
    open: (user) => connectClient(`${address.replace('http', 'ws')}/api/ws`, { cookie: user.cookie }),
    directory,
    environment,
    startGateway() {
      const stdio = process.env['GATEWAY_LOG'] ? 'inherit' : 'ignore';
      supervised = superviseGateway({ program, configPath, say: () => {}, stdio });
    },
    gateway() {
      if (!supervised) throw new Error('The gateway was not started.');
      return supervised;
    },
    async untilConnected() {
      const deadline = Date.now() + maxStartMs;
      while (!server.services.runtime.health().connected) {
        if (Date.now() > deadline) throw new Error('The gateway did not come up.');
        await sleep(50);
      }
    },
    operator: () =>
      new Promise((resolve) => {
        const connection = createGatewayConnection({
          url: environment.OPENCLAW_URL,
          token: gatewayToken,
          device: createGatewayDevice('an operator of the tests'),
          version: 'operator',
          log: createLogger('silent'),
          onConnected: () => resolve(connection),
          onLost() {},
          onEvent() {},
        });
        operators.push(connection);
        connection.start();
      }),
    async close() {
      for (const operator of operators) await operator.stop();
      await server.close();
      await supervised?.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
  scene.startGateway();
  try {
    await scene.untilConnected();
  } catch (error) {
    await scene.close();
    throw error;
  }
  return scene;
}

export interface AgentScene extends GatewayScene {
  /** The model behind the gateway. */
  double: ModelDouble;
  admin: TestUser;
  /** An agent for everybody, with no tools. */
  agentId: string;
}

/** A gateway with a model behind it, an admin, and an agent. */
export async function startAgentScene(options: Parameters<typeof startGatewayScene>[0] = {}): Promise<AgentScene> {
  const double = await startModelDouble({ kind: 'openai' });
  const scene = await startGatewayScene({ ...options, environment: { OPENAI_BASE_URL: double.url } });
  const admin = await createAdmin(scene.server.app);
  await admin.request('POST', '/api/settings/providers', { provider: 'openai', apiKey: 'sk-of-the-double' });
  const { body } = await admin.request('POST', '/api/agents', { name: 'Clerk', templateId: 'custom' });
  return {
    ...scene,
    double,
    admin,
    agentId: body.id,
    async close() {
      await scene.close();
      await double.close();
    },
  };
}

/** Settings of the gateway's own that its operators make. */
async function addToConfig(path: string, gateway: Record<string, unknown>): Promise<void> {
  const config = JSON.parse(await readFile(path, 'utf8')) as { gateway: Record<string, unknown> };
  await writeFile(path, JSON.stringify({ ...config, gateway: { ...config.gateway, ...gateway } }));
}
