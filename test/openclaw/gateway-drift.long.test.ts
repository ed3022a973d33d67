import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GatewayConnection } from '../../server/runtime/openclaw/gateway-connection.ts';
import type { ModelDouble } from '../../testkit/model-double.ts';
import { type TestUser } from '../create-test-app.ts';
import { gatewayTimeoutMs, startAgentScene, type AgentScene } from './gateway-fixture.ts';

// Real: the app, PostgreSQL, an OpenClaw Gateway that somebody changes by hand. Doubled: the model.

let scene: AgentScene;
let double: ModelDouble;
let admin: TestUser;
let operator: Pick<GatewayConnection, 'request'>;
let agentId: string;
beforeAll(async () => {
  scene = await startAgentScene();
  ({ double, admin, agentId } = scene);
  operator = await scene.operator();
}, gatewayTimeoutMs);
afterAll(() => scene?.close(), 60_000);

const slow = { timeout: 90_000 };

interface Entry {
  name: string;
  tools: { allow: string[] };
}

async function readEntry(): Promise<Entry | undefined> {
  const { parsed } = await operator.request<{ parsed: { agents: { entries: Record<string, Entry> } } }>(
    'config.get',
    {},
  );
  return parsed.agents.entries[`pinchy-${agentId}`];
}

async function patch(value: object, replacePaths: string[] = []): Promise<void> {
  const { hash } = await operator.request<{ hash: string }>('config.get', {});
  await operator.request('config.patch', { raw: JSON.stringify(value), baseHash: hash, replacePaths });
}

async function ask(text: string): Promise<string> {
  const client = await scene.open(admin);
  client.say(agentId, text);
  await client.next('complete', undefined, 90_000);
  expect(client.all('error')).toEqual([]);
  const said = client.text();
  await client.close();
  return said;
}

test('tools of the gateway that somebody grants an agent by hand stay denied, and are taken back at the next connect', async () => {
  double.respond([{ text: 'Ready.' }]);
  expect(await ask('Hello')).toContain('Ready.');
  const before = (await readEntry())!;
  expect(before.tools.allow).not.toContain('exec');

  const allow = [...before.tools.allow, 'exec', 'write', 'read', 'group:fs', 'group:runtime'];
  const path = `agents.entries.pinchy-${agentId}`;
  await patch({ agents: { entries: { [`pinchy-${agentId}`]: { name: 'Widened', tools: { allow } } } } }, [
    `${path}.tools.allow`,
  ]);
  expect(await readEntry()).toMatchObject({ name: 'Widened', tools: { allow } });

  const trace = join(scene.directory, 'written-by-exec');
  double.respond(({ messages }) =>
    messages.at(-1)?.role === 'tool'
      ? [{ text: 'That was refused.' }]
      : [{ toolCall: { name: 'exec', input: { command: `touch ${trace}` } } }],
  );
  const asked = double.requests.length;
  expect(await ask('Run something')).toContain('That was refused.');
  for (const { chat } of double.requests.slice(asked)) expect(chat?.tools ?? []).not.toContain('exec');
  expect(existsSync(trace)).toBe(false);

  process.kill(scene.gateway().pid!, 'SIGKILL');
  await expect.poll(() => scene.server.services.runtime.health().connected, slow).toBe(false);
  await scene.untilConnected();
  await expect.poll(async () => (await readEntry().catch(() => undefined))?.name, slow).toBe('Clerk');
  expect((await readEntry())!.tools.allow).toEqual(before.tools.allow);
}, 300_000);
