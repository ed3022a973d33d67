import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { ChatClient } from '../chat/chat-client.ts';
import { createMember } from '../create-test-app.ts';
import { query } from '../test-database.ts';
import { ask, type BudgetScene, startBudgetScene, usage } from '../budget-scene.ts';

// Real: server, sockets, PostgreSQL. Doubled: the model.

let scene: BudgetScene;
beforeAll(async () => {
  scene = await startBudgetScene();
  // So that it is known what an answer may take at most.
  const limits = { model: 'anthropic/claude-sonnet-4-5-20250929', maxOutput: 4_000, contextWindow: null };
  const put = await scene.admin.request('PUT', '/api/providers/model-limits', limits);
  if (put.status !== 200) throw new Error(put.text);
});
afterAll(() => scene?.close());
beforeEach(() => scene.double.respond([{ text: 'Well.' }, { wait: 400 }, usage(300, 100)]));
afterEach(() => scene.removeAll());

const asked = () => scene.double.requests.filter(({ chat }) => chat).length;
const reservations = () => query(scene.server.databaseUrl, 'select * from budget_reservations');

/** A budget of the organisation with so much left. */
async function leave(tokens: number): Promise<{ id: string; spent: number }> {
  const id = await scene.add({ scope: 'organisation', amount: '900000000' });
  const { spent } = await scene.find(id);
  await scene.admin.request('PATCH', `/api/budgets/${id}`, { amount: String(Number(spent) + tokens) });
  return { id, spent: Number(spent) };
}

/** What one answer reserves. */
async function reservedByOne(): Promise<number> {
  const id = await scene.add({ scope: 'organisation', amount: '900000000' });
  const asking = ask(scene.client, scene.agentId, 'Now!');
  await expect.poll(async () => (await reservations()).length).toBe(1);
  const [{ amount } = { amount: '0' }] = (await reservations()) as { amount: string }[];
  await asking;
  await scene.admin.request('DELETE', `/api/budgets/${id}`);
  return Number(amount);
}

test('fifty at once, by two servers: three are let through, and nobody passes together with others', async () => {
  const replica = await scene.startReplica();
  const people = await Promise.all(Array.from({ length: 5 }, () => createMember(scene.server.app, scene.admin)));
  const clients = await Promise.all(
    people.map((person, index) => scene.connect(person, index % 2 === 0 ? scene.server : replica)),
  );
  const { id, spent } = await leave(3 * (await reservedByOne()) + 600);
  const before = asked();
  let refused = 0;
  // What is let through stays reserved until each of the others has been let through or refused as well.
  scene.double.respond(async () => {
    await vi.waitUntil(() => refused + asked() - before >= 50, { timeout: 60_000 });
    return [{ text: 'Well.' }, usage(300, 100)];
  });
  const askOnce = async (client: ChatClient) => {
    const end = await ask(client, scene.agentId, 'Now!');
    if (end !== undefined) refused += 1;
    return end;
  };
  const ends = await Promise.all(clients.flatMap((client) => Array.from({ length: 10 }, () => askOnce(client))));
  const passed = ends.filter((end) => end === undefined).length;
  expect(ends.filter((end) => end?.code === 'budget_exceeded')).toHaveLength(50 - passed);
  expect(asked() - before).toBe(passed);
  expect(passed).toBe(3);
  const { spent: now, amount } = await scene.find(id);
  expect(Number(now)).toBe(spent + passed * 400);
  expect(Number(now)).toBeLessThanOrEqual(Number(amount));
  expect(await reservations()).toEqual([]);
});

test('a budget that comes and goes while an answer is reserved fails nobody', async () => {
  const { id } = await leave(100_000);
  const [holding, removing] = [scene.server.databaseUrl, scene.server.databaseUrl].map(
    (connectionString) => new Client({ connectionString }),
  ) as [Client, Client];
  await Promise.all([holding.connect(), removing.connect()]);
  try {
    await holding.query('begin');
    await holding.query('select from budgets where id = $1 for update', [id]);
    const asking = ask(scene.client, scene.agentId, 'Now!');
    const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await expect
      .poll(async () => (await query(scene.server.databaseUrl, waiting)).length, { timeout: 30_000 })
      .toBeGreaterThan(0);
    const brief = await scene.add({ scope: 'user', scopeId: scene.member.id, amount: '900000000' });
    await removing.query('begin');
    await removing.query('delete from budgets where id = $1', [brief]);
    await holding.query('commit');
    await sleep(500);
    await removing.query('commit');
    expect(await asking).toBeUndefined();
  } finally {
    await Promise.all([holding.end(), removing.end()]);
  }
});

