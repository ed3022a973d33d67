import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DoubleKind, type ModelDouble, startModelDouble } from '../../testkit/model-double.ts';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { auditRows, query } from '../test-database.ts';

const kinds: DoubleKind[] = ['anthropic', 'openai', 'google', 'ollama-cloud', 'ollama-local'];

let server: TestApp;
let admin: TestUser;
let member: TestUser;
const doubles = {} as Record<DoubleKind, ModelDouble>;
beforeAll(async () => {
  for (const kind of kinds)
    doubles[kind] = await startModelDouble({ kind, ...(kind !== 'ollama-local' && { apiKey: 'sk-right' }) });
  server = await createTestApp({
    environment: {
      ANTHROPIC_BASE_URL: doubles.anthropic.url,
      OPENAI_BASE_URL: doubles.openai.url,
      GOOGLE_BASE_URL: doubles.google.url,
      OLLAMA_CLOUD_BASE_URL: doubles['ollama-cloud'].url,
    },
  });
  admin = await createAdmin(server.app);
  member = await createMember(server.app, admin);
});
afterAll(async () => {
  await server.close();
  for (const double of Object.values(doubles)) await double.close();
});

const save = (body: object) => admin.request('POST', '/api/settings/providers', body);
const remove = (provider: string) => admin.request('DELETE', `/api/settings/providers?provider=${provider}`);
const list = async () =>
  (await admin.request('GET', '/api/settings/providers')).body as {
    provider: string;
    configured: boolean;
    isDefault: boolean;
  }[];
const models = async () =>
  (await member.request('GET', '/api/providers/models')).body.models as { id: string; provider: string }[];
const defaultProvider = async () => (await list()).find(({ isDefault }) => isDefault)?.provider;
const listRequests = (kind: DoubleKind) => doubles[kind].requests.filter(({ method }) => method === 'GET').length;

const credential = (kind: DoubleKind) =>
  kind === 'ollama-local' ? { baseUrl: doubles[kind].url } : { apiKey: 'sk-right' };

async function removeAll(): Promise<void> {
  for (const { provider, configured } of await list()) if (configured) await remove(provider);
}

test('all five are listed in their order, configured or not', async () => {
  await removeAll();
  expect(await list()).toEqual(kinds.map((provider) => ({ provider, configured: false, isDefault: false })));
  expect(await models()).toEqual([]);
});

test.each(kinds)('%s is checked, stored and lists its models in the full form', async (kind) => {
  await removeAll();
  expect((await save({ provider: kind, ...credential(kind) })).body).toEqual({ success: true });
  expect((await list()).find(({ provider }) => provider === kind)).toEqual({
    provider: kind,
    configured: true,
    isDefault: true,
    address: doubles[kind].url,
    chosenModel: null,
    lastCheck: expect.objectContaining({ success: true, reachable: true, accepted: true, code: null, error: null }),
  });
  const offered = await models();
  expect(offered.length).toBeGreaterThan(0);
  for (const model of offered) {
    expect(model).toMatchObject({ provider: kind, displayName: expect.any(String), toolUse: expect.any(Boolean) });
    expect(model.id.startsWith(`${kind}/`)).toBe(true);
  }
  expect((await auditRows(server.databaseUrl, 'provider.connected')).at(-1)).toMatchObject({
    actor_id: admin.id,
    detail: { provider: kind, isDefault: true },
  });
});

test.each(kinds)('%s refuses a wrong credential with a reason, and nothing is stored', async (kind) => {
  await removeAll();
  const wrong = kind === 'ollama-local' ? { baseUrl: 'http://127.0.0.1:9' } : { apiKey: 'sk-wrong-4711' };
  const answer = await save({ provider: kind, ...wrong });
  expect(answer.status).toBe(400);
  expect(answer.body.error.length).toBeGreaterThan(10);
  expect(Object.keys(answer.body.details.fieldErrors)).toEqual(Object.keys(wrong));
  expect(answer.text).not.toContain('sk-wrong-4711');
  expect(await query(server.databaseUrl, `select key from settings where key not like 'system.%'`)).toEqual([]);
});

