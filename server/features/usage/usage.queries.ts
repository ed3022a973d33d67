import { and, asc, eq, gt, gte, type SQL, sql } from 'drizzle-orm';
import type { UsageSource, UsageSummary } from '../../../contract/usage.ts';
import type { Executor } from '../../db/client.ts';
import { agents, usageRecords, users } from '../../db/schema/index.ts';

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
  return { since: days === 0 ? undefined : new Date(now.getTime() - days * 86_400_000), agentId };
}

export const inWindow = ({ since, agentId }: UsageWindow): SQL | undefined =>
  and(since && gte(usageRecords.createdAt, since), agentId ? eq(usageRecords.agentId, agentId) : undefined);

/** Sums as decimal strings; the cost is null where no record has a price. */
const sums = {
  inputTokens: sql<string>`coalesce(sum(${usageRecords.inputTokens}), 0)::text`,
  outputTokens: sql<string>`coalesce(sum(${usageRecords.outputTokens}), 0)::text`,
  cacheReadTokens: sql<string>`coalesce(sum(${usageRecords.cacheReadTokens}), 0)::text`,
  cacheWriteTokens: sql<string>`coalesce(sum(${usageRecords.cacheWriteTokens}), 0)::text`,
  cost: sql<string | null>`trim_scale(sum(${usageRecords.cost}))::text`,
};

type Sums = { [Key in keyof typeof sums]: (typeof sums)[Key] extends SQL<infer Value> ? Value : never };

const totals = (row: Sums) => ({
  totalInputTokens: row.inputTokens,
  totalOutputTokens: row.outputTokens,
  totalCacheReadTokens: row.cacheReadTokens,
  totalCacheWriteTokens: row.cacheWriteTokens,
  totalCost: row.cost,
});

const nothing: Sums = { inputTokens: '0', outputTokens: '0', cacheReadTokens: '0', cacheWriteTokens: '0', cost: null };

interface SummaryRow extends Sums {
  /** Set on the rows of sources, null on those of agents. */
  source: UsageSource | null;
  agentId: string;
  name: string | null;
  deletedAt: string | null;
  [key: string]: unknown;
}

/** Totals per agent, most tokens first, and per source: one pass over the records, which may be a million. */
export async function summarise(executor: Executor, window: UsageWindow): Promise<UsageSummary> {
  const { rows } = await executor.execute<SummaryRow>(sql`
    with spent as (
      select agent_id, source, sum(input_tokens) as input, sum(output_tokens) as output,
        sum(cache_read_tokens) as cache_read, sum(cache_write_tokens) as cache_write, sum(cost) as cost
      from ${usageRecords} where ${inWindow(window) ?? sql`true`} group by agent_id, source
    )
    select spent.source, spent.agent_id as "agentId", agents.name, agents.deleted_at as "deletedAt",
      sum(input)::text as "inputTokens", sum(output)::text as "outputTokens",
      sum(cache_read)::text as "cacheReadTokens", sum(cache_write)::text as "cacheWriteTokens",
      trim_scale(sum(spent.cost))::text as cost
    from spent left join agents on agents.id = spent.agent_id
    group by grouping sets ((spent.source), (spent.agent_id, agents.name, agents.deleted_at))
    order by sum(input + output) desc, spent.agent_id`);
  const agentRows = rows.filter((row) => row.source === null);
  const of = (source: UsageSource): Sums => {
    const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, cost } =
      rows.find((row) => row.source === source) ?? nothing;
    return { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, cost };
  };
  return {
    agents: agentRows.map((row) => ({
      agentId: row.agentId,
      agentName: row.name ?? 'Deleted agent',
      ...totals(row),
      deleted: row.name === null || row.deletedAt !== null,
    })),
    totals: { chat: of('chat'), system: of('system'), plugin: of('plugin') },
  };
}

export async function sumByUser(executor: Executor, window: UsageWindow) {
  const rows = await executor
    .select({ userId: usageRecords.userId, name: users.name, banned: users.banned, ...sums })
    .from(usageRecords)
    .leftJoin(users, eq(users.id, usageRecords.userId))
    .where(inWindow(window))
    .groupBy(usageRecords.userId, users.name, users.banned)
    .orderBy(sql`sum(${usageRecords.inputTokens} + ${usageRecords.outputTokens}) desc`, asc(usageRecords.userId));
  return rows.map((row) => ({
    userId: row.userId,
    userName: row.name ?? 'Deleted user',
    ...totals(row),
    deleted: row.name === null || row.banned === true,
  }));
}

export interface TimeseriesRequest extends UsageWindow {
  interval: 'day' | 'hour';
  /** An IANA time zone that PostgreSQL knows. */
  timeZone: string;
}

