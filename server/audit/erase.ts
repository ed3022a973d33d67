import { sql } from 'drizzle-orm';
import type { Transaction } from '../db/client.ts';
import { erasureHmac } from './entry-rows.ts';
import type { AuditKeys } from './keys.ts';

export interface ErasedValues {
  entries: number;
  values: number;
}

/**
 * Erases what the trail holds of one person: the values of all entries about them, the addresses they came from, and
 * their e-mail address wherever it was invited, refused or withdrawn. Each leaves a signed mark; no signature breaks.
 * Called inside a transaction, before the caller records that it happened.
 * @param person.emailHashes of `emailReference`, for each address the person is known by.
 */
export async function eraseValues(
  tx: Transaction,
  keys: AuditKeys,
  person: { id: string; emailHashes: string[] },
  now = Date.now(),
): Promise<ErasedValues> {
  const hashes = person.emailHashes.map((hash) => JSON.stringify(hash));
  const { rows } = await tx.execute<{ entry_id: string; pointer: string }>(sql`
    select entry_id, pointer from audit_personal_values where erased_at is null and (
      entry_id in (select id from audit_entries where resource = ${`user:${person.id}`})
      or entry_id in (select id from audit_entries where actor_type = 'user' and actor_id = ${person.id})
        and pointer = '/detail/ipAddress'
      or (pointer in ('/detail/emailHash', '/detail/emailPreview') and entry_id in (
        select entry_id from audit_personal_values
        where pointer = '/detail/emailHash' and value = any(${sql.param(hashes)}::text[])))
    ) order by entry_id, pointer for update`);
  if (rows.length === 0) return { entries: 0, values: 0 };
  const { id: keyId, secret } = keys.current;
  const marks = rows.map(({ entry_id: entryId, pointer }) =>
    erasureHmac(secret, { keyId, entryId: Number(entryId), pointer, erasedAt: now }),
  );
  await tx.execute(sql`
    update audit_personal_values as kept
    set value = null, salt = null, erased_at = ${new Date(now).toISOString()}::timestamptz,
      erasure_key_id = ${keyId}, erasure_hmac = mark.hmac
    from unnest(${sql.param(rows.map((row) => row.entry_id))}::bigint[],
      ${sql.param(rows.map((row) => row.pointer))}::text[], ${sql.param(marks)}::bytea[]) as mark (entry_id, pointer, hmac)
    where kept.entry_id = mark.entry_id and kept.pointer = mark.pointer`);
  return { entries: new Set(rows.map((row) => row.entry_id)).size, values: rows.length };
}