describe('a stored provider', () => {
  test('keeps its working key when a new one is refused', async () => {
    await removeAll();
    await save({ provider: 'openai', apiKey: 'sk-right' });
    expect((await save({ provider: 'openai', apiKey: 'sk-wrong' })).status).toBe(400);
    expect(await server.services.settings.find('openai_api_key')).toBe('sk-right');
  });

  test('its key is encrypted, masked and nowhere in the trail', async () => {
    await removeAll();
    await save({ provider: 'openai', apiKey: 'sk-right' });
    const settings = (await admin.request('GET', '/api/settings')).body;
    expect(settings).toEqual(
      expect.arrayContaining([
        { key: 'default_provider', value: 'openai', encrypted: false },
        { key: 'openai_api_key', value: '--------', encrypted: true },
      ]),
    );
    expect(JSON.stringify(await query(server.databaseUrl, 'select * from settings'))).not.toContain('sk-right');
    expect(JSON.stringify(await auditRows(server.databaseUrl))).not.toContain('sk-right');
  });

  test('the first is the default, a later one if asked, and the next when the default goes', async () => {
    await removeAll();
    await save({ provider: 'google', apiKey: 'sk-right' });
    await save({ provider: 'openai', apiKey: 'sk-right' });
    expect(await defaultProvider()).toBe('google');
    await save({ provider: 'openai', apiKey: 'sk-right', isDefault: true });
    expect(await defaultProvider()).toBe('openai');
    const agent = await admin.request('POST', '/api/agents', { name: 'A', templateId: 'custom' });
    expect(agent.body.model).toMatch(/^openai\//);
    expect((await remove('openai')).body).toEqual({ success: true });
    expect(await defaultProvider()).toBe('google');
    expect((await admin.request('GET', `/api/agents/${agent.body.id}`)).body.model).toBe(agent.body.model);
    expect((await models()).every(({ provider }) => provider === 'google')).toBe(true);
    expect((await auditRows(server.databaseUrl, 'provider.removed')).at(-1)?.detail).toEqual({ provider: 'openai' });
  });

  test('becomes the default without its key again, and an unconnected one does not', async () => {
    await removeAll();
    await save({ provider: 'google', apiKey: 'sk-right' });
    await save({ provider: 'ollama-local', ...credential('ollama-local') });
    expect((await save({ provider: 'ollama-local', isDefault: true })).body).toEqual({ success: true });
    expect(await defaultProvider()).toBe('ollama-local');
    expect((await auditRows(server.databaseUrl, 'provider.updated')).at(-1)?.detail).toEqual({
      provider: 'ollama-local',
      isDefault: true,
    });
    expect((await save({ provider: 'google', isDefault: false })).body.details.fieldErrors).toHaveProperty('apiKey');
    const refused = await save({ provider: 'openai', isDefault: true });
    expect(refused.status).toBe(400);
    expect(Object.keys(refused.body.details.fieldErrors)).toEqual(['apiKey']);
    expect(await defaultProvider()).toBe('ollama-local');
  });

  test('one that is not configured is 404, an unknown one 400, none 400', async () => {
    await removeAll();
    expect((await remove('openai')).status).toBe(404);
    expect((await remove('nobody')).status).toBe(400);
    expect((await admin.request('DELETE', '/api/settings/providers')).status).toBe(400);
  });

  test('of two removals at the same instant one is 404', async () => {
    await removeAll();
    await save({ provider: 'openai', apiKey: 'sk-right' });
    const answers = await Promise.all([remove('openai'), remove('openai')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
  });

  test('needs the credential of its kind and no other', async () => {
    for (const body of [
      {},
      { provider: 'nobody', apiKey: 'x' },
      { provider: 'openai' },
      { provider: 'openai', apiKey: '' },
      { provider: 'openai', apiKey: 'sk-right', baseUrl: 'http://127.0.0.1' },
      { provider: 'ollama-local', apiKey: 'x' },
      { provider: 'ollama-local', baseUrl: 'ftp://127.0.0.1' },
      { provider: 'ollama-local', baseUrl: 'nonsense://' },
    ])
      expect((await save(body)).status, JSON.stringify(body)).toBe(400);
  });

  test('link-local metadata addresses are refused without a request', async () => {
    for (const baseUrl of ['http://169.254.169.254', 'http://[fe80::1]:11434', 'http://[::ffff:169.254.169.254]/']) {
      const answer = await save({ provider: 'ollama-local', baseUrl });
      expect(answer.status, baseUrl).toBe(400);
      expect(answer.body.details.fieldErrors, baseUrl).toHaveProperty('baseUrl');
    }
  });

  test('redirects are not followed', async () => {
    await removeAll();
    doubles.openai.respondToModelList([{ redirect: doubles.anthropic.url }]);
    const before = doubles.anthropic.requests.length;
    expect((await save({ provider: 'openai', apiKey: 'sk-right' })).status).toBe(400);
    doubles.openai.respondToModelList(null);
    expect(doubles.anthropic.requests).toHaveLength(before);
  });
});

describe('the list of models', () => {
  test('is cached for a cloud provider and live for a local Ollama', async () => {
    await removeAll();
    await save({ provider: 'openai', apiKey: 'sk-right' });
    await save({ provider: 'ollama-local', baseUrl: doubles['ollama-local'].url });
    await models();
    const [cloud, local] = [listRequests('openai'), listRequests('ollama-local')];
    await models();
    await models();
    expect(listRequests('openai')).toBe(cloud);
    expect(listRequests('ollama-local')).toBeGreaterThanOrEqual(local + 2);
  });

  test('leaves out a provider that does not answer', async () => {
    await removeAll();
    await save({ provider: 'openai', apiKey: 'sk-right' });
    await save({ provider: 'ollama-local', baseUrl: doubles['ollama-local'].url });
    doubles['ollama-local'].respondToModelList([{ error: 'server' }]);
    const offered = await models();
    doubles['ollama-local'].respondToModelList(null);
    expect(offered.some(({ provider }) => provider === 'openai')).toBe(true);
  });
});
