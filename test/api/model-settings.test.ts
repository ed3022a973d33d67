import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AgentVersion } from '../../contract/agents.ts';
import { type ModelDouble, startModelDouble } from '../../testkit/model-double.ts';
import { connectClient } from '../chat/chat-client.ts';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { auditRows, query } from '../test-database.ts';

// Real: server, sockets, PostgreSQL. Doubled: the models.

const first = 'anthropic/claude-sonnet-4-5-20250929';
const second = 'ollama-local/qwen3:8b';
const settings = { fallbackModel: second, reasoningEffort: 'low', temperature: 0.2, maxOutputTokens: 2_000 };
const unset = { fallbackModel: null, reasoningEffort: null, temperature: null, maxOutputTokens: null };

let cloud: ModelDouble;
let local: ModelDouble;
let server: TestApp;
let admin: TestUser;
let member: TestUser;

beforeAll(async () => {
  [cloud, local] = [await startModelDouble({ kind: 'anthropic' }), await startModelDouble({ kind: 'ollama-local' })];
  server = await createTestApp({ environment: { ANTHROPIC_BASE_URL: cloud.url } });
  admin = await createAdmin(server.app);
  member = await createMember(server.app, admin, { name: 'Mia' });
  await admin.request('POST', '/api/settings/providers', { provider: 'anthropic', apiKey: 'sk-of-the-double' });
  await admin.request('POST', '/api/settings/providers', { provider: 'ollama-local', baseUrl: local.url });
});
afterAll(async () => {
  await server?.close();
  await Promise.all([cloud?.close(), local?.close()]);
});

const create = (more: object = {}) =>
  admin.request('POST', '/api/agents', { name: 'Clerk', templateId: 'custom', model: first, ...more });
const change = (id: string, body: object, who = admin) => who.request('PATCH', `/api/agents/${id}`, body);

describe('how an agent’s model is asked', () => {
  test('is set, kept in versions, restored, copied and recorded', async () => {
    const { body: made } = await create();
    expect(made).toMatchObject(unset);
    const changed = await change(made.id, settings);
    expect(changed.body).toMatchObject(settings);
    expect((await member.request('GET', `/api/agents/${made.id}`)).body).toMatchObject(settings);
    expect((await auditRows(server.databaseUrl, 'agent.updated')).at(-1)?.detail).toMatchObject({
      changes: {
        fallbackModel: { from: null, to: second },
        reasoningEffort: { from: null, to: 'low' },
        temperature: { from: null, to: 0.2 },
        maxOutputTokens: { from: null, to: 2_000 },
      },
    });
    const [newest] = (await admin.request('GET', `/api/agents/${made.id}/versions`)).body.versions as AgentVersion[];
    expect(newest?.changes).toEqual(
      Object.fromEntries(Object.entries(settings).map(([field, to]) => [field, { from: null, to }])),
    );
    const copy = await admin.request('POST', `/api/agents/${made.id}/duplicate`, { name: 'Copy' });
    expect(copy.body).toMatchObject(settings);
    const restore = (number: number) => admin.request('POST', `/api/agents/${made.id}/versions/${number}/restore`);
    expect((await restore(1)).body).toMatchObject(unset);
    expect((await restore(2)).body).toMatchObject(settings);
    expect((await create(settings)).body).toMatchObject(settings);
    expect((await change(made.id, unset)).body).toMatchObject(unset);
  });

  test('is an admin’s to say, within bounds, and a fallback is a model that there is', async () => {
    const { body: made } = await create();
    for (const field of Object.keys(settings) as (keyof typeof settings)[])
      expect((await change(made.id, { [field]: settings[field] }, member)).status, field).toBe(403);
    const own = ((await member.request('GET', '/api/agents')).body as { id: string; isPersonal: boolean }[]).find(
      ({ isPersonal }) => isPersonal,
    )!;
    expect((await change(own.id, { temperature: 1 }, member)).status).toBe(403);
    for (const wrong of [
      { temperature: -0.1 },
      { temperature: 2.1 },
      { temperature: 'warm' },
      { maxOutputTokens: 255 },
      { maxOutputTokens: 1_000_001 },
      { maxOutputTokens: 500.5 },
      { reasoningEffort: 'enormous' },
      { fallbackModel: 'anthropic/nothing' },
      { fallbackModel: '' },
    ]) {
      for (const answer of [await change(made.id, wrong), await create(wrong)]) {
        expect(answer.status, JSON.stringify(wrong)).toBe(400);
        expect(Object.keys(answer.body.details.fieldErrors)).toEqual(Object.keys(wrong));
      }
    }
    expect((await admin.request('GET', `/api/agents/${made.id}`)).body).toMatchObject(unset);
  });
});

