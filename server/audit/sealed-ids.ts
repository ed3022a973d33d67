import { sql, type SQL } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import type { Executor } from '../db/client.ts';
import { checkpointColumns, checkpointHolds, type CheckpointRow } from './checkpoint-rows.ts';
import { parseIds, type IdRange } from './checkpoint.ts';
import { findSecret, type AuditKeys } from './keys.ts';

/** What checkpoints cover, as far as their own seals prove it. */
export interface SealedIds {
  /** Ascending, and apart from each other. */
  ranges: IdRange[];
  /** What checkpoints claim whose seals do not hold: nothing is taken for sealed because of them. */
  claims: { ranges: IdRange[]; count: number }[];
}

/** Reads which ids are sealed above one. */
export type ReadSealedIds = (db: Executor, above: number) => Promise<SealedIds>;

const pageSize = 1_000;

/**
 * Whoever can change a checkpoint could have it claim entries that it never sealed: those would wait unseen, and be deleted
 * unmissed. So each row is checked before it is believed. What this process saw to hold it remembers by its seal, whatever
 * becomes of the row.
 */
export function createSealedIdsReader(keys: AuditKeys): ReadSealedIds {
  const secretOf = findSecret(keys);
  const proven = new LRUCache<string, IdRange[]>({ max: 1_000 });

  function read(row: CheckpointRow): IdRange[] | undefined {
    const seal = row.seal.toString('hex');
    const secret = secretOf(row.key_id);
    if (secret === undefined || !checkpointHolds(secret, row, 2)) return proven.get(seal);
    const ranges = parseIds(row.ids);
    proven.set(seal, ranges);
    return ranges;
  }

  return async function readSealedIds(db, above) {
    const found: IdRange[] = [];
    const claims: SealedIds['claims'] = [];
    for await (const row of readCheckpoints(db, above)) {
      const ranges = read(row);
      if (ranges) for (const range of ranges) found.push(range);
      else claims.push({ ranges: claimOf(row.ids), count: row.count });
    }
    return { ranges: join(found), claims };
  };
}

/** Without an end, or nothing that can be read: it may claim all of them. */
function claimOf(ids: string): IdRange[] {
  const ranges = parseIds(ids);
  return ranges.length > 0 ? ranges : [{ first: 1, last: Number.MAX_SAFE_INTEGER }];
}

/** Few are above the usual floor; of a trail that is looked at as a whole a page at a time is held. */
async function* readCheckpoints(db: Executor, above: number): AsyncGenerator<CheckpointRow> {
  let after = 0;
  for (;;) {
    const { rows } = await db.execute<CheckpointRow>(sql`
      select ${checkpointColumns} from audit_checkpoints where last_id > ${above} and sequence > ${after}
      order by sequence ${above > 0 ? sql`` : sql`limit ${pageSize}`}`);
    yield* rows;
    if (above > 0 || rows.length < pageSize) return;
    after = Number(rows.at(-1)?.sequence);
  }
}

function join(ranges: IdRange[]): IdRange[] {
  const joined: IdRange[] = [];
  for (const { first, last } of ranges.toSorted((left, right) => left.first - right.first)) {
    const open = joined.at(-1);
    if (open && first <= open.last + 1) open.last = Math.max(open.last, last);
    else joined.push({ first, last });
  }
  return joined;
}

export function isWithin(ranges: IdRange[], id: number): boolean {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.last ?? 0) < id) low = middle + 1;
    else high = middle;
  }
  const range = ranges[low];
  return range !== undefined && range.first <= id;
}

/** How many of these entries were counted already, by checkpoints that cannot be believed. */
export const countClaimed = (ids: number[], claims: SealedIds['claims']): number =>
  claims.reduce((sum, { ranges, count }) => sum + Math.min(count, ids.filter((id) => isWithin(ranges, id)).length), 0);

/** As PostgreSQL reads an int8multirange. */
export const asMultirange = (ranges: IdRange[]): SQL =>
  sql`${`{${ranges.map(({ first, last }) => `[${first},${last + 1})`).join(',')}}`}::int8multirange`;
