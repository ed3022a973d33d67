import { sql } from 'drizzle-orm';
import type { Database } from '../db/client.ts';
import type { Anchor } from './anchor.ts';
import { checkpointColumns, checkpointHolds, type CheckpointRow } from './checkpoint-rows.ts';
import type { TrailTables } from './trail-tables.ts';
import { counted } from '../platform/counted.ts';

/** A stretch of the trail whose checkpoints are gone or not to be trusted. */
export interface ChainGap {
  /** The last entry that a checkpoint before the stretch seals; null at the start of the trail. */
  afterId: number | null;
  /** Ids of its entries lie from here … */
  firstId: number;
  /** … to here: the spans of neighbouring checkpoints may overlap a little. */
  lastId: number;
  /** How many entries were sealed in it; 0 when nobody knows. */
  sealed: number;
  /** How many entries were found in it that no trusted checkpoint seals. */
  found: number;
}

export interface ChainVerification {
  /** The newest checkpoint that stands in the database, whether it can be trusted or not. */
  lastSequence: number;
  /** The newest checkpoint as it stands in the database. */
  last: { sequence: number; seal: string; total: number } | null;
  /** The newest entry that a checkpoint covers. */
  sealedThrough: number | null;
  /** Checkpoints whose seal does not hold. */
  distrusted: Set<number>;
  gaps: ChainGap[];
  /** Set when the database does not lead to the anchored checkpoint. */
  cutAnchor: Anchor | undefined;
  problems: string[];
}

interface Link {
  total: number;
  firstId: number;
  lastId: number;
}

const pageSize = 1_000;

/** Checks the seals of all checkpoints, that each continues the one before, and that they lead to the anchor. */
export async function verifyChain(
  db: Database,
  options: {
    tables: TrailTables;
    findSecret: (keyId: string) => string | undefined;
    anchor: Anchor | undefined;
    signal?: AbortSignal | undefined;
  },
): Promise<ChainVerification> {
  const { tables, findSecret, anchor } = options;
  const problems: string[] = [];
  const gaps: ChainGap[] = [];
  const distrusted = new Set<number>();
  let sealedThrough: number | null = null;
  let previous: { sequence: number; seal: Buffer } | undefined;
  let trusted: Link | undefined;
  let anchoredSeal: string | undefined;
  let last: ChainVerification['last'] = null;

  for await (const row of readCheckpoints(db, tables, options.signal)) {
    const sequence = Number(row.sequence);
    const lastId = Number(row.last_id);
    const expected = (previous?.sequence ?? 0) + 1;
    if (sequence === expected + 1) problems.push(`Checkpoint ${expected} is missing.`);
    if (sequence > expected + 1) problems.push(`Checkpoints ${expected} to ${sequence - 1} are missing.`);
    const secret = findSecret(row.key_id);
    const holds = secret !== undefined && checkpointHolds(secret, row, tables.format);
    if (secret === undefined) {
      problems.push(`Checkpoint ${sequence} is sealed with the key "${row.key_id}", which this server does not have.`);
    } else if (!holds) {
      problems.push(`Checkpoint ${sequence} was changed after it was sealed.`);
    } else if (sequence === expected && !sameSeal(row.previous_seal, previous?.seal)) {
      problems.push(`Checkpoint ${sequence} does not continue the one before it.`);
    }
    if (holds) {
      const link = { total: Number(row.total), firstId: Number(row.first_id), lastId };
      const sealed = link.total - row.count - (trusted?.total ?? 0);
      if (sealed > 0) gaps.push({ ...gapAfter(trusted), lastId, sealed });
      trusted = link;
    } else {
      distrusted.add(sequence);
    }
    sealedThrough = Math.max(sealedThrough ?? 0, lastId);
    previous = { sequence, seal: row.seal };
    last = { sequence, seal: row.seal.toString('hex'), total: Number(row.total) };
    if (sequence === anchor?.sequence) anchoredSeal = row.seal.toString('hex');
  }

  const lastSequence = previous?.sequence ?? 0;
  if (distrusted.has(lastSequence)) gaps.push({ ...gapAfter(trusted), lastId: sealedThrough ?? 0, sealed: 0 });
  const cutAnchor = anchor && anchor.sequence > 0 && anchor.seal !== anchoredSeal ? anchor : undefined;
  if (cutAnchor) {
    problems.push(
      lastSequence < cutAnchor.sequence
        ? `The anchor outside the database knows ${counted(cutAnchor.sequence, 'checkpoint', 'checkpoints')}; the database ends at ${lastSequence}.`
        : `Checkpoint ${cutAnchor.sequence} is not the one that was anchored outside the database.`,
    );
  }
  return { lastSequence, last, sealedThrough, distrusted, gaps, cutAnchor, problems };
}

const gapAfter = (trusted: Link | undefined) => ({
  afterId: trusted?.lastId ?? null,
  firstId: trusted?.firstId ?? 0,
  found: 0,
});

const sameSeal = (left: Buffer | null, right: Buffer | undefined): boolean =>
  left === null || right === undefined ? (left ?? undefined) === right : left.equals(right);

async function* readCheckpoints(
  db: Database,
  tables: TrailTables,
  signal: AbortSignal | undefined,
): AsyncGenerator<CheckpointRow> {
  let after = 0;
  for (;;) {
    signal?.throwIfAborted();
    const { rows } = await db.execute<CheckpointRow>(sql`
      select ${checkpointColumns} from ${tables.checkpoints} where sequence > ${after} order by sequence limit ${pageSize}`);
    yield* rows;
    if (rows.length < pageSize) return;
    after = Number(rows.at(-1)?.sequence);
  }
}
