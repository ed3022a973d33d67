import { sql } from 'drizzle-orm';
import { auditEvents } from '../../contract/audit-events.ts';
import type { Executor } from '../db/client.ts';
import { entryColumns, entryHolds, type EntryRow } from './entry-rows.ts';
import { findSecret, type AuditKeys } from './keys.ts';

// Entries that the trail itself relies on: each is believed only if its signature holds.

/** What the trail of the earlier format had come to when it was carried over; undefined where there was none. */
export async function findCarriedOver(db: Executor, keys: AuditKeys) {
  const row = await findNewest(db, keys, 'audit.carried_over');
  return row && { id: Number(row.id), ...auditEvents['audit.carried_over'].parse(row.detail) };
}

/** Whether an admin acknowledged, at this moment or later, that the anchor is missing. */
export async function findAcknowledgement(db: Executor, keys: AuditKeys, since: number): Promise<boolean> {
  const row = await findNewest(db, keys, 'audit.anchor_acknowledged');
  return row !== undefined && Number(row.milliseconds) >= since;
}

/** What the background check last found, or an admin who verified as much after it. */
export async function findLastCheck(db: Executor, keys: AuditKeys): Promise<{ at: string; valid: boolean } | null> {
  const [check, verified] = await Promise.all([
    findNewest(db, keys, 'audit.integrity_check'),
    findNewest(db, keys, 'audit.verified'),
  ]);
  if (!check) return null;
  const { totalChecked } = auditEvents['audit.integrity_check'].parse(check.detail);
  const isNewer = verified !== undefined && Number(verified.id) > Number(check.id);
  const isAsMuch = isNewer && auditEvents['audit.verified'].parse(verified.detail).totalChecked >= totalChecked;
  const row = isAsMuch ? verified : check;
  return { at: new Date(Number(row.milliseconds)).toISOString(), valid: row.outcome === 'success' };
}

/** Who puts many forged ones above the true one is named by verification, and hides no more than this. */
const maxForged = 1_000;

async function findNewest(db: Executor, keys: AuditKeys, eventType: string): Promise<EntryRow | undefined> {
  const secretOf = findSecret(keys);
  const holds = (row: EntryRow) => {
    const secret = secretOf(row.key_id);
    return secret !== undefined && isHolding(row, secret);
  };
  for (const limit of [1, maxForged]) {
    const { rows } = await db.execute<EntryRow>(sql`
      select ${entryColumns} from audit_entries where event_type = ${eventType}
      order by timestamp desc, id desc limit ${limit}`);
    const found = rows.find(holds);
    if (found || rows.length < limit) return found;
  }
  return undefined;
}

function isHolding(row: EntryRow, secret: string): boolean {
  try {
    return entryHolds(row, secret);
  } catch {
    return false;
  }
}
