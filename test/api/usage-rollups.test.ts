import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAdmin, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { createLicenceKeys } from '../licence-keys.ts';
import { query } from '../test-database.ts';

// What the pages show of usage is kept by hour and day. Here it is compared with the records themselves.

const agentIds = Array.from({ length: 3 }, () => crypto.randomUUID());
const zones = ['UTC', 'Europe/Vienna', 'America/St_Johns', 'Asia/Kolkata', 'Asia/Kathmandu', 'Australia/Lord_Howe'];

let server: TestApp;
let admin: TestUser;
beforeAll(async () => {
  const keys = await createLicenceKeys();
  server = await createTestApp({
    environment: { PINCHY_LICENSE_PUBLIC_KEY: keys.publicKey, PINCHY_ENTERPRISE_KEY: await keys.sign() },
  });
  admin = await createAdmin(server.app);
  await write(1_500);
});
afterAll(() => server.close());

/** Records at random moments of the last 45 days, many of them within the edges of windows, a third without a price. */
async function write(count: number): Promise<void> {
  await query(
    server.databaseUrl,
    `insert into usage_records (created_at, agent_id, user_id, source, model,
       input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, cost)
     select now() - case when n % 4 = 0 then interval '7 days' + (random() - 0.5) * interval '2 hours'
         else random() * interval '45 days' end,
       ($2::uuid[])[1 + floor(random() * 3)], ($3::uuid[])[1 + floor(random() * 4)],
       (array['chat', 'chat', 'system', 'plugin'])[1 + floor(random() * 4)], 'openai/gpt-' || n % 3,
       floor(random() * 1e6), floor(random() * 1e4), floor(random() * 1e5), floor(random() * 1e3),
       case when random() > 0.33 then random()::numeric(20, 10) end
     from generate_series(1, $1::int) n`,
    [count, agentIds, [admin.id, ...userIds]],
  );
}
const userIds = Array.from({ length: 3 }, () => crypto.randomUUID());

const sums = `sum(input_tokens)::text, sum(output_tokens)::text, sum(cache_read_tokens)::text, sum(cache_write_tokens)::text,
  trim_scale(sum(cost))::text`;
type Figures = (string | null)[];

/** Sums of the records themselves, by a key. */
async function plainly(key: string, { since, agentId }: Asked): Promise<Map<string, Figures>> {
  const rows = await query<{ key: string; figures: Figures }>(
    server.databaseUrl,
    `select (${key})::text as key, array[${sums}] as figures from usage_records
     where ($1::timestamptz is null or created_at >= $1) and ($2::uuid is null or agent_id = $2) group by 1`,
    [since ?? null, agentId ?? null],
  );
  return new Map(rows.map((row) => [row.key, row.figures]));
}

interface Asked {
  since: Date | undefined;
  agentId: string | undefined;
}

const figuresOf = (row: Record<string, string | null>, prefix: '' | 'total'): Figures =>
  ['InputTokens', 'OutputTokens', 'CacheReadTokens', 'CacheWriteTokens', 'Cost'].map(
    (name) => row[prefix ? `${prefix}${name}` : name[0]!.toLowerCase() + name.slice(1)] ?? null,
  );

const sorted = (map: Map<string, Figures>) => [...map].toSorted(([left], [right]) => left.localeCompare(right));

