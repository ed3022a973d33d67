import { sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/client.ts';
import { indexBytes } from '../../knowledge/index/index-bytes.ts';

export interface DirectoryCounts extends Record<string, unknown> {
  /** The name below `/data`. */
  name: string;
  documents: number;
  passages: number;
  pending: number;
  unreadable: number;
  indexed_at: string | null;
}

/** Of each directory directly below `/data` with all that lies in it. */
export async function countDirectories(executor: Executor): Promise<DirectoryCounts[]> {
  const { rows } = await executor.execute<DirectoryCounts>(sql`
    select split_part(directory.path, '/', 3) as name,
      count(*) filter (where document.block_id is not null)::int as documents,
      coalesce(sum(document.passages), 0)::int as passages,
      count(*) filter (where document.state = 'pending')::int as pending,
      count(*) filter (where document.state = 'unreadable')::int as unreadable,
      to_char(min(directory.indexed_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as indexed_at
    from knowledge_directories directory left join knowledge_documents document on document.directory_id = directory.id
    group by 1`);
  return rows;
}

/** Bytes that the index takes in the database, with vectors where there are some. */
export async function measureIndex(executor: Executor): Promise<number> {
  const { rows } = await executor.execute<{ bytes: string }>(sql`select ${sql.raw(indexBytes)} as bytes`);
  return Number(rows[0]?.bytes ?? 0);
}

export interface UnreadableRow extends Record<string, unknown> {
  path: string;
  reason: string;
  code: string;
}

/** At or below a path, if one is given. */
export async function findUnreadable(
  executor: Executor,
  { path, limit, offset }: { path: string | undefined; limit: number; offset: number },
): Promise<{ documents: UnreadableRow[]; total: number }> {
  const { rows } = await executor.execute<UnreadableRow & { total: number }>(sql`
    with unreadable as (
      select directory.path || '/' || document.name as path, coalesce(reason, '') as reason, coalesce(code, '') as code
      from knowledge_documents document join knowledge_directories directory on directory.id = document.directory_id
      where document.state = 'unreadable'
    ), chosen as (
      select * from unreadable where ${path ?? null}::text is null or path = ${path ?? null}
        or starts_with(path, ${path ?? null} || '/')
    )
    select path, reason, code, (select count(*)::int from chosen) as total from chosen order by path collate "C"
    limit ${limit} offset ${offset}`);
  const documents = rows.map(({ path: at, reason, code }) => ({ path: at, reason, code }));
  if (rows[0] || offset === 0) return { documents, total: rows[0]?.total ?? 0 };
  return { documents: [], total: (await findUnreadable(executor, { path, limit: 1, offset: 0 })).total };
}

/** What was read of the documents stands until they are read again. */
export async function markAllPending(tx: Transaction, path: string | null): Promise<void> {
  await tx.execute(sql`
    update knowledge_documents set state = 'pending', digest = null, attempts = 0
    where directory_id in (select id from knowledge_directories
      where ${path}::text is null or path = ${path} or starts_with(path, ${path} || '/'))`);
}
