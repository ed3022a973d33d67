import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { startModelDouble, type ModelDouble } from '../../testkit/model-double.ts';
import { createAdmin, createMember, createTestApp, request, type TestUser } from '../create-test-app.ts';
import { auditRows } from '../test-database.ts';
import { gatewayTimeoutMs, gatewayToken, startGatewayScene, type GatewayScene } from './gateway-fixture.ts';

// Real: the app, PostgreSQL, and an OpenClaw Gateway. Doubled: the model.

let scene: GatewayScene;
let double: ModelDouble;
let admin: TestUser;
let member: TestUser;
/** For every test that needs no other: a gateway takes five seconds of the processor for the first turn of each. */
let agentId: string;
const key = 'sk-a-key-that-must-not-lie-about';

beforeAll(async () => {
  double = await startModelDouble({ kind: 'openai' });
  scene = await startGatewayScene({ environment: { OPENAI_BASE_URL: double.url } });
  admin = await createAdmin(scene.server.app);
  await admin.request('POST', '/api/settings/providers', { provider: 'openai', apiKey: key });
  agentId = await createAgent({ allowedTools: ['pinchy_ls'] });
}, gatewayTimeoutMs);
beforeEach(async () => {
  member = await createMember(scene.server.app, admin);
});
afterAll(async () => {
  await scene?.close();
  await double?.close();
}, 60_000);

async function createAgent(more: Record<string, unknown> = {}): Promise<string> {
  const answer = await admin.request('POST', '/api/agents', { name: 'Clerk', templateId: 'custom', ...more });
  return answer.body.id as string;
}

/** A turn that is under way until `finish` is called, with what the plugin would show for it. */
async function startTurn() {
  double.respondNext([{ text: 'one two three ', chunks: 3, delayMs: 10 }, { hang: true }]);
  const client = await scene.open(member);
  client.say(agentId, 'Go on for long.');
  const { runId } = await client.next('chunk', undefined, 60_000);
  const asking = {
    agentId: `pinchy-${agentId}`,
    sessionKey: `agent:pinchy-${agentId}:direct:${member.id}`,
    runId: runId as string,
  };
  const finish = async () => {
    client.send({ type: 'abort', agentId });
    await client.next('complete');
    await client.close();
  };
  return { asking, finish };
}

const internal = (path: string, body: unknown, token = gatewayToken) =>
  request(scene.server.app, 'POST', `/api/internal/${path}`, { body, headers: { authorization: `Bearer ${token}` } });

describe('the plugin’s token', () => {
  test('opens nothing without a run that Pinchy started, and then only what that run may do', async () => {
    const other = await createAgent({ allowedTools: ['pinchy_ls'] });
    const { asking, finish } = await startTurn();
    const call = { ...asking, toolCallId: 'call_1', input: { path: '/data' } };

    expect((await internal('tools/pinchy_ls', call, 'another token of thirty-two letters')).status).toBe(401);
    expect((await request(scene.server.app, 'POST', '/api/internal/tools/pinchy_ls', { body: call })).status).toBe(401);
    const strangers = [
      { agentId: `pinchy-${other}` },
      { agentId: agentId },
      { sessionKey: `agent:pinchy-${agentId}:direct:${admin.id}` },
      { sessionKey: `${asking.sessionKey}:1` },
      { runId: '00000000-0000-4000-8000-000000000000' },
      { runId: "' or true --" },
    ];
    for (const wrong of strangers) {
      expect((await internal('tools/pinchy_ls', { ...call, ...wrong })).status, JSON.stringify(wrong)).toBe(404);
      expect((await internal('turns', { ...asking, ...wrong })).status, JSON.stringify(wrong)).toBe(404);
    }
    expect((await internal('tools/pinchy_ls', { ...call, extra: 1 })).status).toBe(400);

    const denied = await internal('tools/odoo_delete', { ...call, toolCallId: 'call_2', input: {} });
    expect(denied.body).toMatchObject({ state: 'denied' });
    const done = await internal('tools/pinchy_ls', call);
    expect(done.status).toBe(200);
    const before = (await auditRows(scene.server.databaseUrl, 'tool.pinchy_ls')).length;
    expect((await internal('tools/pinchy_ls', call)).body).toEqual(done.body);
    expect(await auditRows(scene.server.databaseUrl, 'tool.pinchy_ls')).toHaveLength(before);

    await finish();
    expect((await internal('tools/pinchy_ls', { ...call, toolCallId: 'call_3' })).status).toBe(404);
    expect((await internal('turns', asking)).status).toBe(404);
  });
});

test('no key and no token lies in a file that others may read, and no key in the configuration', async () => {
  double.respondNext([{ text: 'Here.' }]);
  const client = await scene.open(member);
  client.say(agentId, 'Are you there?');
  await client.next('complete', undefined, 20_000);
  await client.close();
  const files = readdirSync(scene.directory, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  const secret = files
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => [key, gatewayToken].some((text) => readFileSync(path).includes(text)));
  expect(secret).toContain(join(scene.directory, 'openclaw.json'));
  expect(secret.filter((path) => (statSync(path).mode & 0o077) !== 0)).toEqual([]);
  expect(readFileSync(join(scene.directory, 'openclaw.json'), 'utf8')).not.toContain(key);
  const asked = double.requests.filter(({ path }) => path.includes('responses'));
  expect(asked.at(-1)?.headers['authorization']).toBe(`Bearer ${key}`);
});

test('contexts and instructions reach the gateway’s workspace, and a deleted agent leaves it', async () => {
  const shortLived = await createAgent();
  await admin.request('PUT', '/api/settings/context', { content: 'We sell lighthouses.' });
  await admin.request('PUT', `/api/agents/${shortLived}/files/AGENTS.md`, { content: 'Answer in rhymes.' });
  await expect.poll(() => readWorkspace(shortLived), { timeout: 60_000 }).toContain('We sell lighthouses.');
  await expect.poll(() => readWorkspace(shortLived), { timeout: 60_000 }).toContain('Answer in rhymes.');
  await admin.request('DELETE', `/api/agents/${shortLived}`);
  await expect
    .poll(() => readFileSync(join(scene.directory, 'openclaw.json'), 'utf8'), { timeout: 60_000 })
    .not.toContain(shortLived);
});

function readWorkspace(id: string): string {
  const roots = [
    join(scene.directory, `workspace-pinchy-${id}`),
    join(scene.directory, 'home', '.openclaw', `workspace-pinchy-${id}`),
  ];
  for (const root of roots) {
    try {
      return ['USER.md', 'AGENTS.md'].map((name) => readFileSync(join(root, name), 'utf8')).join('\n');
    } catch {
      // It is the other place, or not there yet.
    }
  }
  return '';
}

test('a wrong token is an outage that is told, and nothing else fails', async () => {
  const url = scene.server.services.config.openclaw!.url;
  const other = await createTestApp({
    environment: {
      AGENT_RUNTIME: 'openclaw',
      OPENCLAW_URL: url,
      OPENCLAW_TOKEN: 'a wrong token of thirty-two letters',
    },
  });
  try {
    const answer = await request(other.app, 'GET', '/api/health/openclaw');
    expect(answer).toMatchObject({ status: 503, body: { connected: false, mode: 'openclaw' } });
    const someone = await createAdmin(other.app);
    expect((await someone.request('GET', '/api/agents')).status).toBe(200);
    expect((await request(other.app, 'GET', '/api/health')).status).toBe(503);
  } finally {
    await other.close();
  }
});
