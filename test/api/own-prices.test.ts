import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startModelDouble } from '../../testkit/model-double.ts';
import { ask, type BudgetScene, startBudgetScene, usage } from '../budget-scene.ts';
import { countTrips } from '../count-trips.ts';
import { query } from '../test-database.ts';

// Real: servers, sockets, PostgreSQL. Doubled: models.

const sonnet = 'anthropic/claude-sonnet-4-5-20250929';
let scene: BudgetScene;
beforeAll(async () => {
  scene = await startBudgetScene(sonnet);
});
afterAll(() => scene?.close());
beforeEach(() => scene.double.respond([{ text: 'Well.' }, usage(500, 100)]));
afterEach(async () => {
  await scene.removeAll();
  await put([]);
});

interface Price {
  model?: string;
  input: string;
  output: string;
  cacheRead?: string;
  cacheWrite?: string;
  from?: string;
}

/** Of the scene's model and for years, unless something else is said. */
async function put(prices: Price[]): Promise<void> {
  const answer = await scene.admin.request('PUT', '/api/settings/prices', {
    prices: prices.map(({ model = sonnet, input, output, cacheRead, cacheWrite, from = '2020-01-01T00:00:00Z' }) => ({
      ...{ model, inputPerMillion: input, outputPerMillion: output, validFrom: from },
      ...(cacheRead !== undefined && { cacheReadPerMillion: cacheRead }),
      ...(cacheWrite !== undefined && { cacheWritePerMillion: cacheWrite }),
    })),
  });
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
}

const costs = async () =>
  (
    await query<{ cost: string | null }>(
      scene.server.databaseUrl,
      `select trim_scale(cost)::text as cost from usage_records order by id`,
    )
  ).map(({ cost }) => cost);

/** What one more answer cost. */
async function costOfAnswer(client = scene.client, agentId = scene.agentId): Promise<string | null | undefined> {
  expect(await ask(client, agentId)).toBeUndefined();
  return (await costs()).at(-1);
}

/** With a model that no list knows. */
async function createOddAgent(model = 'anthropic/claude-of-tomorrow'): Promise<string> {
  const agent = await scene.admin.request('POST', '/api/agents', { name: 'Odd', templateId: 'custom' });
  scene.double.models.push({ id: 'claude-of-tomorrow', displayName: 'Tomorrow' } as never);
  await query(scene.server.databaseUrl, 'update agents set model = $2 where id = $1', [agent.body.id, model]);
  return agent.body.id;
}

test('an answer costs the latest own price that has begun, before the first the list’s, and keeps what it cost', async () => {
  const soon = new Date(Date.now() + 3_600_000).toISOString();
  const [minuteAgo, hourAgo] = [60_000, 3_600_000].map((ms) => new Date(Date.now() - ms).toISOString()) as [
    string,
    string,
  ];
  // 500 tokens at $3 and 100 at $15 a million.
  expect(await costOfAnswer()).toBe('0.003');
  await put([{ input: '1000', output: '1000', from: soon }]);
  expect(await costOfAnswer()).toBe('0.003');
  await put([
    { input: '1000', output: '1000', from: soon },
    { input: '20', output: '0', from: minuteAgo },
    { input: '7', output: '7', from: hourAgo },
    { model: 'openai/gpt-4o', input: '9', output: '9' },
  ]);
  expect(await costOfAnswer()).toBe('0.01');
  await put([{ input: '7', output: '7', from: hourAgo }]);
  expect(await costOfAnswer()).toBe('0.0042');
  await put([]);
  expect(await costOfAnswer()).toBe('0.003');
  expect((await costs()).slice(-5)).toEqual(['0.003', '0.003', '0.01', '0.0042', '0.003']);
});

test('what is read from a cache or written to it costs as input, where nothing else is said', async () => {
  scene.double.respond([{ text: 'Well.' }, { usage: { input: 100, output: 0, cacheRead: 1_000, cacheWrite: 10_000 } }]);
  await put([{ input: '10', output: '1' }]);
  expect(await costOfAnswer()).toBe('0.111');
  await put([{ input: '10', output: '1', cacheRead: '0' }]);
  expect(await costOfAnswer()).toBe('0.101');
});

