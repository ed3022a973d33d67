import { and, eq, gte, type SQL, sql } from 'drizzle-orm';
import { usageRecords } from '../../db/schema/index.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

export interface UsageWindow {
  /** Undefined: all time. */
  since: Date | undefined;
  agentId: string | undefined;
}

/** A window that reaches back whole days of 24 hours from now; 0 is all time. */
export function usageWindow(
  { days, agentId }: { days: number; agentId?: string | undefined },
  now = new Date(),
): UsageWindow {
  return { since: days === 0 ? undefined : new Date(now.getTime() - days * dayMs), agentId };
}

export const inWindow = ({ since, agentId }: UsageWindow): SQL | undefined =>
  and(since && gte(usageRecords.createdAt, since), agentId ? eq(usageRecords.agentId, agentId) : undefined);

export const sumsOf = sql.raw('input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, cost');

/** The same sums, summed: `cost` is null where no record has a price. */
export const summed = sql.raw(
  'sum(input_tokens) as input_tokens, sum(output_tokens) as output_tokens, sum(cache_read_tokens) as cache_read_tokens, ' +
    'sum(cache_write_tokens) as cache_write_tokens, sum(cost) as cost',
);

const rollups = {
  hour: { table: sql.raw('usage_hours'), start: sql.raw('hour'), length: hourMs },
  day: { table: sql.raw('usage_days'), start: sql.raw('day'), length: dayMs },
};

/** The whole hours or days of UTC in a window, as they are kept. */
export function rollupsIn(window: UsageWindow, grain: keyof typeof rollups, columns: SQL): SQL {
  const { table, start, length } = rollups[grain];
  const first = firstWhole(window, length);
  return sql`select ${columns} from ${table}
    where ${first ? sql`${start} >= ${first}::timestamptz` : sql`true`} and ${ofAgent(window)}`;
}

/** The records of the hour or day in which a window begins, as far as they are in it. */
export function recordsBefore(window: UsageWindow, grain: keyof typeof rollups, columns: SQL): SQL {
  const first = firstWhole(window, rollups[grain].length);
  return sql`select ${columns} from usage_records
    where ${first ? sql`${inWindow(window)} and created_at < ${first}::timestamptz` : sql`false`}`;
}

export const ofAgent = ({ agentId }: UsageWindow): SQL => (agentId ? sql`agent_id = ${agentId}` : sql`true`);

/** When the first hour or day begins that is in the window from its beginning. */
function firstWhole({ since }: UsageWindow, length: number): string | undefined {
  return since && new Date(Math.ceil(since.getTime() / length) * length).toISOString();
}
