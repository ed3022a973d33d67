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

/**
 * What the trail was last found to be: by the background check, by an admin who verified as much after it, or by one who
 * found something wrong, in however small a part.
 */
export async function findLastCheck(db: Executor, keys: AuditKeys): Promise<{ at: string; valid: boolean } | null> {
  const [check, verified, violated] = await Promise.all([
    findNewest(db, keys, 'audit.integrity_check'),
    findNewest(db, keys, 'audit.verified'),
    findNewest(db, keys, 'audit.verified', 'failure'),
  ]);
  const known = [check, violated].filter((row) => row !== undefined);
  if (known.length === 0) return null;
  const isAsMuch = verified && known.every((row) => checkedIn(verified) >= checkedIn(row));
  const [newest] = [...known, ...(isAsMuch ? [verified] : [])].sort((one, other) => Number(other.id) - Number(one.id));
  if (!newest) return null;
  return { at: new Date(Number(newest.milliseconds)).toISOString(), valid: newest.outcome === 'success' };
}

const checkedIn = ({ detail }: EntryRow) => auditEvents['audit.verified'].parse(detail).totalChecked;

/** Who puts many forged ones above the true one is named by verification, and hides no more than this. */
const maxForged = 1_000;

async function findNewest(
  db: Executor,
  keys: AuditKeys,
  eventType: string,
  outcome?: 'failure',
): Promise<EntryRow | undefined> {
  const secretOf = findSecret(keys);
  const holds = (row: EntryRow) => {
    const secret = secretOf(row.key_id);
    return secret !== undefined && isHolding(row, secret);
  };
  for (const limit of [1, maxForged]) {
    const { rows } = await db.execute<EntryRow>(sql`
      select ${entryColumns} from audit_entries where event_type = ${eventType}${outcome ? sql` and outcome = ${outcome}` : sql``}
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
