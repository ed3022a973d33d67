import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { createLicenceKeys } from '../licence-keys.ts';
import { auditRows, query } from '../test-database.ts';

let server: TestApp;
let admin: TestUser;
let member: TestUser;
let agentId: string;
let otherAgentId: string;
beforeAll(async () => {
  const keys = await createLicenceKeys();
  server = await createTestApp({
    environment: { PINCHY_LICENSE_PUBLIC_KEY: keys.publicKey, PINCHY_ENTERPRISE_KEY: await keys.sign() },
  });
  admin = await createAdmin(server.app);
  member = await createMember(server.app, admin, { name: '=HYPERLINK("x")' });
  const create = async (name: string) =>
    (await admin.request('POST', '/api/agents', { name, templateId: 'custom' })).body.id as string;
  agentId = await create('Counted, "quoted"');
  otherAgentId = await create('Other');
  await record({ cost: '0.08' });
  await record({ at: '-2 days', cost: '0.02', userId: member.id, input: 5_000_000_000 });
  await record({ source: 'system', cost: null, input: 7 });
  await record({ agentId: otherAgentId, cost: null, input: 1 });
  await record({ at: '-40 days', cost: '1', input: 1_000 });
  // Gone from every table but this one: what a restore or a script may leave.
  await record({ agentId: crypto.randomUUID(), userId: crypto.randomUUID(), source: 'plugin', cost: '0.5' });
});
afterAll(() => server.close());

interface Spent {
  at?: string;
  agentId?: string;
  userId?: string;
  source?: string;
  cost?: string | null;
  input?: number;
}

/** One step's tokens; 100 in, 10 out, 3 read from and 2 written to the cache unless said. */
async function record(spent: Spent): Promise<void> {
  await query(
    server.databaseUrl,
    `insert into usage_records (created_at, agent_id, user_id, source, model,
       input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, cost)
     values (now() + $1::interval, $2, $3, $4, 'openai/gpt-5', $5, 10, 3, 2, $6)`,
    [
      spent.at ?? '0',
      spent.agentId ?? agentId,
      spent.userId ?? admin.id,
      spent.source ?? 'chat',
      spent.input ?? 100,
      spent.cost ?? null,
    ],
  );
}

const summary = async (search = '') => (await admin.request('GET', `/api/usage/summary${search}`)).body;
interface Row {
  agentId: string;
  userId: string;
}

describe('the summary', () => {
  test('has the promised shape, all figures strings, 30 days unless said', async () => {
    const { agents, totals } = await summary();
    expect(agents.find((row: Row) => row.agentId === agentId)).toEqual({
      agentId,
      agentName: 'Counted, "quoted"',
      totalInputTokens: '5000000107',
      totalOutputTokens: '30',
      totalCacheReadTokens: '9',
      totalCacheWriteTokens: '6',
      totalCost: '0.1',
      deleted: false,
    });
    expect(totals).toEqual({
      chat: { inputTokens: '5000000101', outputTokens: '30', cacheReadTokens: '9', cacheWriteTokens: '6', cost: '0.1' },
      system: { inputTokens: '7', outputTokens: '10', cacheReadTokens: '3', cacheWriteTokens: '2', cost: null },
      plugin: { inputTokens: '100', outputTokens: '10', cacheReadTokens: '3', cacheWriteTokens: '2', cost: '0.5' },
    });
  });

  test('days choose the window, 0 is all time', async () => {
    const input = async (days: number) => (await summary(`?days=${days}`)).totals.chat.inputTokens as string;
    expect(await input(1)).toBe('101');
    expect(await input(3)).toBe('5000000101');
    expect(await input(60)).toBe('5000001101');
    expect(await input(0)).toBe('5000001101');
  });

  test('an agent may be chosen; one without a known price costs null, never 0; nothing at all is zero tokens', async () => {
    const { agents, totals } = await summary(`?agentId=${otherAgentId}`);
    expect(agents).toEqual([
      expect.objectContaining({ agentId: otherAgentId, totalCost: null, totalInputTokens: '1' }),
    ]);
    expect(totals.plugin).toEqual({
      inputTokens: '0',
      outputTokens: '0',
      cacheReadTokens: '0',
      cacheWriteTokens: '0',
      cost: null,
    });
    expect((await summary(`?agentId=${crypto.randomUUID()}`)).agents).toEqual([]);
  });

  test('deleted agents stay in the figures and are marked', async () => {
    const { id } = (await admin.request('POST', '/api/agents', { name: 'Leaver', templateId: 'custom' })).body;
    await record({ agentId: id, at: '-400 days' });
    await admin.request('DELETE', `/api/agents/${id}`);
    const { agents } = await summary('?days=0');
    expect(agents.find((row: Row) => row.agentId === id)).toMatchObject({ agentName: 'Leaver', deleted: true });
    expect(agents.filter((row: { deleted: boolean }) => row.deleted)).toHaveLength(2);
  });
});

test('by user: sums per person, deactivated ones marked', async () => {
  const leaver = await createMember(server.app, admin, { name: 'Leo' });
  await record({ userId: leaver.id, at: '-10 days', input: 3 });
  await admin.request('DELETE', `/api/users/${leaver.id}`);
  const { users } = (await admin.request('GET', '/api/usage/by-user')).body;
  expect(users.find((row: Row) => row.userId === member.id)).toEqual({
    userId: member.id,
    userName: '=HYPERLINK("x")',
    totalInputTokens: '5000000000',
    totalOutputTokens: '10',
    totalCacheReadTokens: '3',
    totalCacheWriteTokens: '2',
    totalCost: '0.02',
    deleted: false,
  });
  expect(users.find((row: Row) => row.userId === leaver.id)).toMatchObject({ userName: 'Leo', deleted: true });
  const one = (await admin.request('GET', `/api/usage/by-user?agentId=${otherAgentId}`)).body.users;
  expect(one).toEqual([expect.objectContaining({ userId: admin.id, totalInputTokens: '1' })]);
});

test('the export is CSV with one row per record, safe in a spreadsheet, and is recorded', async () => {
  const answer = await admin.request('GET', '/api/usage/export?days=60');
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(answer.headers['content-disposition']).toBe('attachment; filename="usage.csv"');
  expect(answer.text).toMatch(/^\ufeff.+\r\n/);
  const rows = parse<Record<string, string>>(answer.text, { columns: true, bom: true });
  const [{ count } = { count: 0 }] = await query<{ count: number }>(
    server.databaseUrl,
    `select count(*)::int as count from usage_records where created_at > now() - interval '60 days'`,
  );
  expect(rows).toHaveLength(count);
  expect(rows.find((row) => row['userId'] === member.id)).toMatchObject({
    agentName: 'Counted, "quoted"',
    userName: `'=HYPERLINK("x")`,
    source: 'chat',
    model: 'openai/gpt-5',
    inputTokens: '5000000000',
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  });
  expect(rows.find((row) => row['agentId'] === otherAgentId)?.['cost']).toBe('');
  expect(parse(answer.text.split('\r\n')[0] ?? '')[0]).toContain('timestamp');
  expect((await auditRows(server.databaseUrl, 'usage.exported')).at(-1)).toMatchObject({
    actor_id: admin.id,
    detail: { days: 60 },
  });
});
