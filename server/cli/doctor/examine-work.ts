import type { Client } from 'pg';
import { deadAfterMs } from '../../db/replica-silence.ts';
import { type Finding, formatAge, notice, well, wrong } from './finding.ts';
import { counted } from '../../platform/counted.ts';

const lateMs = 60 * 60_000;

interface Waiting {
  runs: number;
  approvals: number;
  telegram: number;
  unsealed: number;
  oldest_run_ms: number | null;
  replicas: number;
}

/** What waits to be done, and what ought to have been. */
export async function examineWork(client: Client, isAnswering: boolean): Promise<Finding[]> {
  const { rows } = await client.query<Waiting>(`
    select (select count(*)::int from runs where state = 'running') as runs,
      (select extract(epoch from max(now() - started_at))::float8 * 1000 from runs where state = 'running')
        as oldest_run_ms,
      (select count(*)::int from approvals where state = 'pending') as approvals,
      (select count(*)::int from telegram_updates where handled_at is null) as telegram,
      (select count(*)::int from replicas where seen_at > now() - ${deadAfterMs} * interval '1 millisecond') as replicas,
      (select count(*)::int from audit_entries where id > coalesce((select max(last_id) from audit_checkpoints), 0))
        as unsealed`);
  const waiting = rows[0]!;
  const runs = counted(waiting.runs, 'answer', 'answers');
  const approvals = counted(waiting.approvals, 'approval', 'approvals');
  const telegram = counted(waiting.telegram, 'message of Telegram', 'messages of Telegram');
  const unsealed = counted(waiting.unsealed, 'unsealed audit entry', 'unsealed audit entries');
  const says = `Not done yet: ${runs}, ${approvals}, ${telegram}, ${unsealed}.`;
  return [
    ...describeReplicas(waiting, isAnswering),
    waiting.runs > 0 && waiting.replicas === 0
      ? notice('Queues', says, 'No server runs: the next start marks these answers as interrupted.')
      : well('Queues', says),
    await examineJobs(client),
  ];
}

function describeReplicas({ replicas }: Waiting, isAnswering: boolean): Finding[] {
  if (replicas > 1) return [well('Processes', `${replicas} server processes work on this database.`)];
  if (replicas === 0 || isAnswering) return [];
  const next = 'Give this command the PORT and HOST of the server, so that it can ask it too.';
  return [notice('Processes', 'A server works on this database, and none answers at this port.', next)];
}

async function examineJobs(client: Client): Promise<Finding> {
  const about = 'Background jobs';
  const { rows: tables } = await client.query<{ found: boolean }>(
    "select to_regclass('jobs.job') is not null as found",
  );
  if (!tables[0]?.found) return well(about, 'None yet: they begin with the first start.');
  const { rows } = await client.query<{ waiting: number; failed: string[]; late_ms: number | null }>(`
    select count(*) filter (where state in ('created', 'retry'))::int as waiting,
      coalesce(array_agg(distinct name) filter (where state = 'failed' and completed_on > now() - interval '1 day'), '{}')
        as failed,
      max(extract(epoch from now() - start_after) * 1000) filter (where state in ('created', 'retry'))::float8 as late_ms
    from jobs.job`);
  const { waiting, failed, late_ms: late } = rows[0]!;
  if (failed.length > 0)
    return wrong(about, `Failed within a day: ${failed.join(', ')}.`, 'The log of the server says why.');
  if ((late ?? 0) > lateMs) {
    const next = 'Start a server with BACKGROUND_JOBS=1, which does them.';
    return notice(about, `Waiting: ${waiting}, the oldest for ${formatAge(late ?? 0)}.`, next);
  }
  return well(about, `Waiting: ${waiting}.`);
}