/**
 * One row per day or hour of the time zone, gaps filled with zeros, from the window's start (or the first record) to
 * now. A day is named by its date, an hour by the moment at which it begins. Days are counted on the calendar, since
 * some zones have days without a midnight; hours are found by steps of half an hour, the smallest change of a clock.
 */
export async function sumOverTime(executor: Executor, request: TimeseriesRequest) {
  const { interval, timeZone } = request;
  const zone = sql`${timeZone}::text`;
  const created = sql`${usageRecords.createdAt}`;
  const bucket = (moment: SQL) =>
    interval === 'hour' ? sql`date_trunc('hour', ${moment}, ${zone})` : sql`(${moment} at time zone ${zone})::date`;
  // Days and hours begin at a quarter of an hour in every zone of our time, and a million records are summed by
  // quarters in a third of the time that asking for the day of each would take.
  const quarter = sql`date_bin('15 minutes', ${created}, timestamptz 'epoch')`;
  const start = request.since
    ? sql`${request.since.toISOString()}::timestamptz`
    : sql`(select coalesce(min(${created}), now()) from ${usageRecords} where ${inWindow(request) ?? sql`true`})`;
  const slots =
    interval === 'hour'
      ? sql`select distinct ${bucket(sql`step`)} as slot
          from generate_series(${bucket(start)}, now(), interval '30 minutes') as step`
      : sql`select step::date as slot
          from generate_series(${bucket(start)}::timestamp, ${bucket(sql`now()`)}::timestamp, interval '1 day') as step`;
  const rows = await executor.execute<Sums & { date: string; [key: string]: unknown }>(sql`
    with quarters as (
      select ${quarter} as quarter,
        sum(${usageRecords.inputTokens}) as input, sum(${usageRecords.outputTokens}) as output,
        sum(${usageRecords.cacheReadTokens}) as cache_read, sum(${usageRecords.cacheWriteTokens}) as cache_write,
        sum(${usageRecords.cost}) as cost
      from ${usageRecords} where ${inWindow(request) ?? sql`true`} group by 1
    ), spent as (
      select ${bucket(sql`quarter`)} as bucket, sum(input) as input, sum(output) as output,
        sum(cache_read) as cache_read, sum(cache_write) as cache_write, sum(cost) as cost
      from quarters group by 1
    ), slots as (${slots})
    select
      ${
        interval === 'day'
          ? sql`to_char(slot, 'YYYY-MM-DD')`
          : sql`to_char(slot at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
      } as date,
      coalesce(input, 0)::text as "inputTokens", coalesce(output, 0)::text as "outputTokens",
      coalesce(cache_read, 0)::text as "cacheReadTokens", coalesce(cache_write, 0)::text as "cacheWriteTokens",
      trim_scale(cost)::text as cost
    from slots left join spent on spent.bucket = slot
    order by slot`);
  return rows.rows;
}

export async function isKnownTimeZone(executor: Executor, name: string): Promise<boolean> {
  // PostgreSQL refuses the question.
  if (name.includes('\0')) return false;
  const found = await executor.execute(sql`select 1 from pg_timezone_names where name = ${name}`);
  return found.rows.length > 0;
}

export interface UsageExportRow {
  id: number;
  createdAt: Date;
  agentId: string;
  agentName: string | null;
  userId: string;
  userName: string | null;
  source: string;
  model: string;
  inputTokens: number;
  outputTokens: number;
  cacheReadTokens: number;
  cacheWriteTokens: number;
  cost: string | null;
}

/** Records in batches by ascending id, so that an export needs the memory of one batch. */
export async function* readRecords(executor: Executor, window: UsageWindow): AsyncGenerator<UsageExportRow[]> {
  for (let after = 0; ;) {
    const batch = await executor
      .select({
        id: usageRecords.id,
        createdAt: usageRecords.createdAt,
        agentId: usageRecords.agentId,
        agentName: agents.name,
        userId: usageRecords.userId,
        userName: users.name,
        source: usageRecords.source,
        model: usageRecords.model,
        inputTokens: usageRecords.inputTokens,
        outputTokens: usageRecords.outputTokens,
        cacheReadTokens: usageRecords.cacheReadTokens,
        cacheWriteTokens: usageRecords.cacheWriteTokens,
        cost: usageRecords.cost,
      })
      .from(usageRecords)
      .leftJoin(agents, eq(agents.id, usageRecords.agentId))
      .leftJoin(users, eq(users.id, usageRecords.userId))
      .where(and(gt(usageRecords.id, after), inWindow(window)))
      .orderBy(asc(usageRecords.id))
      .limit(2_000);
    const last = batch.at(-1);
    if (!last) return;
    yield batch;
    after = last.id;
  }
}
