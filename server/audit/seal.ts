import { sql } from 'drizzle-orm';
import { allowTime, type Executor, type Transaction, type WritableDatabase } from '../db/client.ts';
import type { Anchor } from './anchor.ts';
import { addEntry, checkpointSeal, formatIds, startEntriesHash, type CheckpointContent } from './checkpoint.ts';
import { checkpointColumns, checkpointHolds, type CheckpointRow } from './checkpoint-rows.ts';
import { findSecret, type AuditKeys } from './keys.ts';
import { countClaimed, type ReadSealedIds, type SealedIds } from './sealed-ids.ts';
import { findUnsealed, type UnsealedEntry } from './unsealed.ts';

/** Any constant would do, as long as every replica uses the same. */
const sealingLock = 7_464_249_141;
/** A restored trail is looked through as a whole. */
const sealingTimeoutMs = 10 * 60_000;

export interface Head extends Anchor {
  throughTransaction: string;
  throughId: number;
  epoch: string;
  /** Its seal is right, so that sealing may go on from its position. */
  holds: boolean;
}

export interface SealResult {
  sealed: number;
  /** False when another replica is sealing right now, or entries may be left. */
  complete: boolean;
}

/**
 * Chains one batch of committed entries into the next checkpoint: every entry that no checkpoint provably covers, whatever
 * columns say. One that turns up late is sealed late; nothing holds back the others.
 */
export async function sealBatch(
  db: WritableDatabase,
  { keys, readSealedIds }: { keys: AuditKeys; readSealedIds: ReadSealedIds },
  options: { now?: (() => number) | undefined; batchSize?: number; fromStart?: boolean | undefined } = {},
): Promise<SealResult> {
  const { now = Date.now, batchSize = 10_000, fromStart = false } = options;
  return db.transaction(async (tx) => {
    await allowTime(tx, sealingTimeoutMs);
    const lock = await tx.execute<{ locked: boolean }>(
      sql`select pg_try_advisory_xact_lock(${sealingLock}::bigint) as locked`,
    );
    if (!lock.rows[0]?.locked) return { sealed: 0, complete: false };
    const head = await findHead(tx, keys);
    // What an unsigned or changed checkpoint says of its position is not believed.
    const floor = head?.holds ? head.throughId : 0;
    const above = fromStart ? 0 : floor;
    const sealed = await readSealedIds(tx, above);
    const entries = await findUnsealed(tx, { floor: above, sealed: sealed.ranges, limit: batchSize });
    const last = entries.at(-1);
    if (!last) return { sealed: 0, complete: true };
    const full = entries.length === batchSize;
    const settled = head?.holds && isOver(head, last) ? head.lastId : floor;
    const position = {
      throughTransaction: last.sealingTransaction,
      throughId: Math.max(floor, full ? Math.min(settled, last.id) : settled),
      epoch: last.epoch,
    };
    await writeCheckpoint(tx, { head, entries, claims: sealed.claims, position, keys, sealedAt: now() });
    return { sealed: entries.length, complete: !full };
  });
}

/** Whether everybody who could take an id that the checkpoint knew of has ended meanwhile. */
const isOver = (head: Head, seen: UnsealedEntry): boolean =>
  head.epoch === seen.epoch && BigInt(seen.oldestOpen) >= BigInt(head.throughTransaction);

export async function findHead(db: Executor, keys: AuditKeys): Promise<Head | undefined> {
  const { rows } = await db.execute<CheckpointRow>(
    sql`select ${checkpointColumns} from audit_checkpoints order by sequence desc limit 1`,
  );
  const row = rows[0];
  if (!row) return undefined;
  const secret = findSecret(keys)(row.key_id);
  return {
    sequence: Number(row.sequence),
    total: Number(row.total),
    lastId: Number(row.last_id),
    seal: row.seal.toString('hex'),
    sealedAt: momentOf(row.sealed_at),
    throughTransaction: row.through_transaction,
    throughId: Number(row.through_id),
    epoch: row.epoch,
    holds: secret !== undefined && checkpointHolds(secret, row, 2),
  };
}

/** PostgreSQL has moments that are none here, such as `infinity`. */
function momentOf(text: string): string {
  const moment = new Date(text);
  return Number.isNaN(moment.getTime()) ? '' : moment.toISOString();
}

async function writeCheckpoint(
  tx: Transaction,
  options: {
    head: Head | undefined;
    entries: UnsealedEntry[];
    claims: SealedIds['claims'];
    position: Pick<CheckpointContent, 'throughTransaction' | 'throughId' | 'epoch'>;
    keys: AuditKeys;
    sealedAt: number;
  },
): Promise<void> {
  const { head, entries, claims, position, keys, sealedAt } = options;
  const ids = entries.map(({ id }) => id);
  const hash = startEntriesHash();
  for (const { id, rowHmac } of entries) addEntry(hash, id, rowHmac);
  const content: CheckpointContent = {
    sequence: (head?.sequence ?? 0) + 1,
    sealedAt,
    count: entries.length,
    total: (head?.total ?? 0) + entries.length - countClaimed(ids, claims),
    ids: formatIds(ids),
    firstId: entries[0]?.id ?? 0,
    lastId: entries.at(-1)?.id ?? 0,
    entriesHash: hash.digest(),
    previousSeal: head ? Buffer.from(head.seal, 'hex') : null,
    keyId: keys.current.id,
    ...position,
  };
  await tx.execute(sql`
    insert into audit_checkpoints (sequence, sealed_at, count, total, ids, first_id, last_id, entries_hash,
      previous_seal, key_id, seal, through_transaction, through_id, epoch)
    values (${content.sequence}, ${new Date(sealedAt).toISOString()}::timestamptz, ${content.count}, ${content.total},
      ${content.ids}::int8multirange, ${content.firstId}, ${content.lastId}, ${content.entriesHash},
      ${content.previousSeal}, ${content.keyId}, ${checkpointSeal(keys.current.secret, content)},
      ${content.throughTransaction}::xid8, ${content.throughId}, ${content.epoch}::bigint)`);
}

export async function findSeal(db: Executor, sequence: number): Promise<string | undefined> {
  const { rows } = await db.execute<{ seal: Buffer }>(
    sql`select seal from audit_checkpoints where sequence = ${sequence}`,
  );
  return rows[0]?.seal.toString('hex');
}
