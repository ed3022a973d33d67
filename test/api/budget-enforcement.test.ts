import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { countTrips } from '../count-trips.ts';
import { createMember } from '../create-test-app.ts';
import { auditRows, query } from '../test-database.ts';
import { ask, type BudgetScene, startBudgetScene, usage } from '../budget-scene.ts';

// Real: server, sockets, PostgreSQL. Doubled: the model.

let scene: BudgetScene;
beforeAll(async () => {
  scene = await startBudgetScene();
});
afterAll(() => scene?.close());
beforeEach(() => scene.double.respond([{ text: 'Well.' }, usage(500, 100)]));
afterEach(() => scene.removeAll());

const asked = () => scene.double.requests.filter(({ chat }) => chat).length;
const tomorrow = () => new Date(Math.floor(Date.now() / 86_400_000 + 1) * 86_400_000).toISOString();

test('what an answer used is spent, and nothing stays reserved', async () => {
  const id = await scene.add({ scope: 'organisation', amount: '1000000' });
  const { spent } = await scene.find(id);
  expect(await ask(scene.client, scene.agentId)).toBeUndefined();
  expect(await scene.find(id)).toMatchObject({ spent: String(Number(spent) + 600), reserved: '0' });
});

test('a budget that is used up lets nothing through: the model is not asked, and the message is kept', async () => {
  const id = await scene.add({ scope: 'user', scopeId: scene.member.id, amount: '10' });
  const before = asked();
  const failure = await ask(scene.client, scene.agentId, 'Please keep what I typed.');
  expect(failure).toMatchObject({
    code: 'budget_exceeded',
    retryable: false,
    details: { scope: 'user', resetsAt: tomorrow() },
  });
  expect(failure!.message).toContain('Your budget leaves no room');
  expect(asked()).toBe(before);
  const history = await scene.client.history(scene.agentId, { chatId: failure!.chatId });
  expect(history.messages.at(-1)).toMatchObject({
    content: 'Please keep what I typed.',
    failure: { code: 'budget_exceeded', details: { scope: 'user', resetsAt: tomorrow() } },
  });
  const failed = (await auditRows(scene.server.databaseUrl, 'run.failed')).at(-1);
  expect(failed).toMatchObject({ detail: { code: 'budget_exceeded', agentId: scene.agentId } });
  await scene.admin.request('DELETE', `/api/budgets/${id}`);
  expect(await ask(scene.client, scene.agentId)).toBeUndefined();
});

test('a raise lets it through until its time is over', async () => {
  const id = await scene.add({ scope: 'user', scopeId: scene.member.id, amount: '10' });
  expect(await ask(scene.client, scene.agentId)).toMatchObject({ code: 'budget_exceeded' });
  const raised = await scene.admin.request('POST', `/api/budgets/${id}/raise`, {
    ...{ amount: '1000000', reason: 'The audit is due.' },
    until: new Date(Date.now() + 60_000).toISOString(),
  });
  expect(raised.status).toBe(200);
  expect(await ask(scene.client, scene.agentId)).toBeUndefined();
  await query(scene.server.databaseUrl, `update budgets set raise_until = now() - interval '1 second' where id = $1`, [
    id,
  ]);
  expect(await ask(scene.client, scene.agentId)).toMatchObject({ code: 'budget_exceeded' });
});

test('a run with tools stops where the budget ends, and what was said so far is kept', async () => {
  const id = await scene.add({ scope: 'agent', scopeId: scene.agentId, amount: '1000000' });
  const { spent } = await scene.find(id);
  await scene.admin.request('PATCH', `/api/budgets/${id}`, { amount: String(Number(spent) + 20_000) });
  scene.double.respond([
    { text: 'Let me look.' },
    { toolCall: { name: 'pinchy_ls', input: { path: '/' } } },
    usage(19_000, 900),
  ]);
  const before = asked();
  const failure = await ask(scene.client, scene.agentId, 'What is there?');
  expect(failure).toMatchObject({ code: 'budget_exceeded', details: { scope: 'agent' } });
  expect(asked()).toBe(before + 1);
  const { messages } = await scene.client.history(scene.agentId, { chatId: failure!.chatId });
  expect(messages.at(-1)).toMatchObject({ role: 'assistant', content: 'Let me look.', finishReason: 'error' });
  expect(await scene.find(id)).toMatchObject({ spent: String(Number(spent) + 19_900), reserved: '0' });
});

test('near its end an answer is given no more tokens than are left', async () => {
  const { spent } = await scene.find(await scene.add({ scope: 'organisation', amount: '9000000', period: 'month' }));
  const id = await scene.add({ scope: 'organisation', amount: String(Number(spent) + 6_000) });
  expect(await ask(scene.client, scene.agentId)).toBeUndefined();
  const [limit] = scene.double.requests
    .flatMap(({ chat, body }) => (chat ? [(body as { max_tokens: number }).max_tokens] : []))
    .slice(-1);
  expect(limit).toBeGreaterThanOrEqual(1_024);
  expect(limit).toBeLessThan(6_000);
  expect(await scene.find(id)).toMatchObject({ reserved: '0' });
});

