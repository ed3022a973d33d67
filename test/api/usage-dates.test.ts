import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { createLicenceKeys } from '../licence-keys.ts';
import { query } from '../test-database.ts';

// Own dates begin and end anywhere: what is kept by hour and day is compared with the records themselves.

const agentIds = Array.from({ length: 3 }, () => crypto.randomUUID());
const start = Date.parse('2026-03-01T00:00:00.000Z');
const at = (days: number, hours = 0, minutes = 0) =>
  new Date(start + ((days * 24 + hours) * 60 + minutes) * 60_000).toISOString();

let server: TestApp;
let admin: TestUser;
beforeAll(async () => {
  const keys = await createLicenceKeys();
  server = await createTestApp({
    environment: { PINCHY_LICENSE_PUBLIC_KEY: keys.publicKey, PINCHY_ENTERPRISE_KEY: await keys.sign() },
  });
  admin = await createAdmin(server.app);
  await query(
    server.databaseUrl,
    `insert into usage_records (created_at, agent_id, user_id, source, model,
       input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, cost)
     select $1::timestamptz + n * interval '7 minutes', ($2::uuid[])[1 + n % 3], $3, 'chat', 'openai/gpt-' || n % 4,
       n, 1, 0, 0, case when n % 3 > 0 then 0.01 end from generate_series(0, 4000) n`,
    [at(0), agentIds, admin.id],
  );
});
afterAll(() => server.close());

const get = async (path: string, search: Record<string, string>) =>
  await admin.request('GET', `/api/usage/${path}?${new URLSearchParams(search)}`);

const windows: [string, string | undefined, string | undefined][] = [
  ['whole days', at(2), at(5)],
  ['hours of one day', at(3, 4), at(3, 9)],
  ['minutes of one hour', at(3, 4, 10), at(3, 4, 50)],
  ['minutes over an hour’s end', at(3, 4, 40), at(3, 5, 20)],
  ['any moments', at(1, 22, 13), at(8, 3, 31)],
  ['from a moment on', at(15, 12, 30), undefined],
  ['up to a moment', undefined, at(4, 12, 30)],
  ['a window before everything', at(-9), at(-2)],
];

describe.each(windows)('%s', (_what, from, to) => {
  const search = { ...(from && { from }), ...(to && { to }) };
  const plainly = (key: string) =>
    query<{ key: string; tokens: string; cost: string | null }>(
      server.databaseUrl,
      `select ${key} as key, sum(input_tokens)::text as tokens, trim_scale(sum(cost))::text as cost from usage_records
       where ($1::timestamptz is null or created_at >= $1) and ($2::timestamptz is null or created_at < $2) group by 1 order by 1`,
      [from ?? null, to ?? null],
    );
  const inOrder = (rows: Record<string, string | null>[], key: string) =>
    rows
      .map((row) => ({ key: row[key]!, tokens: row['totalInputTokens'], cost: row['totalCost'] }))
      .toSorted((left, right) => (left.key < right.key ? -1 : 1));

  test('add up by agent, person, model and day', async () => {
    expect(inOrder((await get('summary', search)).body.agents, 'agentId')).toEqual(await plainly('agent_id::text'));
    expect(inOrder((await get('by-user', search)).body.users, 'userId')).toEqual(await plainly('user_id::text'));
    expect(inOrder((await get('by-model', search)).body.models, 'model')).toEqual(await plainly('model'));
    for (const tz of ['Europe/Vienna', 'Asia/Kolkata']) {
      const { data } = (await get('timeseries', { ...search, tz })).body;
      const filled = (data as { date: string; inputTokens: string; cost: string | null }[]).filter(
        ({ inputTokens }) => inputTokens !== '0',
      );
      expect(filled.map(({ date, inputTokens, cost }) => ({ key: date, tokens: inputTokens, cost }))).toEqual(
        (await plainly(`((created_at at time zone '${tz}')::date)::text`)).filter(({ tokens }) => tokens !== '0'),
      );
    }
    const lines = (await get('export', search)).text.trim().split('\r\n').length - 1;
    const [{ count } = { count: -1 }] = await query<{ count: number }>(
      server.databaseUrl,
      `select count(*)::int as count from usage_records
       where ($1::timestamptz is null or created_at >= $1) and ($2::timestamptz is null or created_at < $2)`,
      [from ?? null, to ?? null],
    );
    expect(lines).toBe(count);
  });
});

test('the days of a series end where the window does, and never in the future', async () => {
  const dates = async (search: Record<string, string>) =>
    ((await get('timeseries', search)).body.data as { date: string }[]).map(({ date }) => date);
  expect(await dates({ from: at(0), to: at(3) })).toEqual(['2026-03-01', '2026-03-02', '2026-03-03']);
  const soon = new Date(Date.now() + 5 * 86_400_000).toISOString();
  const recent = await dates({ from: new Date(Date.now() - 86_400_000).toISOString(), to: soon });
  expect(recent.at(-1)).toBe(new Date().toISOString().slice(0, 10));
});

test.each([
  [{ from: 'yesterday' }, 'from'],
  [{ from: '2026-03-01' }, 'from'],
  [{ from: '0000-01-01T00:00:00Z' }, 'from'],
  [{ to: '9999-01-01T00:00:00Z' }, 'to'],
  [{ from: at(3), to: at(2) }, 'to'],
  [{ from: at(3), to: at(3) }, 'to'],
])('%j is refused', async (search, field) => {
  for (const path of ['summary', 'by-user', 'by-model', 'timeseries', 'export']) {
    const answer = await get(path, search);
    expect(answer.status, path).toBe(400);
    expect(Object.keys(answer.body.details.fieldErrors)).toEqual([field]);
  }
});

test('an assistant is told whose it is, also after its owner is gone; a shared agent is nobody’s', async () => {
  const member = await createMember(server.app, admin, { name: 'Mia Member' });
  const own = ((await member.request('GET', '/api/agents')).body as { id: string; ownerId: string }[]).find(
    ({ ownerId }) => ownerId === member.id,
  )!;
  const shared = (await admin.request('POST', '/api/agents', { name: 'Shared', templateId: 'custom' })).body.id;
  for (const id of [own.id, shared])
    await query(
      server.databaseUrl,
      `insert into usage_records (agent_id, user_id, source, model, input_tokens, output_tokens, cache_read_tokens,
         cache_write_tokens) values ($1, $2, 'chat', 'openai/gpt-0', 1, 1, 0, 0)`,
      [id, member.id],
    );
  const owners = async () => {
    const { agents } = (await get('summary', { days: '1' })).body;
    const rows = agents as { agentId: string; owner?: object }[];
    return [own.id, shared].map((id) => rows.find(({ agentId }) => agentId === id)?.owner);
  };
  const expected = [{ userId: member.id, userName: 'Mia Member' }, undefined];
  expect(await owners()).toEqual(expected);
  await admin.request('DELETE', `/api/users/${member.id}`);
  expect(await owners()).toEqual(expected);
});
