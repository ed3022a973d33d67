import { afterAll, beforeAll, expect, test } from 'vitest';
import { startModelDouble, type ModelDouble } from '../../testkit/model-double.ts';
import { connectClient, type ChatClient } from '../chat/chat-client.ts';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { query } from '../test-database.ts';

// What waits for one person, across all agents and conversations, and the word that it has changed.

let server: TestApp;
let model: ModelDouble;
let admin: TestUser;
let member: TestUser;
let here: ChatClient;
let elsewhere: ChatClient;
let others: ChatClient;
const agents: string[] = [];

beforeAll(async () => {
  model = await startModelDouble({ kind: 'ollama-local' });
  server = await createTestApp();
  admin = await createAdmin(server.app);
  member = await createMember(server.app, admin);
  await admin.request('POST', '/api/settings/providers', { provider: 'ollama-local', baseUrl: model.url });
  for (const name of ['First', 'Second']) {
    const agent = {
      name,
      templateId: 'custom',
      allowedTools: ['pinchy_ls'],
      pluginConfig: { ask_first: ['pinchy_ls'] },
    };
    agents.push((await admin.request('POST', '/api/agents', agent)).body.id);
  }
  const address = `${(await server.listen()).replace('http', 'ws')}/api/ws`;
  here = await connectClient(address, { cookie: admin.cookie });
  elsewhere = await connectClient(address, { cookie: admin.cookie });
  others = await connectClient(address, { cookie: member.cookie });
});
afterAll(async () => {
  for (const client of [here, elsewhere, others]) await client?.close();
  await server?.close();
  await model?.close();
});

const waiting = async (user = admin) =>
  (await user.request('GET', '/api/approvals')).body.approvals as { approvalId: string }[];
async function ask(agentId: string, more = {}) {
  const before = (await waiting()).length;
  model.respondNext([{ toolCall: { name: 'pinchy_ls', input: { path: '/data' } } }]);
  here.say(agentId, 'Look', more);
  await expect.poll(async () => (await waiting()).length).toBe(before + 1);
}
const told = () => elsewhere.all('waiting').length;

test('what waits is listed with where and until when; every tab hears that it changed, nobody else', async () => {
  const chatId = crypto.randomUUID();
  await ask(agents[0]!);
  await ask(agents[1]!, { chatId, begins: true });
  expect(await waiting()).toMatchObject([
    {
      agentName: 'First',
      agentId: agents[0],
      chatId: null,
      tool: 'pinchy_ls',
      input: { path: '/data' },
      isWhole: true,
    },
    { agentName: 'Second', agentId: agents[1], chatId, mayAllowAlways: false },
  ]);
  const [first, second] = (await waiting()) as { approvalId: string; expiresAt: string; createdAt: string }[];
  expect(Date.parse(first!.expiresAt) - Date.parse(first!.createdAt)).toBe(15 * 60_000);
  await expect.poll(told).toBeGreaterThanOrEqual(2);
  expect(await waiting(member)).toEqual([]);
  expect(others.all('waiting')).toEqual([]);

  const before = told();
  const path = `/api/approvals/${first!.approvalId}`;
  expect((await admin.request('POST', path, { decision: 'deny' })).body).toEqual({ success: true });
  await expect.poll(told).toBeGreaterThan(before);
  expect(await waiting()).toMatchObject([{ approvalId: second!.approvalId }]);
  const again = await admin.request('POST', path, { decision: 'approve' });
  expect(again.status).toBe(404);
  expect(again.text).toContain('was denied already');

  // Its time runs out.
  const gone = told();
  await query(server.databaseUrl, `update approvals set expires_at = now() where id = $1`, [second!.approvalId]);
  expect(await waiting()).toEqual([]);
  await expect.poll(told).toBeGreaterThan(gone);
  // The answer goes on, and must not take what the model is going to say to the next one.
  const open = () => query(server.databaseUrl, `select 1 from runs where state in ('queued', 'running', 'waiting')`);
  await expect.poll(open).toEqual([]);
});

test('of an agent that is not theirs any more nothing is listed', async () => {
  await ask(agents[0]!);
  expect((await admin.request('DELETE', `/api/agents/${agents[0]}`)).status).toBe(200);
  expect(await waiting()).toEqual([]);
});

test('a call too long for a list is named, and decided in its conversation', async () => {
  const agentId = agents[1]!;
  await admin.request('PATCH', `/api/agents/${agentId}`, { pluginConfig: { allowed_paths: [] } });
  const before = (await waiting()).length;
  model.respondNext([{ toolCall: { name: 'pinchy_ls', input: { path: '/data' } } }]);
  here.say(agentId, 'Look', { chatId: crypto.randomUUID(), begins: true });
  await expect.poll(async () => (await waiting()).length).toBe(before + 1);
  const { approvalId } = (await waiting()).at(-1)!;
  await query(
    server.databaseUrl,
    `update approvals set input = jsonb_build_object('path', repeat('x', 30000)) where id = $1`,
    [approvalId],
  );
  const listed = (await waiting()).at(-1)!;
  expect(listed).toMatchObject({ approvalId, isWhole: false });
  expect(listed).not.toHaveProperty('input');
});
