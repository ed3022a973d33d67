import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ModelDouble, startModelDouble } from '../../testkit/model-double.ts';
import { connectClient } from '../chat/chat-client.ts';
import { createAdmin, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';

// Everything real but the model: the permission is set over the API, the call decided over the socket.

let server: TestApp;
let model: ModelDouble;
let admin: TestUser;
let address: string;

beforeAll(async () => {
  model = await startModelDouble({ kind: 'ollama-local' });
  server = await createTestApp();
  mkdirSync(join(server.dataRoot, 'hr'));
  writeFileSync(join(server.dataRoot, 'hr', 'leave.md'), 'There are 27 days of leave.');
  admin = await createAdmin(server.app);
  await admin.request('POST', '/api/settings/providers', { provider: 'ollama-local', baseUrl: model.url });
  address = (await server.listen()).replace('http', 'ws');
});

afterAll(async () => {
  await server?.close();
  await model?.close();
});

const createAgent = (pluginConfig: object) =>
  admin.request('POST', '/api/agents', {
    name: 'Reader',
    templateId: 'custom',
    allowedTools: ['pinchy_read'],
    pluginConfig: { allowed_paths: ['/data/hr'], ...pluginConfig },
  });

test('asking first names tools that exist', async () => {
  const refused = await createAgent({ ask_first: ['pinchy_read', 'shell'] });
  expect(refused.status).toBe(400);
  expect(refused.text).toContain('There is no tool \\"shell\\"');
  const made = await createAgent({ ask_first: ['pinchy_read', 'pinchy_read'] });
  expect(made.body.pluginConfig).toEqual({ allowed_paths: ['/data/hr'], ask_first: ['pinchy_read'] });
  const changed = { pluginConfig: { ...made.body.pluginConfig, ask_first: ['odoo_write'] } };
  expect((await admin.request('PATCH', `/api/agents/${made.body.id}`, changed)).body.pluginConfig.ask_first).toEqual([
    'odoo_write',
  ]);
});

test('a safe tool that was set to ask first waits, reads once it is approved, and the trail says who approved', async () => {
  const agentId = (await createAgent({ ask_first: ['pinchy_read'] })).body.id as string;
  const call = { name: 'pinchy_read', input: { path: '/data/hr/leave.md' } };
  model.respondNext([{ text: 'Let me look.' }, { toolCall: call }]);
  model.respondNext([{ text: 'You have 27 days.' }]);
  const client = await connectClient(`${address}/api/ws`, { cookie: admin.cookie });
  client.say(agentId, 'How much leave do I have?');
  const card = await client.next('tool', (tool) => tool.state === 'approval');
  expect(card).toMatchObject({ name: 'pinchy_read', input: { path: '/data/hr/leave.md' } });
  expect((await client.history(agentId)).activeRun?.approvals).toHaveLength(1);
  client.send({ type: 'approval', agentId, approvalId: card.approvalId, decision: 'approve' });
  await client.next('complete');
  expect(client.text()).toBe('Let me look.You have 27 days.');
  const results = model.requests.flatMap((request) => request.chat?.messages ?? []).flatMap((m) => m.toolResults ?? []);
  expect(results.map(({ text }) => text).join()).toContain('27 days of leave');
  const { body } = await admin.request('GET', '/api/audit?limit=50');
  const events = body.entries as { eventType: string; actorId: string; detail: Record<string, unknown> }[];
  const read = events.find(({ eventType }) => eventType === 'tool.pinchy_read');
  expect(read?.detail).toMatchObject({ approvalId: card.approvalId, path: '/data/hr/leave.md' });
  expect(events.find(({ eventType }) => eventType === 'approval.approved')).toMatchObject({
    actorId: admin.id,
    detail: { decidedBy: admin.id, tool: 'pinchy_read' },
  });
  await client.close();
});