test('one who stops the answer just before its end has spent it', async () => {
  const { id, spent } = await leave(100_000);
  scene.double.respond([{ text: 'word '.repeat(600) }, { wait: 30_000 }, usage(300, 900)]);
  const chatId = randomUUID();
  scene.client.say(scene.agentId, 'Write.', { chatId, begins: true });
  await scene.client.next('chunk', (frame) => frame.chatId === chatId);
  await expect
    .poll(
      () =>
        scene.client
          .all('chunk')
          .filter((frame) => frame.chatId === chatId)
          .map(({ content }) => content)
          .join('').length,
    )
    .toBeGreaterThan(2_900);
  scene.client.send({ type: 'abort', agentId: scene.agentId, chatId });
  await scene.client.next('complete', (frame) => frame.chatId === chatId);
  const { spent: now, reserved } = await scene.find(id);
  expect(Number(now) - spent).toBeGreaterThan(1_000);
  expect(Number(now) - spent).toBeLessThan(4_000);
  expect(reserved).toBe('0');
});

test('what a stopped answer cost stays spent when the budget gets another period, or is deleted and made anew', async () => {
  const { id, spent } = await leave(100_000);
  scene.double.respond([{ text: 'word '.repeat(600) }, { wait: 30_000 }, usage(300, 900)]);
  const chatId = randomUUID();
  scene.client.say(scene.agentId, 'Write.', { chatId, begins: true });
  await scene.client.next('chunk', (frame) => frame.chatId === chatId);
  scene.client.send({ type: 'abort', agentId: scene.agentId, chatId });
  await scene.client.next('complete', (frame) => frame.chatId === chatId);
  const now = (await scene.find(id))['spent'];
  expect(Number(now)).toBeGreaterThan(spent);
  for (const period of ['week', 'day'])
    expect((await scene.admin.request('PATCH', `/api/budgets/${id}`, { period })).status).toBe(200);
  expect((await scene.find(id))['spent']).toBe(now);
  await scene.admin.request('DELETE', `/api/budgets/${id}`);
  const anew = await scene.add({ scope: 'organisation', amount: '900000000' });
  expect((await scene.find(anew))['spent']).toBe(now);
  const dollars = await scene.add({ scope: 'user', scopeId: scene.member.id, unit: 'usd', amount: '900' });
  const counted = await query<{ cost: string }>(
    scene.server.databaseUrl,
    `select coalesce(sum(cost), 0)::text as cost from usage_records where user_id = $1`,
    [scene.member.id],
  );
  expect(Number((await scene.find(dollars))['spent'])).toBeGreaterThan(Number(counted[0]?.cost));
});

test('one who stops before the first word has spent the reading, and what a model may have thought', async () => {
  const { id, spent } = await leave(100_000);
  scene.double.respond([{ hang: true }]);
  const chatId = randomUUID();
  const before = asked();
  scene.client.say(scene.agentId, 'Think.', { chatId, begins: true });
  await expect.poll(asked).toBe(before + 1);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  scene.client.send({ type: 'abort', agentId: scene.agentId, chatId });
  await scene.client.next('complete', (frame) => frame.chatId === chatId);
  expect(Number((await scene.find(id))['spent']) - spent).toBeGreaterThan(300);
  expect(await reservations()).toEqual([]);
});

test('one who deletes the conversation meanwhile has spent it too', async () => {
  const { id, spent } = await leave(100_000);
  scene.double.respond([{ text: 'word '.repeat(600) }, { wait: 30_000 }, usage(300, 900)]);
  const chatId = randomUUID();
  scene.client.say(scene.agentId, 'Write.', { chatId, begins: true });
  await scene.client.next('chunk', (frame) => frame.chatId === chatId);
  const deleted = await scene.member.request('DELETE', `/api/agents/${scene.agentId}/chats/${chatId}`);
  expect(deleted.status).toBe(200);
  await expect.poll(reservations).toEqual([]);
  expect(Number((await scene.find(id))['spent'])).toBeGreaterThan(spent + 500);
});

