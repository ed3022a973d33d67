import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ModelDouble, startModelDouble } from '../../testkit/model-double.ts';
import { type ChatClient, connectClient } from '../chat/chat-client.ts';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { auditRows } from '../test-database.ts';

let model: ModelDouble;
let server: TestApp;
/** On the same database: what is stopped here is stopped there. */
let replica: TestApp;
let admin: TestUser;
let mia: TestUser;
let agentId: string;
const clients: ChatClient[] = [];

beforeAll(async () => {
  model = await startModelDouble({ kind: 'ollama-local' });
  server = await createTestApp();
  mkdirSync(join(server.dataRoot, 'hr'));
  writeFileSync(join(server.dataRoot, 'hr', 'leave.md'), 'There are 27 days of leave.');
  admin = await createAdmin(server.app);
  mia = await createMember(server.app, admin, { name: 'Mia' });
  await admin.request('POST', '/api/settings/providers', { provider: 'ollama-local', baseUrl: model.url });
  agentId = (
    await admin.request('POST', '/api/agents', {
      name: 'Compass',
      templateId: 'custom',
      allowedTools: ['pinchy_read'],
      pluginConfig: { allowed_paths: ['/data/hr'], ask_first: ['pinchy_read'] },
    })
  ).body.id;
  await server.listen();
  replica = await createTestApp({ databaseUrl: server.databaseUrl });
  await replica.listen();
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await replica?.close();
  await server?.close();
  await model?.close();
});

async function openClient(app: TestApp, user: TestUser): Promise<ChatClient> {
  const client = await connectClient(`${app.app.listeningOrigin.replace('http', 'ws')}/api/ws`, {
    cookie: user.cookie,
  });
  clients.push(client);
  return client;
}

const stop = (id = agentId) => admin.request('POST', `/api/agents/${id}/stop`);
const resume = (id = agentId) => admin.request('POST', `/api/agents/${id}/resume`);

describe('a stopped agent', () => {
  test('ends the answer that is being written, on another server too, and says why', async () => {
    const client = await openClient(replica, mia);
    model.respondNext([{ text: 'Let me think' }, { hang: true }]);
    client.say(agentId, 'How much leave do I have?');
    await client.next('chunk');
    const stopped = await stop();
    expect(stopped.body).toMatchObject({ id: agentId, stopped: true });
    expect(await client.next('error')).toMatchObject({ code: 'agent_stopped' });
    await expect.poll(() => model.disconnects.length).toBeGreaterThan(0);
  });

  test('begins nothing new, while what was said can be read', async () => {
    const asked = model.requests.length;
    const client = await openClient(server, mia);
    client.say(agentId, 'And now?');
    expect(await client.next('error')).toMatchObject({ code: 'agent_stopped' });
    const { messages } = await client.history(agentId);
    expect(messages.map(({ content }) => content).join()).toContain('How much leave do I have?');
    expect(messages.map(({ content }) => content).join()).not.toContain('And now?');
    expect(model.requests.length).toBe(asked);
  });

  test('calls no tool, also one that is approved meanwhile', async () => {
    await resume();
    const client = await openClient(server, mia);
    model.respondNext([{ toolCall: { name: 'pinchy_read', input: { path: '/data/hr/leave.md' } } }]);
    client.say(agentId, 'Look it up.');
    const card = await client.next('tool', (tool) => tool.state === 'approval');
    await stop();
    client.send({ type: 'approval', agentId, approvalId: card.approvalId, decision: 'approve' });
    await client.next('error');
    await resume();
    await expect.poll(async () => (await client.history(agentId)).activeRun).toBeFalsy();
    expect(await auditRows(server.databaseUrl, 'tool.pinchy_read')).toEqual([]);
  });

  test('answers again once it may go on', async () => {
    model.respondNext([{ text: 'You have 27 days.' }]);
    const client = await openClient(server, mia);
    client.say(agentId, 'Once more?');
    await client.next('complete');
    expect(client.text()).toBe('You have 27 days.');
  });

  test('is recorded, once, by whom', async () => {
    await stop();
    await stop();
    await resume();
    const rows = await auditRows(server.databaseUrl);
    const own = rows.filter(({ event_type }) => /^agent\.(stopped|resumed)$/.test(event_type));
    expect(own.map(({ event_type }) => event_type).slice(-2)).toEqual(['agent.stopped', 'agent.resumed']);
    expect(own.length % 2).toBe(0);
    expect(own.every(({ actor_id, detail }) => actor_id === admin.id && detail['name'] === 'Compass')).toBe(true);
  });

  test('is an admin’s to stop', async () => {
    expect((await mia.request('POST', `/api/agents/${agentId}/stop`)).status).toBe(403);
    expect((await mia.request('POST', '/api/agents/stop')).status).toBe(403);
  });
});

test('all agents stop at once, personal ones too, and go on', async () => {
  const all = (await admin.request('GET', '/api/agents')).body as { id: string; stopped: boolean }[];
  expect((await admin.request('POST', '/api/agents/stop')).body).toEqual({ agents: all.length });
  const agents = (await mia.request('GET', '/api/agents')).body as {
    id: string;
    isPersonal: boolean;
    stopped: boolean;
  }[];
  expect(agents.every(({ stopped }) => stopped)).toBe(true);
  const client = await openClient(server, mia);
  client.say(agents.find(({ isPersonal }) => isPersonal)!.id, 'Hello?');
  expect(await client.next('error')).toMatchObject({ code: 'agent_stopped' });
  expect((await admin.request('POST', '/api/agents/resume')).body).toEqual({ agents: all.length });
  expect((await admin.request('POST', '/api/agents/resume')).body).toEqual({ agents: 0 });
});
