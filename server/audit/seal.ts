import { sql } from 'drizzle-orm';
import { allowTime, type Executor, type Transaction, type WritableDatabase } from '../db/client.ts';
import type { Anchor } from './anchor.ts';
import { addEntry, checkpointSeal, formatIds, startEntriesHash } from './checkpoint.ts';
import type { AuditKeys } from './keys.ts';

/** Any constant would do, as long as every replica uses the same. */
const sealingLock = 7_464_249_141;
/** A restored trail is looked through as a whole. */
const sealingTimeoutMs = 10 * 60_000;

interface Head extends Anchor {
  throughTransaction: string;
  throughId: number;
  /** False after a restore into another database cluster, where transaction ids start again. */
  sameCluster: boolean;
}

interface EntryToSeal {
  id: number;
  rowHmac: Buffer;
  transactionId: string;
}

type Position = Pick<Head, 'throughTransaction' | 'throughId'>;

export interface SealResult {
  sealed: number;
  /** False when another replica is sealing right now, or entries may be left. */
  complete: boolean;
}

/**
 * Chains one batch of committed entries into the next checkpoint. Entries are taken in the order of their transactions,
 * and only below the oldest transaction still running, so that none can turn up behind the seal later.
 */
export async function sealBatch(
  db: WritableDatabase,
  keys: AuditKeys,
  { now = Date.now, batchSize = 10_000 }: { now?: () => number; batchSize?: number } = {},
): Promise<SealResult> {
  return db.transaction(async (tx) => {
    await allowTime(tx, sealingTimeoutMs);
    const lock = await tx.execute<{ locked: boolean }>(
      sql`select pg_try_advisory_xact_lock(${sealingLock}::bigint) as locked`,
    );
    if (!lock.rows[0]?.locked) return { sealed: 0, complete: false };
    let head = await findHead(tx);
    let sealed = 0;
    if (head && !head.sameCluster) {
      const restored = await findUnsealedOfOtherClusters(tx);
      for (let start = 0; start < restored.length; start += batchSize) {
        const entries = restored.slice(start, start + batchSize);
        head = await writeCheckpoint(tx, { head, entries, position: beginning, keys, sealedAt: now() });
        sealed += entries.length;
      }
    }
    const entries = await findEntriesToSeal(tx, head?.sameCluster ? head : beginning, batchSize);
    const last = entries.at(-1);
    if (last) {
      const position = { throughTransaction: last.transactionId, throughId: last.id };
      await writeCheckpoint(tx, { head, entries, position, keys, sealedAt: now() });
    }
    return { sealed: sealed + entries.length, complete: entries.length < batchSize };
  });
}

const beginning: Position = { throughTransaction: '0', throughId: 0 };

export async function findHead(db: Executor): Promise<Head | undefined> {
  const { rows } = await db.execute<{
    sequence: string;
    total: string;
    last_id: string;
    seal: Buffer;
    sealed_at: string;
    through_transaction: string;
    through_id: string;
    same_cluster: boolean;
  }>(sql`
    select sequence, total, last_id, seal, sealed_at, through_transaction::text, through_id,
      epoch = (pg_control_system()).system_identifier as same_cluster
    from audit_checkpoints order by sequence desc limit 1`);
  const row = rows[0];
  return (
    row && {
      sequence: Number(row.sequence),
      total: Number(row.total),
      lastId: Number(row.last_id),
      seal: row.seal.toString('hex'),
      sealedAt: new Date(row.sealed_at).toISOString(),
      throughTransaction: row.through_transaction,
      throughId: Number(row.through_id),
      sameCluster: row.same_cluster,
    }
  );
}

type EntryRow = { id: string; row_hmac: Buffer; transaction: string };

const toEntry = (row: EntryRow): EntryToSeal => ({
  id: Number(row.id),
  rowHmac: row.row_hmac,
  transactionId: row.transaction,
});

