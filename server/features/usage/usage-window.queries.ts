import { and, eq, gte, lt, or, type SQL, sql } from 'drizzle-orm';
import { usageRecords } from '../../db/schema/index.ts';
import type { UsageWindow } from './usage-window.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

export const inWindow = ({ since, until, agentId }: UsageWindow): SQL | undefined =>
  and(
    since && gte(usageRecords.createdAt, since),
    until && lt(usageRecords.createdAt, until),
    agentId ? eq(usageRecords.agentId, agentId) : undefined,
  );

export const sumsOf = sql.raw('input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, cost');

/** The same sums, summed: `cost` is null where no record has a price. */
export const summed = sql.raw(
  'sum(input_tokens) as input_tokens, sum(output_tokens) as output_tokens, sum(cache_read_tokens) as cache_read_tokens, ' +
    'sum(cache_write_tokens) as cache_write_tokens, sum(cost) as cost',
);

const rollups = {
  hour: { table: sql.raw('usage_hours'), start: sql.raw('hour'), length: hourMs },
  day: { table: sql.raw('usage_days'), start: sql.raw('day'), length: dayMs },
  'day and model': { table: sql.raw('usage_model_days'), start: sql.raw('day'), length: dayMs },
};

/** The whole hours or days of UTC in a window, as they are kept. */
export function rollupsIn(window: UsageWindow, grain: keyof typeof rollups, columns: SQL): SQL {
  const { table, start, length } = rollups[grain];
  const { first, end } = wholeOf(window, length);
  return sql`select ${columns} from ${table}
    where ${first ? sql`${start} >= ${first.toISOString()}::timestamptz` : sql`true`}
      and ${end ? sql`${start} < ${end.toISOString()}::timestamptz` : sql`true`} and ${ofAgent(window)}`;
}

/** The records of the hours or days in which a window begins and ends, as far as they are in it. */
export function recordsAround(window: UsageWindow, grain: keyof typeof rollups, columns: SQL): SQL {
  const { first, end } = wholeOf(window, rollups[grain].length);
  const before = first && sql`created_at < ${first.toISOString()}::timestamptz`;
  const after = end && sql`created_at >= ${end.toISOString()}::timestamptz`;
  return sql`select ${columns} from usage_records
    where ${before || after ? sql`${inWindow(window)} and (${or(before, after)})` : sql`false`}`;
}

export const ofAgent = ({ agentId }: UsageWindow): SQL => (agentId ? sql`agent_id = ${agentId}` : sql`true`);

/** Where the hours or days begin and end that are in the window as a whole; in a short one there are none. */
function wholeOf({ since, until }: UsageWindow, length: number): { first?: Date | undefined; end?: Date | undefined } {
  const first = since && new Date(Math.ceil(since.getTime() / length) * length);
  const end = until && new Date(Math.floor(until.getTime() / length) * length);
  return { first, end: first && end && end < first ? first : end };
}
