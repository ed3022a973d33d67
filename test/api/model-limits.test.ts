import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ModelDouble, startModelDouble } from '../../testkit/model-double.ts';
import { connectClient } from '../chat/chat-client.ts';
import { createAdmin, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { auditRows, refuseAuditEvent } from '../test-database.ts';

// Real: the app and PostgreSQL. Doubled: two providers, one of which says nothing of limits.

let server: TestApp;
let admin: TestUser;
let openai: ModelDouble;
let google: ModelDouble;
beforeAll(async () => {
  openai = await startModelDouble({
    kind: 'openai',
    isProxy: true,
    models: ['llama-3.3-70b', 'gpt-4o', 'house-model'].map((id) => ({
      id,
      tools: true,
      ...(id.startsWith('llama') && { contextWindow: 16_384 }),
    })),
  });
  google = await startModelDouble({ kind: 'google' });
  server = await createTestApp({ environment: { OPENAI_BASE_URL: openai.url, GOOGLE_BASE_URL: google.url } });
  admin = await createAdmin(server.app);
  await admin.request('POST', '/api/settings/providers', { provider: 'openai', apiKey: 'sk-right' });
});
afterAll(async () => {
  await server?.close();
  await openai?.close();
  await google?.close();
});

interface Entry {
  model: string;
  isListed: boolean;
  contextWindow: { known: number | null; source: string | null; set: number | null };
  maxOutput: { known: number | null; source: string | null; set: number | null };
}
const list = async () => (await admin.request('GET', '/api/providers/model-limits')).body.models as Entry[];
const entry = async (model: string) => (await list()).find((one) => one.model === model);
const put = (model: string, contextWindow: number | null, maxOutput: number | null) =>
  admin.request('PUT', '/api/providers/model-limits', { model, contextWindow, maxOutput });

test('each model has what is known, with who says so', async () => {
  expect(await entry('openai/llama-3.3-70b')).toMatchObject({
    isListed: true,
    contextWindow: { known: 16_384, source: 'provider', set: null },
    maxOutput: { known: null, source: null, set: null },
  });
  expect((await entry('openai/gpt-4o'))?.contextWindow).toEqual({ known: 128_000, source: 'list', set: null });
  expect((await entry('openai/house-model'))?.contextWindow).toEqual({ known: null, source: null, set: null });
});

test('what an admin says is what the provider is asked for, until it is taken back', async () => {
  const model = 'openai/llama-3.3-70b';
  const created = await admin.request('POST', '/api/agents', { name: 'Clerk', templateId: 'custom', model });
  const client = await connectClient(`${(await server.listen()).replace('http', 'ws')}/api/ws`, {
    cookie: admin.cookie,
  });
  const ask = async () => {
    const count = client.all('complete').length;
    client.say(created.body.id as string, 'Hello?');
    await expect.poll(() => client.all('complete').length).toBe(count + 1);
    return openai.requests.at(-1)?.chat?.maxOutputTokens;
  };
  expect(await ask()).toBeUndefined();
  expect((await put(model, 8_192, 700)).status).toBe(200);
  expect(await ask()).toBe(700);
  expect(await entry(model)).toMatchObject({
    contextWindow: { known: 16_384, source: 'provider', set: 8_192 },
    maxOutput: { known: null, source: null, set: 700 },
  });
  expect((await put(model, null, null)).status).toBe(200);
  expect(await ask()).toBeUndefined();
  expect((await entry(model))?.contextWindow.set).toBeNull();
  await client.close();
  const rows = (await auditRows(server.databaseUrl, 'provider.limits_updated')).map(({ detail }) => detail);
  expect(rows).toEqual([
    { name: model, changes: { contextWindow: { from: null, to: 8_192 }, maxOutput: { from: null, to: 700 } } },
    { name: model, changes: { contextWindow: { from: 8_192, to: null }, maxOutput: { from: 700, to: null } } },
  ]);
});

test('one model’s limits leave the others’ alone, and what changes nothing is not audited', async () => {
  await Promise.all([put('openai/gpt-4o', 64_000, null), put('openai/house-model', 4_096, 512)]);
  const before = (await auditRows(server.databaseUrl, 'provider.limits_updated')).length;
  await put('openai/gpt-4o', 64_000, null);
  expect(await auditRows(server.databaseUrl, 'provider.limits_updated')).toHaveLength(before);
  expect((await entry('openai/gpt-4o'))?.contextWindow.set).toBe(64_000);
  expect((await entry('openai/house-model'))?.maxOutput.set).toBe(512);
  const { body } = await admin.request('GET', '/api/settings');
  expect(
    body
      .find(({ key }: { key: string }) => key === 'model_limits')
      .value.split('\n')
      .toSorted(),
  ).toEqual(['openai/gpt-4o window=64000', 'openai/house-model window=4096 output=512']);
});

test('limits of a model that is not offered any more are shown, to be taken back', async () => {
  await put('google/gemini-gone', 32_768, null);
  expect(await entry('google/gemini-gone')).toMatchObject({ isListed: false, contextWindow: { set: 32_768 } });
  await put('google/gemini-gone', null, null);
  expect(await entry('google/gemini-gone')).toBeUndefined();
});

test.each([
  [{ model: 'openai/gpt-4o', contextWindow: 100, maxOutput: null }, 'contextWindow'],
  [{ model: 'openai/gpt-4o', contextWindow: 8_192.5, maxOutput: null }, 'contextWindow'],
  [{ model: 'openai/gpt-4o', contextWindow: 8_192, maxOutput: 8_192 }, 'maxOutput'],
  [{ model: 'openai/gpt-4o', contextWindow: null, maxOutput: 0 }, 'maxOutput'],
  [{ model: 'openai/a\nopenai/b', contextWindow: 8_192, maxOutput: null }, 'model'],
  [{ model: 'nobody/gpt-4o', contextWindow: 8_192, maxOutput: null }, 'model'],
])('%j is refused at its field', async (body, field) => {
  const answer = await admin.request('PUT', '/api/providers/model-limits', body);
  expect(answer.status).toBe(400);
  expect(Object.keys(answer.body.details.fieldErrors)).toEqual([field]);
});

test('a change that cannot be audited is not made', async () => {
  const before = await entry('openai/house-model');
  const allow = await refuseAuditEvent(server.databaseUrl, 'provider.limits_updated');
  expect((await put('openai/house-model', 2_048, null)).status).toBe(500);
  await allow();
  expect(await entry('openai/house-model')).toEqual(before);
});
