import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GatewayConnection } from '../../server/runtime/openclaw/gateway-connection.ts';
import { startModelDouble, type ModelDouble } from '../../testkit/model-double.ts';
import { createAdmin, type TestUser } from '../create-test-app.ts';
import { gatewayTimeoutMs, startGatewayScene, type GatewayScene } from './gateway-fixture.ts';

// Real: the app, PostgreSQL, an OpenClaw Gateway. Doubled: the models.

interface GatewayConfig {
  agents: { entries: Record<string, unknown> };
  models: { providers: Record<string, unknown> };
}

let scene: GatewayScene;
let double: ModelDouble;
let other: ModelDouble;
let admin: TestUser;
let operator: Pick<GatewayConnection, 'request'>;
beforeAll(async () => {
  double = await startModelDouble({ kind: 'openai' });
  other = await startModelDouble({ kind: 'anthropic' });
  scene = await startGatewayScene({ environment: { OPENAI_BASE_URL: double.url, ANTHROPIC_BASE_URL: other.url } });
  admin = await createAdmin(scene.server.app);
  await admin.request('POST', '/api/settings/providers', { provider: 'openai', apiKey: 'sk-test' });
  operator = await scene.operator();
}, gatewayTimeoutMs);
afterAll(async () => {
  await scene?.close();
  await double?.close();
  await other?.close();
}, 60_000);

const slow = { timeout: 60_000 };

async function readConfig(): Promise<GatewayConfig> {
  return (await operator.request<{ parsed: GatewayConfig }>('config.get', {})).parsed;
}

const workspaceOf = (agentId: string) =>
  [
    join(scene.directory, `workspace-pinchy-${agentId}`),
    join(scene.directory, 'home', '.openclaw', `workspace-pinchy-${agentId}`),
  ].find(existsSync);

test('an agent and a provider that were removed leave the gateway, with workspace and key', async () => {
  const made = await admin.request('POST', '/api/agents', { name: 'Clerk', templateId: 'custom' });
  const agentId = made.body.id as string;
  await admin.request('POST', '/api/settings/providers', { provider: 'anthropic', apiKey: 'sk-ant-goes-again' });
  const names = async () =>
    (await operator.request<{ entries: { name: string }[] }>('secrets.store.list', {})).entries.map(({ name }) => name);
  await expect.poll(async () => (await readConfig()).models.providers, slow).toHaveProperty('pinchy-anthropic');
  await expect.poll(() => workspaceOf(agentId), slow).toBeDefined();
  expect(await names()).toContain('PINCHY_ANTHROPIC');

  const removed = await admin.request('DELETE', '/api/settings/providers?provider=anthropic');
  expect(removed.status, removed.text).toBeLessThan(300);
  await admin.request('DELETE', `/api/agents/${agentId}`);
  await expect.poll(names, slow).not.toContain('PINCHY_ANTHROPIC');
  expect(await names()).toContain('PINCHY_OPENAI');
  const config = await readConfig();
  expect(config.models.providers).not.toHaveProperty('pinchy-anthropic');
  await expect.poll(async () => (await readConfig()).agents.entries, slow).not.toHaveProperty(`pinchy-${agentId}`);
  await expect.poll(() => workspaceOf(agentId), slow).toBeUndefined();
});
