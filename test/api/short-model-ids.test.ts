import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ModelDouble, startModelDouble } from '../../testkit/model-double.ts';
import { createAdmin, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';

// The same id at a provider in the cloud and on a machine of one's own.

const shared = 'gpt-oss:20b';
let cloud: ModelDouble;
let local: ModelDouble;
let server: TestApp;
let admin: TestUser;

beforeAll(async () => {
  const models = [{ id: shared, tools: true }];
  cloud = await startModelDouble({ kind: 'ollama-cloud', models });
  local = await startModelDouble({ kind: 'ollama-local', models });
  server = await createTestApp({ environment: { OLLAMA_CLOUD_BASE_URL: cloud.url } });
  admin = await createAdmin(server.app);
});
afterAll(async () => {
  await server.close();
  await cloud.close();
  await local.close();
});

const connect = (body: object) => admin.request('POST', '/api/settings/providers', body);
const create = async (model: string) =>
  (await admin.request('POST', '/api/agents', { name: 'A', templateId: 'custom', model })).body;
const patch = (id: string, model: string) => admin.request('PATCH', `/api/agents/${id}`, { model });

test('goes to the provider that was chosen, and never from one’s own machine to a cloud by itself', async () => {
  expect((await connect({ provider: 'ollama-cloud', apiKey: 'key' })).status).toBe(200);
  const early = await create(shared);
  expect(early.model).toBe(`ollama-cloud/${shared}`);
  expect((await connect({ provider: 'ollama-local', baseUrl: local.url })).status).toBe(200);

  // The one that was chosen stays.
  expect((await patch(early.id, shared)).body.model).toBe(`ollama-cloud/${shared}`);
  const agent = await create(shared);
  expect(agent.model).toBe(`ollama-local/${shared}`);
  expect((await patch(agent.id, shared)).body.model).toBe(`ollama-local/${shared}`);
  expect((await patch(agent.id, `ollama-cloud/${shared}`)).body.model).toBe(`ollama-cloud/${shared}`);
  expect((await patch(agent.id, `ollama-local/${shared}`)).body.model).toBe(`ollama-local/${shared}`);

  // Nor when one's own machine does not answer.
  local.respondToModelList([{ drop: true }]);
  expect((await patch(agent.id, shared)).body.model).toBe(`ollama-local/${shared}`);
  local.respondToModelList(null);
});
