import { sql } from 'drizzle-orm';
import { checkpointSeal, earlierCheckpointSeal, parseIds, type CheckpointContent } from './checkpoint.ts';

/** A checkpoint as the database gives it. */
export interface CheckpointRow extends Record<string, unknown> {
  sequence: string;
  sealed_at: string;
  count: number;
  total: string;
  ids: string;
  first_id: string;
  last_id: string;
  entries_hash: Buffer;
  previous_seal: Buffer | null;
  key_id: string;
  seal: Buffer;
  through_transaction: string;
  through_id: string;
  epoch: string;
}

export const checkpointColumns = sql.raw(
  `sequence, sealed_at, count, total, coalesce(ids::text, '{}') as ids, first_id, last_id,
   coalesce(entries_hash, '') as entries_hash, previous_seal, key_id, coalesce(seal, '') as seal,
   through_transaction::text, through_id, epoch::text`,
);

/** Whether everything in the row is as it was when it was sealed. */
export function checkpointHolds(secret: string, row: CheckpointRow, format: 1 | 2): boolean {
  const content = contentOf(row);
  const seal = format === 1 ? earlierCheckpointSeal(secret, content) : checkpointSeal(secret, content);
  if (!seal.equals(row.seal)) return false;
  // The earlier format did not sign its bounds, but entries are looked up by them.
  const ranges = parseIds(row.ids);
  return ranges.at(0)?.first === content.firstId && ranges.at(-1)?.last === content.lastId;
}

const contentOf = (row: CheckpointRow): CheckpointContent => ({
  sequence: Number(row.sequence),
  sealedAt: new Date(row.sealed_at).getTime(),
  count: row.count,
  total: Number(row.total),
  ids: row.ids,
  firstId: Number(row.first_id),
  lastId: Number(row.last_id),
  entriesHash: row.entries_hash,
  previousSeal: row.previous_seal,
  keyId: row.key_id,
  throughTransaction: row.through_transaction,
  throughId: Number(row.through_id),
  epoch: row.epoch,
});
