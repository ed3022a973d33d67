import { sql } from 'drizzle-orm';
import type { Executor } from '../db/client.ts';
import { isWithin, type ReadSealedIds } from './sealed-ids.ts';

/** An entry that this process wrote. */
export interface NotedEntry {
  id: number;
  transactionId: string;
  rowHmac: Buffer;
}

export interface Settled {
  /** Committed, and not there any more: another entry may have the id. */
  lost: number[];
  /** The least id that waits although sealing passed it: its sequence was set back. */
  passed: number | undefined;
}

/** What this process wrote and no checkpoint proves yet. */
export interface NotedEntries {
  note(entry: NotedEntry): void;
  /** Whether anything was noted that is not settled yet. */
  readonly areAny: boolean;
  /**
   * Called after sealing, while the trail leads to its anchor: another that stands in its place for a while proves nothing.
   * Forgets what is sealed, what was rolled back, and what is found lost.
   */
  settle(db: Executor, floor: number): Promise<Settled>;
}

/** Sealing takes seconds; where it is held back this many are remembered, the newest. */
const maxNoted = 100_000;
const nothing: Settled = { lost: [], passed: undefined };

/**
 * Between its commit and its checkpoint an entry is known to nobody but the process that wrote it. Were it deleted then, or
 * by a trigger as it was written, nothing in the database would tell.
 */
export function createNotedEntries(readSealedIds: ReadSealedIds): NotedEntries {
  let noted: NotedEntry[] = [];

  return {
    note(entry) {
      noted.push(entry);
      if (noted.length > 2 * maxNoted) noted = noted.slice(-maxNoted);
    },
    get areAny() {
      return noted.length > 0;
    },
    async settle(db, floor) {
      const before = noted;
      if (before.length === 0) return nothing;
      const least = before.reduce((id, entry) => Math.min(id, entry.id), floor + 1);
      const { ranges } = await readSealedIds(db, least - 1);
      const known = new Set(before);
      const { kept: there, lost } = await tellApart(db, before);
      const kept = there.filter(({ id }) => !isWithin(ranges, id));
      noted = [...kept, ...noted.filter((entry) => !known.has(entry))];
      const passed = kept.filter(({ id }) => id <= floor).map(({ id }) => id);
      return { lost, passed: passed.length > 0 ? Math.min(...passed) : undefined };
    },
  };
}

async function tellApart(db: Executor, entries: NotedEntry[]): Promise<{ kept: NotedEntry[]; lost: number[] }> {
  const states = await readStates(db, entries);
  const committed = entries.filter((_entry, index) => states[index] === 'committed');
  // Asked after the states: what had been committed by then is seen.
  const { rows } = await db.execute<{ id: string; row_hmac: Buffer }>(sql`
    select id, row_hmac from audit_entries where id = any(${sql.param(committed.map(({ id }) => id))}::bigint[])`);
  const present = new Map(rows.map((row) => [Number(row.id), row.row_hmac]));
  const isThere = ({ id, rowHmac }: NotedEntry) => present.get(id)?.equals(rowHmac) === true;
  return {
    kept: entries.filter((entry, index) => states[index] === 'in progress' || isThere(entry)),
    lost: committed.filter((entry) => !isThere(entry)).map(({ id }) => id),
  };
}

/**
 * What became of their transactions; null where the database does not know them: any more, or not yet by far, as in another
 * cluster. None is asked for that had not begun when the last of those that are over began: PostgreSQL refuses that.
 */
async function readStates(db: Executor, open: NotedEntry[]): Promise<(string | null)[]> {
  const ids = sql.param(open.map(({ transactionId }) => transactionId));
  const { rows } = await db.execute<{ state: string | null }>(sql`
    select case when id < bound then pg_xact_status(id)
      when id::text::numeric < bound::text::numeric + 1000000 then 'in progress' end as state
    from pg_snapshot_xmax(pg_current_snapshot()) as bound,
      unnest(${ids}::text[]::xid8[]) with ordinality as noted (id, place) order by place`);
  return rows.map(({ state }) => state);
}