test.each([{ cacheRead: '1000000' }, { cacheWrite: '1000000' }])(
  'a cache that costs more than reading is reserved as such: %o',
  async (dear) => {
    await put([{ input: '1', output: '1', ...dear }]);
    const id = await scene.add({ scope: 'user', scopeId: scene.member.id, unit: 'usd', amount: '100' });
    const { spent } = await scene.find(id);
    expect(await ask(scene.client, scene.agentId)).toMatchObject({ code: 'budget_exceeded' });
    expect(await scene.find(id)).toMatchObject({ spent, reserved: '0' });
  },
);

test('a budget in dollars counts and blocks by it, and lets a model through that had no price', async () => {
  const agentId = await createOddAgent();
  const id = await scene.add({ scope: 'user', scopeId: scene.member.id, unit: 'usd', amount: '1000', period: 'month' });
  const refusal = await ask(scene.client, agentId);
  expect(refusal).toMatchObject({ code: 'model_unpriced' });
  expect(refusal?.message).toContain('on the page Usage, under Prices');
  const { spent } = await scene.find(id);
  await put([{ model: 'anthropic/claude-of-tomorrow', input: '2000', output: '1000' }]);
  expect(await costOfAnswer(scene.client, agentId)).toBe('1.1');
  const now = await scene.find(id);
  expect(Number(now['spent']) - Number(spent)).toBeCloseTo(1.1, 9);
  expect(now['reserved']).toBe('0');
  // There is room for what was spent and for a token more: an answer at this price does not fit.
  await scene.admin.request('PATCH', `/api/budgets/${id}`, { amount: String(Number(now['spent']) + 0.01) });
  expect(await ask(scene.client, agentId)).toMatchObject({ code: 'budget_exceeded' });
  await put([{ model: 'anthropic/claude-of-tomorrow', input: '0', output: '0' }]);
  expect(await costOfAnswer(scene.client, agentId)).toBe('0');
  await put([]);
  expect(await ask(scene.client, agentId)).toMatchObject({ code: 'model_unpriced' });
});

test('a model of Ollama costs nothing until it has a price', async () => {
  const ollama = await startModelDouble({ kind: 'ollama-local' });
  const model = `ollama-local/${ollama.models[0]!.id}`;
  const connected = await scene.admin.request('POST', '/api/settings/providers', {
    ...{ provider: 'ollama-local', baseUrl: ollama.url },
  });
  expect(connected.status).toBe(200);
  ollama.respond([{ text: 'Well.' }, usage(500, 100)]);
  const agentId = await createOddAgent(model);
  const id = await scene.add({ scope: 'agent', scopeId: agentId, unit: 'usd', amount: '1000' });
  expect(await costOfAnswer(scene.client, agentId)).toBeNull();
  expect(await scene.find(id)).toMatchObject({ spent: '0' });
  await put([{ model, input: '2000', output: '1000' }]);
  expect(await costOfAnswer(scene.client, agentId)).toBe('1.1');
  expect(await scene.find(id)).toMatchObject({ spent: '1.1', reserved: '0' });
  await scene.admin.request('PATCH', `/api/budgets/${id}`, { amount: '1.11' });
  expect(await ask(scene.client, agentId)).toMatchObject({ code: 'budget_exceeded' });
  await scene.admin.request('DELETE', '/api/settings/providers?provider=ollama-local');
  await ollama.close();
});

test('the largest price there can be loses no answer, whatever a provider counts', async () => {
  const most = `${'9'.repeat(15)}.${'9'.repeat(10)}`;
  await put([{ input: most, output: most }]);
  scene.double.respond([{ text: 'Well.' }, usage(9_000_000_000_000_000, 100)]);
  expect(await costOfAnswer()).toMatch(/^[89]\d{24}$/);
  await query(scene.server.databaseUrl, 'delete from usage_records where cost > 1e20');
});

test('another server prices by it as soon as it hears of it, and asks the database for nothing more', async () => {
  const wire = await countTrips(scene.server.databaseUrl);
  const other = await scene.startReplica(wire.url);
  const client = await scene.connect(scene.admin, other);
  expect(await costOfAnswer(client)).toBe('0.003');
  const count = () => wire.fewestOf(() => ask(client, scene.agentId));
  const without = await count();
  await put([{ input: '20', output: '0' }]);
  await expect.poll(() => costOfAnswer(client), { timeout: 30_000 }).toBe('0.01');
  expect(await count()).toBe(without);
  await put([]);
  await expect.poll(() => costOfAnswer(client), { timeout: 30_000 }).toBe('0.003');
  await client.close();
  await wire.close();
});
