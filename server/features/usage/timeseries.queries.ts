import { type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../../db/client.ts';
import { inWindow, ofAgent, recordsAround, rollupsIn, summed, sumsOf } from './usage-window.queries.ts';
import type { UsageWindow } from './usage-window.ts';

export interface TimeseriesRequest extends UsageWindow {
  interval: 'day' | 'hour';
  /** An IANA time zone that PostgreSQL knows. */
  timeZone: string;
}

interface TimeseriesRow {
  date: string;
  inputTokens: string;
  outputTokens: string;
  cacheReadTokens: string;
  cacheWriteTokens: string;
  cost: string | null;
  [key: string]: unknown;
}

/**
 * One row per day or hour of the time zone, gaps filled with zeros, from the window's start (or the first record) to
 * its end. A day is named by its date, an hour by the moment at which it begins. Days are counted on the calendar, since
 * some zones have days without a midnight; hours are found by steps of half an hour, the smallest change of a clock.
 *
 * Most of it is known by the hour of UTC. Where such an hour is parted, because the zone's clock shows half past or a quarter
 * when UTC's shows the hour, its records are summed.
 */
export async function sumOverTime(executor: Executor, request: TimeseriesRequest): Promise<TimeseriesRow[]> {
  const { interval, timeZone } = request;
  const zone = sql`${timeZone}::text`;
  const bucket = (moment: SQL) =>
    interval === 'hour' ? sql`date_trunc('hour', ${moment}, ${zone})` : sql`((${moment}) at time zone ${zone})::date`;
  // Days and hours begin at a quarter of an hour in every zone of our time, and many records are summed by quarters in
  // a third of the time that asking for the day of each would take.
  const quarter = sql`date_bin('15 minutes', created_at, timestamptz 'epoch')`;
  const start = request.since
    ? sql`${request.since.toISOString()}::timestamptz`
    : sql`(select coalesce(min(created_at), now()) from usage_records where ${inWindow(request) ?? sql`true`})`;
  // Nothing is said of what is still to come.
  const end = request.until
    ? sql`least(now(), ${new Date(request.until.getTime() - 1).toISOString()}::timestamptz)`
    : sql`now()`;
  const slots =
    interval === 'hour'
      ? sql`select distinct ${bucket(sql`step`)} as slot
          from generate_series(${bucket(start)}, ${end}, interval '30 minutes') as step`
      : sql`select step::date as slot
          from generate_series(${bucket(start)}::timestamp, ${bucket(end)}::timestamp, interval '1 day') as step`;
  const { rows } = await executor.execute<TimeseriesRow>(sql`
    with hours as (
      select hour, ${bucket(sql`hour`)} as bucket, ${bucket(sql`hour + interval '59 minutes 59.999 seconds'`)} as last,
        ${sumsOf}
      from (select hour, ${summed} from (${rollupsIn(request, 'hour', sql`hour, ${sumsOf}`)}) as kept group by hour) as kept
    ), quarters as (
      select quarter, ${summed}
      from (${recordsAround(request, 'hour', sql`${quarter} as quarter, ${sumsOf}`)}) as first group by quarter
      union all
      select parts.* from (select hour from hours where bucket <> last) as parted, lateral (
        select ${quarter} as quarter, ${summed} from usage_records
        where created_at >= parted.hour and created_at < parted.hour + interval '1 hour' and ${ofAgent(request)}
        group by 1
      ) as parts
    ), spent as (
      select bucket, ${summed} from (
        select bucket, ${sumsOf} from hours where bucket = last
        union all
        select ${bucket(sql`quarter`)}, ${sumsOf} from quarters
      ) as known group by bucket
    ), slots as (${slots})
    select
      ${
        interval === 'day'
          ? sql`to_char(slot, 'YYYY-MM-DD')`
          : sql`to_char(slot at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
      } as date,
      coalesce(input_tokens, 0)::text as "inputTokens", coalesce(output_tokens, 0)::text as "outputTokens",
      coalesce(cache_read_tokens, 0)::text as "cacheReadTokens", coalesce(cache_write_tokens, 0)::text as "cacheWriteTokens",
      trim_scale(cost)::text as cost
    from slots left join spent on spent.bucket = slot
    order by slot`);
  return rows;
}

export async function isKnownTimeZone(executor: Executor, name: string): Promise<boolean> {
  // PostgreSQL refuses the question.
  if (name.includes('\0')) return false;
  const found = await executor.execute(sql`select 1 from pg_timezone_names where name = ${name}`);
  return found.rows.length > 0;
}