async function expectTheSame(days: number, agentId: string | undefined): Promise<void> {
  const search = `days=${days}${agentId ? `&agentId=${agentId}` : ''}`;
  const get = async (path: string) => (await admin.request('GET', `/api/usage/${path}`)).body;
  // The window begins when the request is handled: the records at its very edge must not differ meanwhile.
  const since = days === 0 ? undefined : new Date(Date.now() - days * 86_400_000);
  const asked = { since, agentId };
  const [byAgent, byModel, bySource, byUser] = await Promise.all([
    plainly('agent_id', asked),
    plainly('model', asked),
    plainly('source', asked),
    plainly('user_id', asked),
  ]);
  const summary = await get(`summary?${search}`);
  expect(
    sorted(new Map(summary.agents.map((row: Row) => [row['agentId'], figuresOf(row, 'total')]))),
    `agents of ${days} days`,
  ).toEqual(sorted(byAgent));
  for (const source of ['chat', 'system', 'plugin'])
    expect(figuresOf(summary.totals[source], ''), `${source} of ${days} days`).toEqual(
      bySource.get(source) ?? ['0', '0', '0', '0', null],
    );
  const { models } = await get(`by-model?${search}`);
  expect(
    sorted(new Map(models.map((row: Row) => [row['model'], figuresOf(row, 'total')]))),
    `models of ${days} days`,
  ).toEqual(sorted(byModel));
  const { users } = await get(`by-user?${search}`);
  expect(
    sorted(new Map(users.map((row: Row) => [row['userId'], figuresOf(row, 'total')]))),
    `people of ${days} days`,
  ).toEqual(sorted(byUser));
  for (const zone of zones) {
    for (const interval of ['day', 'hour']) {
      const key =
        interval === 'day'
          ? `(created_at at time zone '${zone}')::date`
          : `to_char(date_trunc('hour', created_at, '${zone}') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
      const { data } = await get(`timeseries?${search}&interval=${interval}&tz=${zone}`);
      const filled = data.filter((row: Row) => row['inputTokens'] !== '0');
      expect(
        sorted(new Map(filled.map((row: Row) => [row['date'], figuresOf(row, '')]))),
        `${interval}s of ${days} days in ${zone}`,
      ).toEqual(sorted(await plainly(key, asked)));
    }
  }
}
type Row = Record<string, string | null>;

/** No record lies so near to the edge of a window that the time between two requests moves it across. */
async function clearEdges(): Promise<void> {
  await query(
    server.databaseUrl,
    `delete from usage_records where exists (select from unnest(array[1, 7, 30]) as days
       where created_at between now() - make_interval(days => days) - interval '2 minutes'
         and now() - make_interval(days => days) + interval '2 minutes')`,
  );
}

const keptRows = () =>
  query(
    server.databaseUrl,
    'select 1 from usage_hours union all select 1 from usage_days union all select 1 from usage_model_days',
  );

describe('what is kept adds up to the records', () => {
  test.each([0, 1, 7, 30])('of %d days', async (days) => {
    await clearEdges();
    await expectTheSame(days, undefined);
    await expectTheSame(days, agentIds[0]);
  });

  test('after records were changed and deleted', async () => {
    await query(
      server.databaseUrl,
      `update usage_records set created_at = created_at - interval '5 hours', input_tokens = input_tokens + 1,
         cost = case when id % 2 = 0 then 0.5 end, agent_id = $1 where id % 5 = 0`,
      [agentIds[1]],
    );
    await query(server.databaseUrl, 'delete from usage_records where id % 7 = 0 or agent_id = $1', [agentIds[2]]);
    await clearEdges();
    await expectTheSame(0, undefined);
    await expectTheSame(7, agentIds[1]);
  });

  test('after many wrote at once, and some gave up', async () => {
    const { pool } = server.services.database;
    await Promise.all(
      Array.from({ length: 12 }, async (_, writer) => {
        const client = await pool.connect();
        try {
          for (let round = 0; round < 10; round += 1) {
            await client.query('begin');
            await client.query(
              `insert into usage_records (agent_id, user_id, source, model, input_tokens, output_tokens,
                 cache_read_tokens, cache_write_tokens, cost) values ($1, $2, 'chat', 'openai/gpt-5', $3, 1, 0, 0, 0.1)`,
              [agentIds[round % 2], admin.id, writer + 1],
            );
            await client.query((writer + round) % 3 === 0 ? 'rollback' : 'commit');
          }
        } finally {
          client.release();
        }
      }),
    );
    await clearEdges();
    await expectTheSame(0, undefined);
    await expectTheSame(1, agentIds[0]);
  });

  test('and to nothing once all are gone', async () => {
    await query(server.databaseUrl, 'delete from usage_records');
    expect(await keptRows()).toEqual([]);
    await write(20);
    await query(server.databaseUrl, 'truncate usage_records');
    await expectTheSame(0, undefined);
    expect(await keptRows()).toEqual([]);
  });
});