describe('groups', () => {
  test('every group somebody is in must let them through; others are not concerned', async () => {
    const groups = await Promise.all(
      ['One', 'Two'].map(
        async (name) => (await scene.admin.request('POST', '/api/groups', { name })).body.id as string,
      ),
    );
    for (const group of groups)
      await scene.admin.request('PUT', `/api/groups/${group}/members`, { userIds: [scene.member.id] });
    await scene.add({ scope: 'group', scopeId: groups[0], amount: '1000000' });
    const tight = await scene.add({ scope: 'group', scopeId: groups[1], amount: '10' });
    expect(await ask(scene.client, scene.agentId)).toMatchObject({
      code: 'budget_exceeded',
      details: { scope: 'group' },
    });
    const other = await createMember(scene.server.app, scene.admin);
    expect(await ask(await scene.connect(other), scene.agentId)).toBeUndefined();
    expect(await scene.find(tight)).toMatchObject({ spent: expect.stringMatching(/^\d+$/) });
    await scene.admin.request('PUT', `/api/groups/${groups[1]}/members`, { userIds: [] });
    expect(await ask(scene.client, scene.agentId)).toBeUndefined();
  });
});

describe('dollars', () => {
  test('are spent by price', async () => {
    const id = await scene.add({ scope: 'user', scopeId: scene.member.id, unit: 'usd', amount: '100' });
    const { spent } = await scene.find(id);
    await ask(scene.client, scene.agentId);
    // 500 tokens at $3 and 100 at $15 a million.
    expect(Number((await scene.find(id)).spent) - Number(spent)).toBeCloseTo(0.003, 10);
  });
  test('a model without a known price is not let through, and is where tokens are counted', async () => {
    const agent = await scene.admin.request('POST', '/api/agents', { name: 'Odd', templateId: 'custom' });
    scene.double.models.push({ id: 'claude-of-tomorrow', displayName: 'Tomorrow' } as never);
    await query(scene.server.databaseUrl, `update agents set model = 'anthropic/claude-of-tomorrow' where id = $1`, [
      agent.body.id,
    ]);
    const id = await scene.add({ scope: 'organisation', unit: 'usd', amount: '1000000' });
    const before = asked();
    expect(await ask(scene.client, agent.body.id)).toMatchObject({ code: 'model_unpriced' });
    expect(asked()).toBe(before);
    await scene.admin.request('DELETE', `/api/budgets/${id}`);
    await scene.add({ scope: 'organisation', amount: '1000000' });
    expect(await ask(scene.client, agent.body.id)).toBeUndefined();
  });
});

test('a budget that warns lets everything through and tells once', async () => {
  const id = await scene.add({ scope: 'user', scopeId: scene.member.id, amount: '10', action: 'warn' });
  const told = async () =>
    (await auditRows(scene.server.databaseUrl, 'budget.reached')).filter(({ resource }) => resource === `budget:${id}`);
  expect(await ask(scene.client, scene.agentId)).toBeUndefined();
  await expect.poll(async () => (await told()).length).toBe(1);
  expect((await told())[0]).toMatchObject({ actor_type: 'system', detail: { percent: 100, scope: 'user' } });
  expect(await ask(scene.client, scene.agentId)).toBeUndefined();
  await new Promise((resolve) => setTimeout(resolve, 800));
  expect(await told()).toHaveLength(1);
});

test('the next period begins with nothing spent', async () => {
  const id = await scene.add({ scope: 'user', scopeId: scene.member.id, amount: '30000' });
  scene.double.respond([{ text: 'Well.' }, usage(40_000, 1)]);
  await ask(scene.client, scene.agentId);
  expect(await ask(scene.client, scene.agentId)).toMatchObject({ code: 'budget_exceeded' });
  await query(
    scene.server.databaseUrl,
    `update budget_periods set start = start - interval '1 day' where budget_id = $1`,
    [id],
  );
  expect(await scene.find(id)).toMatchObject({ spent: '0', resetsAt: tomorrow() });
  expect(await ask(scene.client, scene.agentId)).toBeUndefined();
});

test('where no budget concerns somebody nothing more is asked of the database', async () => {
  const wire = await countTrips(scene.server.databaseUrl);
  const other = await scene.startReplica(wire.url);
  const client = await scene.connect(scene.admin, other);
  await ask(client, scene.agentId);
  const count = () => wire.fewestOf(() => ask(client, scene.agentId));
  const without = await count();
  await scene.add({ scope: 'user', scopeId: scene.member.id, amount: '1000000' });
  await ask(client, scene.agentId);
  expect(await count()).toBe(without);
  await scene.add({ scope: 'organisation', amount: '9000000' });
  await ask(client, scene.agentId);
  const withBudget = await count();
  expect(withBudget).toBeGreaterThan(without);
  expect(withBudget).toBeLessThanOrEqual(without + 2);
  await client.close();
  await wire.close();
});
