import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createAdmin, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { query } from '../test-database.ts';

let server: TestApp;
let admin: TestUser;
beforeAll(async () => {
  server = await createTestApp();
  admin = await createAdmin(server.app);
});
beforeEach(() => query(server.databaseUrl, 'truncate usage_records'));
afterAll(() => server.close());

const agentId = crypto.randomUUID();

async function record(at: string, input: number, cost: string | null = null): Promise<void> {
  await server.services.database.pool.query(
    `insert into usage_records (created_at, agent_id, user_id, source, model,
       input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, cost)
     values ($1, $2, $3, 'chat', 'openai/gpt-5', $4, 0, 0, 0, $5)`,
    [at, agentId, admin.id, input, cost],
  );
}

interface Point {
  date: string;
  inputTokens: string;
  cost: string | null;
}

async function series(search: Record<string, string>): Promise<Point[]> {
  const answer = await admin.request('GET', `/api/usage/timeseries?${new URLSearchParams(search)}`);
  expect(answer.status).toBe(200);
  return answer.body.data;
}

const filled = (data: Point[]) =>
  Object.fromEntries(data.filter((point) => point.inputTokens !== '0').map((point) => [point.date, point.inputTokens]));
const sum = (data: Point[]) => data.reduce((total, point) => total + Number(point.inputTokens), 0);
const dayBefore = (date: string) => new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10);

function expectConsecutiveDays(data: Point[]): void {
  for (const [index, { date }] of data.entries()) if (index > 0) expect(data[index - 1]?.date).toBe(dayBefore(date));
}

describe('by day', () => {
  test('gaps are zeros, costs without a price are null', async () => {
    const today = new Date().toISOString().slice(0, 10);
    await record(new Date().toISOString(), 5, '0.25');
    await record(new Date(Date.now() - 3 * 86_400_000).toISOString(), 7);
    const data = await series({ days: '5' });
    expect(data.at(-1)).toMatchObject({ date: today, inputTokens: '5', cost: '0.25' });
    expect(data.at(-4)).toMatchObject({ inputTokens: '7', cost: null });
    expect(data.at(-2)).toMatchObject({ inputTokens: '0', outputTokens: '0', cost: null });
    expect(data).toHaveLength(6);
    expectConsecutiveDays(data);
  });

  test('nothing at all is one empty day of all time, and the whole window otherwise', async () => {
    expect(await series({ days: '0' })).toHaveLength(1);
    expect(await series({ days: '30' })).toHaveLength(31);
  });

  test('a record belongs to the day of the time zone', async () => {
    await record('2026-01-31T23:30:00Z', 1);
    expect(filled(await series({ days: '0' }))).toEqual({ '2026-01-31': '1' });
    expect(filled(await series({ days: '0', tz: 'Europe/Vienna' }))).toEqual({ '2026-02-01': '1' });
    expect(filled(await series({ days: '0', tz: 'America/Los_Angeles' }))).toEqual({ '2026-01-31': '1' });
    expect(filled(await series({ days: '0', tz: 'Pacific/Kiritimati' }))).toEqual({ '2026-02-01': '1' });
  });

  test.each([
    ['Europe/Vienna', '2026-03-29'],
    ['Europe/Vienna', '2026-10-25'],
    ['America/New_York', '2026-11-01'],
    // Its clocks go forward at midnight: that day begins at one o'clock.
    ['Africa/Cairo', '2026-04-24'],
    ['Australia/Lord_Howe', '2026-04-05'],
  ])('the clock change of %s on %s loses and doubles nothing', async (tz, changeDay) => {
    const middle = Date.parse(`${changeDay}T00:00:00Z`);
    const hours = 120;
    for (let hour = -hours / 2; hour < hours / 2; hour++)
      await record(new Date(middle + hour * 3_600_000 + 60_000).toISOString(), 1);
    for (const interval of ['day', 'hour']) {
      const data = await series({ days: '0', tz, interval });
      expect(sum(data), interval).toBe(hours);
      expect(new Set(data.map(({ date }) => date)).size, interval).toBe(data.length);
      if (interval === 'day') expectConsecutiveDays(data);
    }
    const lengths = Object.values(filled(await series({ days: '0', tz }))).slice(1, -1);
    expect(lengths.every((length) => ['23', '24', '25'].includes(length))).toBe(true);
  });

  test('daily sums are the summary’s total, whatever zone and window', async () => {
    for (let index = 0; index < 60; index++)
      await record(new Date(Date.now() - index * 11 * 3_600_000).toISOString(), 2 ** (index % 20));
    for (const days of ['0', '1', '7', '30']) {
      const { totals } = (await admin.request('GET', `/api/usage/summary?days=${days}`)).body;
      for (const tz of ['UTC', 'Asia/Kolkata', 'America/St_Johns'])
        for (const interval of ['day', 'hour'])
          expect(sum(await series({ days, tz, interval })), `${days} ${tz} ${interval}`).toBe(
            Number(totals.chat.inputTokens),
          );
    }
  });
});

describe('by hour', () => {
  test('each hour is named by the moment at which it begins, on the clock of the zone', async () => {
    await record('2026-11-20T10:10:00Z', 1);
    await record('2026-11-20T10:40:00Z', 2);
    expect(filled(await series({ days: '0', interval: 'hour' }))).toEqual({ '2026-11-20T10:00:00.000Z': '3' });
    expect(filled(await series({ days: '0', interval: 'hour', tz: 'Asia/Kolkata' }))).toEqual({
      '2026-11-20T09:30:00.000Z': '1',
      '2026-11-20T10:30:00.000Z': '2',
    });
  });

  test('the hour that a clock change repeats stays two', async () => {
    await record('2026-10-25T00:30:00Z', 1);
    await record('2026-10-25T01:30:00Z', 2);
    expect(filled(await series({ days: '0', interval: 'hour', tz: 'Europe/Vienna' }))).toEqual({
      '2026-10-25T00:00:00.000Z': '1',
      '2026-10-25T01:00:00.000Z': '2',
    });
  });
});

test('only the agent that was asked for', async () => {
  await record(new Date().toISOString(), 5);
  expect(sum(await series({ agentId }))).toBe(5);
  expect(sum(await series({ agentId: crypto.randomUUID() }))).toBe(0);
});
