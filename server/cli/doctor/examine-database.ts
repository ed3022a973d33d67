import type { Client } from 'pg';
import { currentSchemaVersion, findSchemaVersion } from '../../db/schema-version.ts';
import { indexBytes } from '../../knowledge/index/index-bytes.ts';
import { type Finding, formatBytes, notice, well, wrong } from './finding.ts';

const about = 'Database';

interface DatabaseFacts {
  version: string;
  bytes: string;
  index_bytes: string;
  encoding: string;
  fsync: string;
  full_page_writes: string;
  synchronous_commit: string;
  is_replica: boolean;
  connections: number;
  max_connections: number;
  longest_transaction_seconds: number | null;
}

/** Its version, size and connections, and the settings on which acknowledged writes depend. */
export async function examineDatabase(client: Client, embedded: boolean): Promise<Finding[]> {
  const { rows } = await client.query<DatabaseFacts>(`
    select current_setting('server_version') as version, pg_database_size(current_database())::text as bytes,
      ${indexBytes}::text as index_bytes,
      current_setting('server_encoding') as encoding, current_setting('fsync') as fsync,
      current_setting('full_page_writes') as full_page_writes,
      current_setting('synchronous_commit') as synchronous_commit, pg_is_in_recovery() as is_replica,
      (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as connections,
      current_setting('max_connections')::int as max_connections,
      (select extract(epoch from max(now() - xact_start))::int from pg_stat_activity
        where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid())
        as longest_transaction_seconds`);
  const facts = rows[0]!;
  const kind = embedded ? 'embedded' : 'of its own (DATABASE_URL)';
  const says = `PostgreSQL ${facts.version}, ${kind}, ${formatBytes(Number(facts.bytes))} (index of documents: ${formatBytes(Number(facts.index_bytes))}), ${facts.connections} of ${facts.max_connections} connections.`;
  const problems = [...findSettingProblems(facts), ...(await findSchemaProblem(client))];
  return problems.length > 0 ? problems : [well(about, says)];
}

function findSettingProblems(facts: DatabaseFacts): Finding[] {
  const problems: Finding[] = [];
  for (const name of ['fsync', 'full_page_writes', 'synchronous_commit'] as const) {
    if (facts[name] !== 'off') continue;
    problems.push(wrong(about, `${name} is off: a power cut may lose what was acknowledged.`, `Set ${name} to on.`));
  }
  if (facts.encoding !== 'UTF8')
    problems.push(wrong(about, `Its encoding is ${facts.encoding}.`, 'Create the database with the encoding UTF8.'));
  if (facts.is_replica)
    problems.push(wrong(about, 'It is a read-only copy.', 'Let DATABASE_URL name the server that may write.'));
  if (facts.connections > facts.max_connections * 0.9) {
    const says = `${facts.connections} of ${facts.max_connections} connections are taken.`;
    problems.push(wrong(about, says, 'Raise max_connections (20 for each Pinchy process), or stop what holds them.'));
  }
  if ((facts.longest_transaction_seconds ?? 0) > 600) {
    const minutes = Math.round((facts.longest_transaction_seconds ?? 0) / 60);
    const next = 'Look for it in pg_stat_activity, and end it with pg_terminate_backend.';
    problems.push(notice(about, `A transaction has been open for ${minutes} minutes.`, next));
  }
  return problems;
}

async function findSchemaProblem(client: Client): Promise<Finding[]> {
  const version = await findSchemaVersion(client);
  const current = currentSchemaVersion();
  if (version === undefined) return [wrong(about, 'It holds no Pinchy yet.', 'Start Pinchy once.')];
  if (version < current)
    return [notice(about, 'It is of an older Pinchy.', 'Start this version; it brings the database up to date.')];
  if (version > current)
    return [wrong(about, 'It is of a newer Pinchy.', 'Use that version, or restore an older backup.')];
  return [];
}
