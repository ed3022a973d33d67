import { sql, type SQL } from 'drizzle-orm';
import type { Database, Transaction } from '../db/client.ts';
import type { IdRange } from './checkpoint.ts';
import { asMultirange } from './sealed-ids.ts';

/** Beyond what a JavaScript number can tell apart, and far beyond what the sequence will ever reach. */
export const maxId = Number.MAX_SAFE_INTEGER - 1;

/** Sealing takes seconds: what has waited this long waits for a reason. */
export const maxWaitMs = 60_000;

export interface UnsealedEntry {
  id: number;
  rowHmac: Buffer;
  /** Transactions before this one were over when the entries were read. */
  oldestOpen: string;
  /** The reader's own, which began after the entries were read. */
  sealingTransaction: string;
  /** Which database cluster counts these transactions. */
  epoch: string;
}

/**
 * Committed entries above the floor that are not among the sealed, by id. Looks into the gaps between those, so that the
 * time does not depend on the length of the trail. Nothing may have given the transaction an id before.
 */
export async function findUnsealed(
  tx: Transaction,
  { floor, sealed, limit }: { floor: number; sealed: IdRange[]; limit: number },
): Promise<UnsealedEntry[]> {
  const { rows } = await tx.execute<{
    id: string;
    row_hmac: Buffer;
    oldest_open: string;
    own: string;
    epoch: string;
  }>(sql`
    select id, row_hmac, pg_snapshot_xmin(pg_current_snapshot())::text as oldest_open,
      pg_current_xact_id()::text as own, (select system_identifier from pg_control_system())::text as epoch
    from ${uncovered(floor, sealed)}, lateral (
      select id, row_hmac from audit_entries where id >= lower(gap) and id < upper(gap) order by id limit ${limit}
    ) as entry order by id limit ${limit}`);
  return rows.map((row) => ({
    id: Number(row.id),
    rowHmac: row.row_hmac,
    oldestOpen: row.oldest_open,
    sealingTransaction: row.own,
    epoch: row.epoch,
  }));
}

/** How many entries above the floor have waited too long for their checkpoint, and since when. */
export async function findWaiting(
  db: Database,
  { floor, sealed, now = Date.now() }: { floor: number; sealed: IdRange[]; now?: number },
): Promise<{ count: number; since: string | null }> {
  const before = new Date(now - maxWaitMs).toISOString();
  const { rows } = await db.execute<{ count: string; since: string | null }>(sql`
    select count(*), min(timestamp) filter (where isfinite(timestamp)) as since
    from ${uncovered(floor, sealed)}, lateral (
      select timestamp from audit_entries
      where id >= lower(gap) and id < upper(gap) and timestamp < ${before}::timestamptz offset 0
    ) as entry`);
  const { count = '0', since = null } = rows[0] ?? {};
  return { count: Number(count), since: since === null ? null : new Date(since).toISOString() };
}

/** Ids above the floor that are not sealed, as ranges called `gap`. */
const uncovered = (floor: number, sealed: IdRange[]): SQL => sql`(
  select unnest(int8multirange(int8range(${floor}::bigint + 1, ${maxId}::bigint + 1)) - ${asMultirange(sealed)}) as gap
) as uncovered`;
