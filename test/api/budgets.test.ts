import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createMember } from '../create-test-app.ts';
import { auditRows, query } from '../test-database.ts';
import { type BudgetScene, startBudgetScene } from '../budget-scene.ts';

let scene: BudgetScene;
beforeAll(async () => {
  scene = await startBudgetScene();
});
afterAll(() => scene?.close());
afterEach(() => scene.removeAll());

const post = (body: Record<string, unknown>) => scene.admin.request('POST', '/api/budgets', body);
const organisation = { scope: 'organisation', unit: 'usd', amount: '25.50', period: 'month' };
const addUsage = (values: { cost?: string; tokens?: number; at?: string; userId?: string }) =>
  query(
    scene.server.databaseUrl,
    `insert into usage_records (created_at, agent_id, user_id, source, model, input_tokens, output_tokens, cache_read_tokens,
       cache_write_tokens, cost) values (coalesce($1::timestamptz, now()), $2, $3, 'chat', 'openai/gpt-0', $4, 1, 2, 3, $5)`,
    [values.at ?? null, scene.agentId, values.userId ?? scene.member.id, values.tokens ?? 0, values.cost ?? null],
  );

test('a budget is made, listed, changed and deleted, and the trail tells from what to what', async () => {
  const made = await post(organisation);
  expect(made.status).toBe(201);
  const { id } = made.body;
  const firstOfNext = new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth() + 1, 1)).toISOString();
  expect(made.body).toMatchObject({
    ...{ scope: 'organisation', scopeId: null, scopeName: null, unit: 'usd', amount: '25.5', period: 'month' },
    ...{ action: 'block', warnAtPercent: 80, reserved: '0', resetsAt: firstOfNext, raise: null },
  });
  expect((await scene.admin.request('GET', '/api/budgets')).body.budgets).toHaveLength(1);
  const changed = await scene.admin.request('PATCH', `/api/budgets/${id}`, { amount: '30.00', action: 'warn' });
  expect(changed.body).toMatchObject({ amount: '30', action: 'warn' });
  expect((await scene.admin.request('PATCH', `/api/budgets/${id}`, { amount: '30.0' })).status).toBe(200);
  expect((await scene.admin.request('DELETE', `/api/budgets/${id}`)).body).toEqual({ success: true });
  expect((await scene.admin.request('DELETE', `/api/budgets/${id}`)).status).toBe(404);
  const rows = (await auditRows(scene.server.databaseUrl)).filter(({ resource }) => resource === `budget:${id}`);
  expect(rows.map(({ event_type }) => event_type)).toEqual(['budget.created', 'budget.updated', 'budget.deleted']);
  expect(rows[1]).toMatchObject({
    actor_id: scene.admin.id,
    detail: { changes: { amount: { from: '25.5', to: '30' }, action: { from: 'block', to: 'warn' } } },
  });
});

test.each([
  [{ amount: '0' }, 'amount'],
  [{ amount: '-1' }, 'amount'],
  [{ amount: '1e3' }, 'amount'],
  [{ amount: '1.5', unit: 'tokens' }, 'amount'],
  [{ warnAtPercent: 0 }, 'warnAtPercent'],
  [{ warnAtPercent: 101 }, 'warnAtPercent'],
  [{ period: 'year' }, 'period'],
  [{ scope: 'user' }, 'scopeId'],
  [{ scopeId: crypto.randomUUID() }, 'scopeId'],
  [{ scope: 'agent', scopeId: crypto.randomUUID() }, 'scopeId'],
])('%j is refused', async (wrong, field) => {
  const answer = await post({ ...organisation, ...wrong });
  expect(answer.status).toBe(400);
  expect(Object.keys(answer.body.details.fieldErrors)).toEqual([field]);
});

