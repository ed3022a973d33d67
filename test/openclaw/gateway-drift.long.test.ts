import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GatewayConnection } from '../../server/runtime/openclaw/gateway-connection.ts';
import { gatewayAgentId, gatewayProvider } from '../../server/runtime/openclaw/gateway-names.ts';
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

test('a turn that somebody gives an agent in the gateway itself is answered where the agent is theirs, and reaches no model where it is Pinchy’s', async () => {
  double.respond([{ text: 'Done.' }]);
  const giveTurn = async (agent: string) => {
    const asked = double.requests.filter(({ chat }) => chat).length;
    const { runId } = await operator.request<{ runId: string }>('agent', {
      agentId: agent,
      sessionKey: `agent:${agent}:by-hand`,
      idempotencyKey: randomUUID(),
      message: 'Do something.',
      deliver: false,
      provider: gatewayProvider('openai'),
      model: 'gpt-5',
    });
    const { error } = await operator.request<{ error?: string }>('agent.wait', { runId, timeoutMs: 60_000 });
    return { error, modelCalls: double.requests.filter(({ chat }) => chat).length - asked };
  };
  // Theirs has a tool of its own; while the configuration changes, the gateway refuses.
  const allowOne = () => patch({ tools: { allow: ['session_status'] } }, ['tools.allow']);
  await expect.poll(async () => allowOne().then(() => true), slow).toBe(true);
  await expect.poll(() => giveTurn('main'), slow).toEqual({ error: undefined, modelCalls: 1 });
  expect(await giveTurn(gatewayAgentId(agentId))).toMatchObject({
    error: expect.stringContaining('blocked by pinchy'),
    modelCalls: 0,
  });
}, 180_000);