test('a refused provider costs nothing', async () => {
  const { id, spent } = await leave(100_000);
  scene.double.respond([{ error: 'quota' }]);
  expect(await ask(scene.client, scene.agentId)).toMatchObject({ code: 'provider_quota' });
  expect(await scene.find(id)).toMatchObject({ spent: String(spent), reserved: '0' });
});

test('editing, asking again and a temporary conversation spend like everything else', async () => {
  const { id, spent } = await leave(20_000);
  const chatId = randomUUID();
  scene.client.say(scene.agentId, 'First.', { chatId, begins: true });
  await scene.client.next('complete', (frame) => frame.chatId === chatId);
  const { messages } = await scene.client.history(scene.agentId, { chatId });
  const completes = () => scene.client.all('complete').filter((frame) => frame.chatId === chatId).length;
  const on = { agentId: scene.agentId, chatId, messageId: messages[0]!.id };
  scene.client.send({ type: 'edit', ...on, content: 'Second.', clientMessageId: randomUUID() });
  await expect.poll(completes).toBe(2);
  const again = (await scene.client.history(scene.agentId, { chatId })).messages[0]!.id;
  scene.client.send({ type: 'regenerate', ...on, messageId: again, clientMessageId: randomUUID() });
  await expect.poll(completes).toBe(3);
  expect(await ask(scene.client, scene.agentId, 'Quietly.', { temporary: true })).toBeUndefined();
  expect(Number((await scene.find(id))['spent'])).toBe(spent + 4 * 400);
  await scene.admin.request('PATCH', `/api/budgets/${id}`, { amount: String(spent + 1) });
  const before = asked();
  scene.client.send({ type: 'regenerate', ...on, messageId: again, clientMessageId: randomUUID() });
  await expect.poll(completes).toBe(4);
  expect(await ask(scene.client, scene.agentId, 'Quietly.', { temporary: true })).toMatchObject({
    code: 'budget_exceeded',
  });
  expect(asked()).toBe(before);
});

test('what a dead server reserved is spent as far as it came, once its run is found interrupted', async () => {
  const { id, spent } = await leave(100_000);
  const run = randomUUID();
  const dead = randomUUID();
  await ask(scene.client, scene.agentId, 'Hello.');
  const { spent: before } = await scene.find(id);
  const database = scene.server.databaseUrl;
  const [conversation] = await query<{ id: string }>(
    database,
    'select id from conversations order by created_at desc limit 1',
  );
  // It lives until all of its rows are there: a run without a server is found at any time.
  await query(database, `insert into replicas (id, seen_at) values ($1, now() + interval '1 hour')`, [dead]);
  await query(
    database,
    `insert into runs (id, conversation_id, agent_id, user_id, message_id, replica_id, state, started_at)
     values ($1, $2, $3, $4, gen_random_uuid(), $5, 'running', now())`,
    [run, conversation!.id, scene.agentId, scene.member.id, dead],
  );
  await query(
    database,
    `insert into messages (id, conversation_id, run_id, role, content, seq, tool_calls, tool_outputs, state)
     values (gen_random_uuid(), $1, $2, 'assistant', repeat('x', 300), 1, '[]', '[]', 'streaming')`,
    [conversation!.id, run],
  );
  await query(
    database,
    `insert into budget_reservations (budget_id, holder, user_id, agent_id, amount, read_tokens, writes, expires_at)
     values ($1, $2, $3, $4, 5000, 1000, 4000, now() + interval '1 hour')`,
    [id, run, scene.member.id, scene.agentId],
  );
  expect((await scene.find(id))['reserved']).toBe('5000');
  await query(database, 'delete from replicas where id = $1', [dead]);
  await expect.poll(reservations, { timeout: 30_000, interval: 200 }).toEqual([]);
  expect(Number((await scene.find(id))['spent'])).toBe(Number(before) + 1_000 + 100);
  expect(Number(before)).toBeGreaterThan(spent);
});
