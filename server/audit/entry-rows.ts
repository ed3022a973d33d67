import { createHmac } from 'node:crypto';
import { sql } from 'drizzle-orm';
import {
  canonicalJson,
  contentHmac,
  earlierContentHmac,
  earlierRowHmac,
  rowHmac,
  type Carried,
  type EntryContent,
} from './canonical.ts';
import { commitTo } from './personal.ts';

/** An entry of the earlier format as the database gives it. */
export interface EarlierEntryRow extends Record<string, unknown> {
  id: string;
  milliseconds: string;
  actor_type: string;
  actor_id: string | null;
  event_type: string;
  resource: string | null;
  outcome: string;
  error: string | null;
  detail: unknown;
  key_id: string;
  row_hmac: Buffer;
}

export interface EntryRow extends EarlierEntryRow {
  commitments: Record<string, string>;
  carried: Carried | null;
  transaction_id: string;
  epoch: string;
}

/** Pointer, value, salt in hex; or pointer, null, null, moment of the erasure, its key's id, its HMAC in hex. */
export type StoredValue = [string, string | null, string | null, number | null, string | null, string | null];

/** A moment that is none here, such as `infinity`, was never signed. */
const sharedColumns = `id, case when isfinite(timestamp) then (extract(epoch from timestamp) * 1000)::bigint else -1 end as milliseconds, actor_type, actor_id, event_type,
  resource, outcome, error, detail, key_id, coalesce(row_hmac, '') as row_hmac`;
export const earlierEntryColumns = sql.raw(sharedColumns);
export const entryColumns = sql.raw(
  `${sharedColumns}, commitments, carried, transaction_id::text, audit_entries.epoch::text`,
);
/** Null for entries that commit to nothing. */
export const valueColumn = sql.raw(`case when commitments <> '{}' then (
  select json_agg(json_build_array(pointer, value, encode(salt, 'hex'),
    case when isfinite(erased_at) then (extract(epoch from erased_at) * 1000)::bigint end,
    erasure_key_id, encode(erasure_hmac, 'hex')))
  from audit_personal_values where entry_id = audit_entries.id) end as stored_values`);

export const earlierEntryHolds = (row: EarlierEntryRow, secret: string): boolean =>
  earlierRowHmac(earlierContentHmac(secret, contentOf(row)), Number(row.id)).equals(row.row_hmac);

export function entryHolds(row: EntryRow, secret: string): boolean {
  const commitments = canonicalJson(row.commitments);
  const content = contentHmac(secret, { ...contentOf(row), commitments, carried: row.carried });
  const placement = { id: Number(row.id), transactionId: row.transaction_id, epoch: row.epoch };
  return rowHmac(content, placement).equals(row.row_hmac);
}

export const contentOf = (row: EarlierEntryRow): EntryContent => ({
  timestamp: Number(row.milliseconds),
  actorType: row.actor_type,
  actorId: row.actor_id,
  eventType: row.event_type,
  resource: row.resource,
  outcome: row.outcome,
  error: row.error,
  detail: canonicalJson(row.detail),
  keyId: row.key_id,
});

/** What became of the values that an entry commits to: `changed` when one is not, or not only, what was committed to. */
export function checkValues(
  entry: { id: number; commitments: Record<string, string> },
  stored: StoredValue[],
  secretOf: (keyId: string) => string | undefined,
): { changed: boolean; lost: number } {
  const open = new Map(Object.entries(entry.commitments));
  let changed = false;
  for (const [pointer, value, salt, erasedAt, keyId, hmac] of stored) {
    const commitment = open.get(pointer);
    if (commitment === undefined) changed = true;
    else if (value !== null && salt !== null) {
      open.delete(pointer);
      if (commitTo(salt, value) !== commitment) changed = true;
    } else if (keyId !== null && erasedAt !== null) {
      const secret = secretOf(keyId);
      const mark = { keyId, entryId: entry.id, pointer, erasedAt };
      if (secret !== undefined && erasureHmac(secret, mark).toString('hex') === hmac) open.delete(pointer);
    }
  }
  return { changed, lost: open.size };
}

/** Signs that a value was erased, where and when. */
export const erasureHmac = (
  secret: string,
  mark: { keyId: string; entryId: number; pointer: string; erasedAt: number },
): Buffer =>
  createHmac('sha256', secret)
    .update(JSON.stringify(['pinchy.audit.erasure.1', mark.keyId, mark.entryId, mark.pointer, mark.erasedAt]))
    .digest();
