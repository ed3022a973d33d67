import { and, desc, eq, sql } from 'drizzle-orm';
import { failureCodes, type Overview } from '../../../contract/overview.ts';
import type { Executor } from '../../db/client.ts';
import { auditEntries } from '../../db/schema/index.ts';

const maxAgents = 100;

const isoOf = (column: string) => sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

type State = Pick<Overview, 'unreadableDocuments' | 'fallbacks'> & {
  waiting: number;
  oldestAt: string | null;
  hasAgent: boolean;
  hasDocument: boolean;
  hasPeople: boolean;
  hasQuestion: boolean;
};

/** Counts and whether there is any at all, each from an index: one question of the database. */
export async function findState(db: Executor): Promise<State> {
  const { rows } = await db.execute<State & Record<string, unknown>>(sql`
    select
      (select count(*)::int from approvals where state = 'pending' and expires_at > now()) as "waiting",
      (select ${isoOf('min(created_at)')} from approvals where state = 'pending' and expires_at > now()) as "oldestAt",
      (select count(*)::int from knowledge_documents where state <> 'indexed' and state = 'unreadable')
        as "unreadableDocuments",
      (select count(*)::int from audit_entries where outcome = 'failure' and timestamp > now() - interval '24 hours'
        and event_type = 'run.fell_back') as "fallbacks",
      exists (select from agents where not is_personal and deleted_at is null) as "hasAgent",
      exists (select from knowledge_documents) as "hasDocument",
      exists (select from users offset 1) or exists (select from invites where type = 'invite' and expires_at > now())
        as "hasPeople",
      exists (select from usage_records where source = 'chat') as "hasQuestion"`);
  return rows[0] as State;
}

/** Connections of which the newest synchronisation failed, and bots that do not work. */
export async function findFailedConnections(db: Executor): Promise<Overview['connections']> {
  const { rows } = await db.execute<Overview['connections'][number] & Record<string, unknown>>(sql`
    select 'integration' as kind, connection.id::text as id, connection.name, coalesce(why.value::json #>> '{}', '') as reason
    from connections connection cross join lateral (
      select id, outcome from audit_entries
      where event_type = 'integration.synced' and resource = 'integration:' || connection.id
      order by timestamp desc, id desc limit 1
    ) newest
    left join audit_personal_values why on why.entry_id = newest.id and why.pointer = '/error'
    where newest.outcome = 'failure'
    union all
    select 'telegram', id::text, '@' || username, coalesce(reason, '') from telegram_bots where state = 'degraded'
    order by kind, name`);
  return rows.map(({ kind, id, name, reason }) => ({ kind, id, name, reason }));
}

type AgentLists = Pick<Overview, 'agentsWithoutModel' | 'agentsWithoutOwner' | 'reviewsDue' | 'stoppedAgents'>;

/** Of agents that something is to be done about, at most as many as a person would read. */
export async function findAgentsToMend(db: Executor): Promise<AgentLists> {
  const { rows } = await db.execute<{
    id: string;
    name: string;
    unmodelled: boolean;
    unowned: boolean;
    due: boolean;
    stopped: boolean;
  }>(sql`
    select id, name, unmodelled, unowned, due, stopped from (
      select agent.id::text as id, agent.name, not is_personal and model is null as unmodelled,
        not is_personal and (person.id is null or person.banned) as unowned,
        not is_personal and review_at <= (now() at time zone 'UTC')::date as due, stopped
      from agents agent left join users person on person.id = agent.responsible_user_id
      where agent.deleted_at is null
    ) found
    where unmodelled or unowned or due or stopped order by name, id limit ${maxAgents}`);
  const those = (is: (row: (typeof rows)[number]) => boolean) => rows.filter(is).map(({ id, name }) => ({ id, name }));
  return {
    agentsWithoutModel: those((row) => row.unmodelled),
    agentsWithoutOwner: those((row) => row.unowned),
    reviewsDue: those((row) => row.due),
    stoppedAgents: those((row) => row.stopped),
  };
}

/** Of the last 24 hours, from the index of failures. */
export async function findFailures(db: Executor): Promise<Overview['failures']> {
  const { rows } = await db.execute<Overview['failures'][number] & Record<string, unknown>>(sql`
    select detail ->> 'code' as code, count(*)::int as count, ${isoOf('max(timestamp)')} as "lastAt"
    from audit_entries
    where outcome = 'failure' and timestamp > now() - interval '24 hours' and event_type = 'run.failed'
      and detail ->> 'code' = any(${sql.param([...failureCodes])}::text[])
    group by 1 order by 2 desc`);
  return rows.map(({ code, count, lastAt }) => ({ code, count, lastAt }));
}

/** Seven days in UTC, those without anything too. */
export async function findActivity(db: Executor): Promise<Overview['activity']> {
  const { rows } = await db.execute<Overview['activity'][number] & Record<string, unknown>>(sql`
    with days as (
      select generate_series(today - 6, today, interval '1 day')::date as day
      from (select (now() at time zone 'UTC')::date as today)
    ), asked as (
      select (created_at at time zone 'UTC')::date as day, count(distinct run_id)::int as questions,
        count(distinct user_id)::int as people, count(distinct agent_id)::int as agents
      from usage_records
      where source = 'chat' and created_at >= (now() at time zone 'UTC')::date::timestamp at time zone 'UTC' - interval '6 days'
      group by 1
    ), failed as (
      select (timestamp at time zone 'UTC')::date as day, count(*)::int as failed
      from audit_entries
      where outcome = 'failure' and event_type in ('run.failed', 'run.interrupted')
        and timestamp >= (now() at time zone 'UTC')::date::timestamp at time zone 'UTC' - interval '6 days'
      group by 1
    )
    select to_char(days.day, 'YYYY-MM-DD') as date, coalesce(questions, 0) as questions, coalesce(people, 0) as people,
      coalesce(agents, 0) as agents, coalesce(failed, 0) as failed
    from days left join asked on asked.day = days.day left join failed on failed.day = days.day
    order by days.day`);
  return rows.map(({ date, questions, people, agents, failed }) => ({ date, questions, people, agents, failed }));
}

/** When `pinchy backup` last succeeded: it says so in the audit trail. Other ways to back up are not known here. */
export async function findLastBackup(db: Executor): Promise<Date | undefined> {
  const [row] = await db
    .select({ timestamp: auditEntries.timestamp })
    .from(auditEntries)
    .where(and(eq(auditEntries.eventType, 'backup.created'), eq(auditEntries.outcome, 'success')))
    .orderBy(desc(auditEntries.timestamp), desc(auditEntries.id))
    .limit(1);
  return row?.timestamp;
}
