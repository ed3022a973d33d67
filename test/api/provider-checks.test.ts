import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Provider, ProviderCheck } from '../../contract/providers.ts';
import { type ModelDouble, startModelDouble } from '../../testkit/model-double.ts';
import { createAdmin, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { auditRows, query } from '../test-database.ts';

const apiKey = 'sk-ant-a-key-of-usual-length-4711';

const modelOf = (name: string) => ({
  id: `claude-${name}-4-5`,
  displayName: `Claude ${name}`,
  ...{ tools: true, vision: true },
});

let server: TestApp;
let admin: TestUser;
let anthropic: ModelDouble;
let ollama: ModelDouble;
beforeAll(async () => {
  anthropic = await startModelDouble({ kind: 'anthropic', apiKey, models: ['sonnet', 'haiku', 'opus'].map(modelOf) });
  ollama = await startModelDouble({ kind: 'ollama-local' });
  server = await createTestApp({
    environment: { ANTHROPIC_BASE_URL: anthropic.url, RATE_LIMIT_PROVIDER_CHECKS_PER_MINUTE: '1000' },
  });
  admin = await createAdmin(server.app);
  await save({ provider: 'anthropic', apiKey });
  await save({ provider: 'ollama-local', baseUrl: ollama.url });
});
afterAll(async () => {
  await server.close();
  await Promise.all([anthropic.close(), ollama.close()]);
});

const save = (body: object) => admin.request('POST', '/api/settings/providers', body);
const find = async (id: string) =>
  ((await admin.request('GET', '/api/settings/providers')).body as Provider[]).find(({ provider }) => provider === id)!;
const ask = (provider: string) => admin.request('POST', '/api/settings/providers/check', { provider });
const check = async (provider: string) => (await ask(provider)).body as ProviderCheck;
const newAgent = async () =>
  (await admin.request('POST', '/api/agents', { name: 'A', templateId: 'custom' })).body.model as string;

describe('what is told of a provider', () => {
  test('is its address and the end of its key, never more', async () => {
    const { address, keyEnding } = await find('anthropic');
    expect([address, keyEnding]).toEqual([anthropic.url, '4711']);
    expect((await admin.request('GET', '/api/settings/providers')).text).not.toContain(apiKey.slice(0, -4));
    expect(await find('ollama-local')).toMatchObject({ address: ollama.url });
    expect(await find('ollama-local')).not.toHaveProperty('keyEnding');
    expect(await find('openai')).toEqual({ provider: 'openai', configured: false, isDefault: false });
  });

  test('is nothing of a short key, of which the end would be much', async () => {
    const double = await startModelDouble({ kind: 'openai', apiKey: 'sk-short' });
    const other = await createTestApp({ environment: { OPENAI_BASE_URL: double.url } });
    const someone = await createAdmin(other.app);
    await someone.request('POST', '/api/settings/providers', { provider: 'openai', apiKey: 'sk-short' });
    const list = (await someone.request('GET', '/api/settings/providers')).body as Provider[];
    expect(list.find(({ configured }) => configured)).not.toHaveProperty('keyEnding');
    await other.close();
    await double.close();
  });
});

describe('a check', () => {
  test('tells that the provider answers, takes the key, what it offers and how long it took; it is kept and recorded', async () => {
    const result = await check('anthropic');
    expect(result).toMatchObject({ success: true, reachable: true, accepted: true, code: null, error: null });
    expect(result.models).toBe(anthropic.models.length);
    expect(result.automaticModel).toMatch(/^anthropic\//);
    expect(result.milliseconds).toBeGreaterThanOrEqual(0);
    expect((await find('anthropic')).lastCheck).toEqual(result);
    expect((await auditRows(server.databaseUrl, 'provider.checked')).at(-1)).toMatchObject({
      actor_id: admin.id,
      resource: 'provider:anthropic',
      outcome: 'success',
      detail: { provider: 'anthropic', models: result.models, code: null },
    });
  });

  test('tells a refused key from an address where nobody answers, and what was known stays usable', async () => {
    anthropic.respondToModelList([{ error: 'auth' }]);
    const refused = await check('anthropic');
    anthropic.respondToModelList(null);
    expect(refused).toMatchObject({ success: false, reachable: true, accepted: false, code: 'provider_auth' });
    expect(refused.error).toMatch(/key/);
    expect(refused.models).toBeNull();
    expect((await auditRows(server.databaseUrl, 'provider.checked')).at(-1)).toMatchObject({
      outcome: 'failure',
      detail: { code: 'provider_auth' },
    });
    const gone = await startModelDouble({ kind: 'ollama-local' });
    await save({ provider: 'ollama-local', baseUrl: gone.url });
    await gone.close();
    expect(await check('ollama-local')).toMatchObject({
      ...{ success: false, reachable: false, accepted: null, code: 'provider_unavailable' },
    });
    await save({ provider: 'ollama-local', baseUrl: ollama.url });
    expect((await find('ollama-local')).lastCheck).toMatchObject({ success: true });
  });

  test('brings models that the provider has newly', async () => {
    const models = async () => ((await admin.request('GET', '/api/providers/models')).body.models as object[]).length;
    const before = await models();
    const [first] = anthropic.models;
    anthropic.models.push({ ...first!, id: 'claude-newest-9' });
    expect(await models()).toBe(before);
    await check('anthropic');
    expect(await models()).toBe(before + 1);
    anthropic.models.pop();
    await check('anthropic');
  });

  test('of what is not connected is 404; asked too often it is 429 with a time to wait', async () => {
    expect((await ask('openai')).status).toBe(404);
    expect((await ask('nobody')).status).toBe(400);
    const other = await createTestApp({
      environment: { ANTHROPIC_BASE_URL: anthropic.url, RATE_LIMIT_PROVIDER_CHECKS_PER_MINUTE: '2' },
    });
    const someone = await createAdmin(other.app);
    const askThere = () => someone.request('POST', '/api/settings/providers/check', { provider: 'anthropic' });
    await someone.request('POST', '/api/settings/providers', { provider: 'anthropic', apiKey });
    const statuses = [(await askThere()).status, (await askThere()).status];
    const last = await askThere();
    expect([...statuses, last.status]).toEqual([200, 200, 429]);
    expect(Number(last.headers['retry-after'])).toBeGreaterThan(0);
    await other.close();
  });
});

describe('the default model', () => {
  test('is chosen, in either form, and new agents get it', async () => {
    const id = anthropic.models.at(-1)!.id;
    const automatic = await newAgent();
    expect(automatic).not.toBe(`anthropic/${id}`);
    expect((await save({ provider: 'anthropic', defaultModel: id })).body).toEqual({ success: true });
    expect(await find('anthropic')).toMatchObject({ chosenModel: `anthropic/${id}` });
    expect(await newAgent()).toBe(`anthropic/${id}`);
    expect((await auditRows(server.databaseUrl, 'provider.updated')).at(-1)).toMatchObject({
      detail: { provider: 'anthropic', defaultModel: `anthropic/${id}` },
    });
    await save({ provider: 'anthropic', defaultModel: null });
    expect((await find('anthropic')).chosenModel).toBeNull();
    expect(await newAgent()).toBe(automatic);
    await save({ provider: 'anthropic', defaultModel: `anthropic/${id}` });
    expect(await newAgent()).toBe(`anthropic/${id}`);
  });

  test('has to be one that the provider offers, and gives way to another when it is offered no more', async () => {
    const refused = await save({ provider: 'anthropic', defaultModel: 'claude-imaginary' });
    expect(refused.status).toBe(400);
    expect(refused.body.details.fieldErrors).toHaveProperty('defaultModel');
    const last = anthropic.models.pop()!;
    await check('anthropic');
    expect(await newAgent()).toMatch(/^anthropic\//);
    expect(await newAgent()).not.toBe(`anthropic/${last.id}`);
    anthropic.models.push(last);
    await check('anthropic');
    expect(await newAgent()).toBe(`anthropic/${last.id}`);
  });

  test('needs a connection, cannot be set past the page, and goes with the provider', async () => {
    expect((await save({ provider: 'openai', defaultModel: 'gpt-5' })).status).toBe(400);
    expect((await admin.request('POST', '/api/settings', { key: 'anthropic_default_model', value: 'x' })).status).toBe(
      400,
    );
    await admin.request('DELETE', '/api/settings/providers?provider=anthropic');
    const left = await query(server.databaseUrl, `select key from settings where key ~ 'anthropic'`);
    expect(left).toEqual([]);
  });
});
