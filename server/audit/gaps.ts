import { sql } from 'drizzle-orm';
import type { AuditGap } from '../../contract/audit.ts';
import type { Database } from '../db/client.ts';

/**
 * The numbers just below these entries that no entry has. PostgreSQL gives a number out once, also to a change that is then
 * not made. A checkpoint says which numbers it sealed, and that none up to a certain one can turn up any more; so it tells a
 * number that was never used from an entry that is gone.
 */
export async function findGaps(db: Database, ids: readonly string[]): Promise<AuditGap[]> {
  if (ids.length === 0) return [];
  const { rows } = await db.execute<{ first_id: string; last_id: string; missing: boolean; settled: boolean }>(sql`
    select first_id, last_id,
      exists (
        select from audit_checkpoints
        where last_id >= gaps.first_id and first_id <= gaps.last_id
          and ids && int8multirange(int8range(gaps.first_id, gaps.last_id, '[]'))
      ) as missing,
      coalesce((select max(through_id) from audit_checkpoints) >= gaps.last_id, false) as settled
    from (
      select coalesce((select max(before.id) from audit_entries before where before.id < entry.id), 0) + 1 as first_id,
        entry.id - 1 as last_id
      from unnest(${sql.param(ids)}::bigint[]) as entry (id)
    ) as gaps
    where first_id <= last_id
    order by last_id desc`);
  return rows.map((row) => ({
    firstId: Number(row.first_id),
    lastId: Number(row.last_id),
    state: row.missing ? 'missing' : row.settled ? 'unused' : 'open',
  }));
}