test('the same limit is there once', async () => {
  expect((await post(organisation)).status).toBe(201);
  expect(await post({ ...organisation, amount: '99' })).toMatchObject({
    status: 409,
    body: { code: 'already_exists' },
  });
  const daily = await post({ ...organisation, period: 'day' });
  expect(daily.status).toBe(201);
  const moved = await scene.admin.request('PATCH', `/api/budgets/${daily.body.id}`, { period: 'month' });
  expect(moved).toMatchObject({ status: 409, body: { code: 'already_exists' } });
});

describe('what was spent', () => {
  test('counts exactly, from before the budget was made too, and only in its period', async () => {
    const before = (await post({ ...organisation, scope: 'user', scopeId: scene.member.id })).body;
    await addUsage({ cost: '0.0000000001' });
    await addUsage({ cost: '0.1' });
    await addUsage({ cost: '0.2' });
    await addUsage({ cost: '1000', at: '2020-01-01T00:00:00Z' });
    const spent = Number(before.spent);
    expect((await scene.find(before.id))['spent']).toBe(String((spent * 1e10 + 3_000_000_001) / 1e10));
    const agents = (await post({ ...organisation, scope: 'agent', scopeId: scene.agentId })).body;
    expect(agents.spent).toBe((await scene.find(before.id))['spent']);
    const daily = (await post({ ...organisation, unit: 'tokens', amount: '5', period: 'day' })).body;
    await addUsage({ tokens: 9_000_000_000_000_000 });
    expect(BigInt((await scene.find(daily.id))['spent']!) - BigInt(daily.spent)).toBe(9_000_000_000_000_006n);
  });

  test('weeks begin on Monday, UTC', async () => {
    const { resetsAt } = (await post({ ...organisation, period: 'week' })).body;
    expect(new Date(resetsAt).getUTCDay()).toBe(1);
    expect(resetsAt).toMatch(/T00:00:00\.000Z$/);
    expect(Date.parse(resetsAt) - Date.now()).toBeLessThanOrEqual(7 * 86_400_000);
  });

  test('survives a change of the amount, and is added up anew for another period', async () => {
    const { id } = (await post({ ...organisation, scope: 'user', scopeId: scene.admin.id, period: 'day' })).body;
    await addUsage({ cost: '3', userId: scene.admin.id });
    await scene.admin.request('PATCH', `/api/budgets/${id}`, { amount: '400' });
    expect((await scene.find(id))['spent']).toBe('3');
    await scene.admin.request('PATCH', `/api/budgets/${id}`, { period: 'month' });
    expect((await scene.find(id))['spent']).toBe('3');
  });
});

describe('a raise', () => {
  const soon = () => new Date(Date.now() + 3_600_000).toISOString();
  test('is for more, until a moment ahead, for a reason, and stands in the trail', async () => {
    const { id } = (await post(organisation)).body;
    const raise = (body: object) =>
      scene.admin.request('POST', `/api/budgets/${id}/raise`, { amount: '50', until: soon(), reason: 'Fair', ...body });
    expect((await raise({ amount: '25.50' })).body.details.fieldErrors).toHaveProperty('amount');
    expect((await raise({ until: '2020-01-01T00:00:00Z' })).body.details.fieldErrors).toHaveProperty('until');
    expect((await raise({ reason: ' ' })).body.details.fieldErrors).toHaveProperty('reason');
    expect((await raise({})).body).toMatchObject({ amount: '25.5', raise: { amount: '50', reason: 'Fair' } });
    const [row] = (await auditRows(scene.server.databaseUrl, 'budget.raised')).slice(-1);
    expect(row).toMatchObject({ resource: `budget:${id}`, detail: { amount: '25.5', from: '25.5', to: '50' } });
    // Another admin takes a part of it back.
    await raise({ amount: '30' });
    const [lower] = (await auditRows(scene.server.databaseUrl, 'budget.raised')).slice(-1);
    expect(lower).toMatchObject({ detail: { amount: '25.5', from: '50', to: '30' } });
  });
});

