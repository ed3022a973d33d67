import { sql } from 'drizzle-orm';
import type { Hash } from 'node:crypto';
import type { Database } from '../db/client.ts';
import { parseIds, startEntriesHash } from './checkpoint.ts';
import type { TrailTables } from './trail-tables.ts';

/** A checkpoint whose entries are being read. */
export interface OpenCheckpoint {
  sequence: number;
  /** Entries not found yet, those that are gone included. */
  open: number;
  hash: Hash;
  sealedHash: Buffer;
  /** Every entry found so far holds; false as well when the range cuts through the checkpoint. */
  whole: boolean;
}

interface Expected {
  first: number;
  last: number;
  checkpoint: OpenCheckpoint;
}

/** Says of ascending ids which checkpoints cover them, and how many covered ids were skipped. */
export interface Coverage {
  /** Reads the checkpoints needed for ids up to this one. */
  load(throughId: number): Promise<void>;
  /** One that was sealed anew, because the checkpoint before could not be believed then, has several. */
  advanceTo(id: number): { skipped: number; checkpoints: readonly OpenCheckpoint[] };
  /** All ids up to this one have been taken. */
  skipThrough(id: number): number;
}

const pageSize = 200;

/** Holds only the checkpoints around the current id in memory, whatever the length of the trail. */
export function createCoverage(
  db: Database,
  options: { tables: TrailTables; fromId: number; toId: number; lastSequence: number; distrusted: Set<number> },
): Coverage {
  const { tables, fromId, toId, lastSequence, distrusted } = options;
  let expected: Expected[] = [];
  let next = 0;
  /** Those that have begun. */
  let open: Expected[] = [];
  let found: OpenCheckpoint[] = [];
  let cursor = { firstId: -1, sequence: -1 };
  let loadedThrough = -Infinity;

  return {
    async load(throughId) {
      while (loadedThrough < Math.min(throughId, toId)) await loadPage();
    },
    advanceTo(id) {
      const skipped = skipBelow(id);
      found = [];
      beginThrough(id);
      for (const range of open) {
        range.first += 1;
        range.checkpoint.open -= 1;
        found.push(range.checkpoint);
      }
      endFinished();
      return { skipped, checkpoints: found };
    },
    skipThrough: (id) => skipBelow(id + 1),
  };

  /** Counts each id once, however many checkpoints cover it. Afterwards nothing that has begun goes on below the id. */
  function skipBelow(id: number): number {
    beginThrough(id - 1);
    if (open.length === 0) return 0;
    let skipped = 0;
    let through = 0;
    for (const range of open.sort((left, right) => left.first - right.first)) {
      const last = Math.min(range.last, id - 1);
      skipped += Math.max(0, last - Math.max(through, range.first - 1));
      through = Math.max(through, last);
      range.first = Math.max(range.first, id);
    }
    endFinished();
    return skipped;
  }

  function beginThrough(id: number): void {
    for (let range = expected[next]; range && range.first <= id; range = expected[next]) {
      open.push(range);
      next += 1;
    }
  }

  function endFinished(): void {
    if (open.some(({ first, last }) => first > last)) open = open.filter(({ first, last }) => first <= last);
  }

  async function loadPage(): Promise<void> {
    const { rows } = await db.execute<{ sequence: string; first_id: string; ids: string; entries_hash: Buffer }>(sql`
      select sequence, first_id, ids::text, entries_hash from ${tables.checkpoints}
      where (first_id, sequence) > (${cursor.firstId}, ${cursor.sequence}) and sequence <= ${lastSequence}
        and last_id >= ${fromId}
      order by first_id, sequence limit ${pageSize}`);
    const added = rows.filter((row) => !distrusted.has(Number(row.sequence))).flatMap(expect);
    expected = [...expected.slice(next), ...added].sort((left, right) => left.first - right.first);
    next = 0;
    const last = rows.at(-1);
    if (last) cursor = { firstId: Number(last.first_id), sequence: Number(last.sequence) };
    // Later pages start at or after the last first id, so everything before it is known.
    loadedThrough = rows.length < pageSize ? Infinity : cursor.firstId - 1;
  }

  function expect(row: { sequence: string; ids: string; entries_hash: Buffer }): Expected[] {
    const all = parseIds(row.ids);
    const ranges = all.filter(({ first, last }) => last >= fromId && first <= toId);
    const checkpoint = {
      sequence: Number(row.sequence),
      open: 0,
      hash: startEntriesHash(),
      sealedHash: row.entries_hash,
      whole: ranges.length === all.length,
    };
    return ranges.map((range) => {
      const first = Math.max(range.first, fromId);
      const last = Math.min(range.last, toId);
      if (first !== range.first || last !== range.last) checkpoint.whole = false;
      checkpoint.open += last - first + 1;
      return { first, last, checkpoint };
    });
  }
}