test('an agent whose models nobody offers now can be changed, its fallback stays, and nothing else of nobody is taken', async () => {
  const { body: made } = await create({ fallbackModel: second });
  await change(made.id, { name: 'Clerk of today' });
  expect((await admin.request('DELETE', '/api/settings/providers?provider=ollama-local')).status).toBe(200);
  const renamed = await change(made.id, { name: 'Clerk of tomorrow', fallbackModel: second });
  expect(renamed).toMatchObject({ status: 200, body: { name: 'Clerk of tomorrow', fallbackModel: second } });
  const restored = await admin.request('POST', `/api/agents/${made.id}/versions/1/restore`);
  expect(restored).toMatchObject({ status: 200, body: { name: 'Clerk', fallbackModel: second } });
  expect((await change(made.id, { fallbackModel: 'ollama-local/gemma3:4b' })).status).toBe(400);
  expect((await change(made.id, { fallbackModel: null })).body).toMatchObject({ fallbackModel: null });
  expect((await change(made.id, { fallbackModel: second })).status).toBe(400);
  // One that was given up comes back with a version only where somebody offers it.
  expect((await admin.request('POST', `/api/agents/${made.id}/versions/1/restore`)).body).toMatchObject(unset);
  await admin.request('POST', '/api/settings/providers', { provider: 'ollama-local', baseUrl: local.url });
});

describe('an answer', () => {
  async function ask(agentId: string, question: string): Promise<string> {
    const address = server.app.server.listening ? server.app.listeningOrigin : await server.listen();
    const client = await connectClient(`${address.replace('http', 'ws')}/api/ws`, { cookie: member.cookie });
    client.say(agentId, question);
    await client.next('complete');
    const text = client.text();
    await client.close();
    return text;
  }
  const askedOf = (double: ModelDouble, question: string) =>
    double.requests.find(({ chat }) => chat?.messages.at(-1)?.text === question)!.chat!;

  test('is asked for as it is set', async () => {
    const { body: agent } = await create({ ...settings, reasoningEffort: null });
    expect(await ask(agent.id, 'Hello?')).toBe('Hello.');
    expect(askedOf(cloud, 'Hello?').raw).toMatchObject({ temperature: 0.2, max_tokens: 2_000 });
  });

  test('comes from the fallback where the model fails, and usage and trail say from which', async () => {
    const { body: agent } = await create(settings);
    // Titles of other conversations may be asked for meanwhile.
    const isAsked = ({ messages }: { messages: { text: string }[] }) => messages.at(-1)?.text === 'And now?';
    cloud.respond((request) => (isAsked(request) ? [{ error: 'quota' }] : [{ text: 'Hello.' }]));
    local.respond((request) =>
      isAsked(request) ? [{ usage: { input: 11, output: 5 } }, { text: 'From the cellar.' }] : [{ text: 'Hello.' }],
    );
    expect(await ask(agent.id, 'And now?')).toBe('From the cellar.');
    expect(askedOf(local, 'And now?').raw).toMatchObject({
      think: 'low',
      options: { temperature: 0.2, num_predict: 2_000 },
    });
    const spent = await query(
      server.databaseUrl,
      `select model, input_tokens::int as read from usage_records where agent_id = $1 and source = 'chat'`,
      [agent.id],
    );
    expect(spent).toEqual([{ model: second, read: 11 }]);
    expect((await auditRows(server.databaseUrl, 'run.completed')).at(-1)?.detail).toMatchObject({ model: second });
    expect((await auditRows(server.databaseUrl, 'run.fell_back')).at(-1)).toMatchObject({
      actor_id: agent.id,
      outcome: 'failure',
      detail: { agentId: agent.id, userId: member.id, code: 'provider_quota', model: first, fallbackModel: second },
    });
    const overview = (await admin.request('GET', '/api/overview')).body;
    expect(overview).toMatchObject({ fallbacks: 1, failures: [] });
    // The next answer is the first model's again.
    expect(await ask(agent.id, 'Once more?')).toBe('Hello.');
  });
});