describe('what ends with its subject', () => {
  test('a budget ends with its group, and with its agent', async () => {
    const group = (await scene.admin.request('POST', '/api/groups', { name: 'Shortlived' })).body.id;
    const agent = (await scene.admin.request('POST', '/api/agents', { name: 'Brief', templateId: 'custom' })).body.id;
    for (const subject of [
      { scope: 'group', scopeId: group },
      { scope: 'agent', scopeId: agent },
    ])
      expect((await post({ ...organisation, ...subject })).status).toBe(201);
    expect((await scene.admin.request('DELETE', `/api/groups/${group}`)).status).toBe(200);
    expect((await scene.admin.request('DELETE', `/api/agents/${agent}`)).status).toBe(200);
    expect((await scene.admin.request('GET', '/api/budgets')).body.budgets).toEqual([]);
    const ended = (await auditRows(scene.server.databaseUrl, 'budget.deleted')).map(({ actor_id: by, detail }) => ({
      ...{ by, scope: detail['scope'], scopeId: detail['scopeId'] },
    }));
    for (const subject of [
      { scope: 'group', scopeId: group },
      { scope: 'agent', scopeId: agent },
    ])
      expect(ended).toContainEqual({ by: scene.admin.id, ...subject });
  });

  test('a budget that is made while its group is being deleted is refused, or ends with it', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = (await scene.admin.request('POST', '/api/groups', { name: `Racing ${round}` })).body;
      const [made, removed] = await Promise.all([
        post({ ...organisation, scope: 'group', scopeId: id }),
        scene.admin.request('DELETE', `/api/groups/${id}`),
      ]);
      expect(removed.status).toBe(200);
      expect([201, 400]).toContain(made.status);
      expect((await scene.admin.request('GET', '/api/budgets')).body.budgets).toEqual([]);
    }
  });
});

describe('what a person learns', () => {
  const own = async (who = scene.member, agentId = scene.agentId) =>
    await who.request('GET', `/api/users/me/budgets?agentId=${agentId}`);

  test('of their own budget what is left; of others’ only how it stands', async () => {
    await addUsage({ cost: '1' });
    const { spent } = (await post({ ...organisation, scope: 'user', scopeId: scene.member.id, amount: '1000' })).body;
    await post({ ...organisation, amount: '1000000' });
    await post({ ...organisation, scope: 'user', scopeId: scene.admin.id });
    const { budgets } = (await own()).body;
    expect(budgets).toHaveLength(2);
    const [mine] = budgets.filter(({ scope }: { scope: string }) => scope === 'user');
    expect(mine).toMatchObject({ amount: '1000', state: 'open' });
    expect(Number(mine.left)).toBeCloseTo(1000 - Number(spent), 6);
    const [all] = budgets.filter(({ scope }: { scope: string }) => scope === 'organisation');
    expect(all).toMatchObject({ amount: null, left: null, usedPercent: null, state: 'open' });
    expect(JSON.stringify(budgets)).not.toMatch(/spent|reserved|1000000/);
  });

  test('nothing with an agent that they may not use, and of budgets themselves nothing', async () => {
    const hidden = (await scene.admin.request('POST', '/api/agents', { name: 'Hidden', templateId: 'custom' })).body.id;
    await scene.admin.request('PATCH', `/api/agents/${hidden}`, { visibility: 'restricted', groupIds: [] });
    expect((await own(scene.member, hidden)).status).toBe(404);
    expect((await own(scene.member, crypto.randomUUID())).status).toBe(404);
    const { id } = (await post(organisation)).body;
    const thief = await createMember(scene.server.app, scene.admin);
    for (const [method, path, body] of [
      ['GET', '/api/budgets', undefined],
      ['POST', '/api/budgets', organisation],
      ['PATCH', `/api/budgets/${id}`, { amount: '1000000' }],
      ['DELETE', `/api/budgets/${id}`, undefined],
      ['POST', `/api/budgets/${id}/raise`, { amount: '1000000', until: '2099-01-01T00:00:00Z', reason: 'Mine' }],
    ] as const)
      expect((await thief.request(method, path, body)).status, `${method} ${path}`).toBe(403);
    expect((await scene.find(id))['amount']).toBe('25.5');
  });
});