async function findEntriesToSeal(tx: Transaction, after: Position, limit: number): Promise<EntryToSeal[]> {
  const { rows } = await tx.execute<EntryRow>(sql`
    select id, row_hmac, transaction_id::text as transaction from audit_entries
    where epoch = (select system_identifier from pg_control_system())
      and (transaction_id, id) > (${after.throughTransaction}::xid8, ${after.throughId}::bigint)
      and transaction_id < pg_snapshot_xmin(pg_current_snapshot())
    order by audit_entries.transaction_id, audit_entries.id limit ${limit}`);
  return rows.map(toEntry);
}

/** Entries that a restored backup held without a checkpoint. Their transactions are over, whatever their ids. */
async function findUnsealedOfOtherClusters(tx: Transaction): Promise<EntryToSeal[]> {
  const { rows } = await tx.execute<EntryRow>(sql`
    with sealed as (select range_agg(ids) as ids from audit_checkpoints)
    select id, row_hmac, transaction_id::text as transaction from audit_entries, sealed
    where epoch <> (select system_identifier from pg_control_system()) and not sealed.ids @> id
    order by id`);
  return rows.map(toEntry);
}

async function writeCheckpoint(
  tx: Transaction,
  options: { head: Head | undefined; entries: EntryToSeal[]; position: Position; keys: AuditKeys; sealedAt: number },
): Promise<Head> {
  const { head, position, keys, sealedAt } = options;
  const entries = options.entries.toSorted((left, right) => left.id - right.id);
  const hash = startEntriesHash();
  for (const { id, rowHmac } of entries) addEntry(hash, id, rowHmac);
  const content = {
    sequence: (head?.sequence ?? 0) + 1,
    sealedAt,
    count: entries.length,
    total: (head?.total ?? 0) + entries.length,
    ids: formatIds(entries.map(({ id }) => id)),
    entriesHash: hash.digest(),
    previousSeal: head ? Buffer.from(head.seal, 'hex') : null,
    keyId: keys.current.id,
  };
  const seal = checkpointSeal(keys.current.secret, content);
  const lastId = entries.at(-1)?.id ?? 0;
  const sealedAtText = new Date(sealedAt).toISOString();
  await tx.execute(sql`
    insert into audit_checkpoints (sequence, sealed_at, count, total, ids, first_id, last_id, entries_hash,
      previous_seal, key_id, seal, through_transaction, through_id)
    values (${content.sequence}, ${sealedAtText}::timestamptz, ${content.count}, ${content.total},
      ${content.ids}::int8multirange, ${entries[0]?.id ?? 0}, ${lastId}, ${content.entriesHash},
      ${content.previousSeal}, ${content.keyId}, ${seal}, ${position.throughTransaction}::xid8, ${position.throughId})`);
  const { sequence, total } = content;
  return {
    sequence,
    total,
    lastId,
    seal: seal.toString('hex'),
    sealedAt: sealedAtText,
    ...position,
    sameCluster: true,
  };
}

/** How long the entry that waits longest has waited, in milliseconds; 0 when none waits. */
export async function sealingLag(db: Executor): Promise<number> {
  const head = await findHead(db);
  const after = head?.sameCluster ? head : beginning;
  const { rows } = await db.execute<{ waited: string }>(sql`
    select extract(epoch from clock_timestamp() - timestamp) * 1000 as waited from audit_entries
    where epoch = (select system_identifier from pg_control_system())
      and (transaction_id, id) > (${after.throughTransaction}::xid8, ${after.throughId}::bigint)
    order by transaction_id, id limit 1`);
  return Math.max(0, Number(rows[0]?.waited ?? 0));
}

export async function findSeal(db: Executor, sequence: number): Promise<string | undefined> {
  const { rows } = await db.execute<{ seal: Buffer }>(
    sql`select seal from audit_checkpoints where sequence = ${sequence}`,
  );
  return rows[0]?.seal.toString('hex');
}
