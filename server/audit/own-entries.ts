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
 * What the background check last found, or an admin who verified after it: something wrong in whatever part, or that all is
 * well if as much was looked at. Null before the first of these.
 */
export async function findLastCheck(db: Executor, keys: AuditKeys): Promise<{ at: string; valid: boolean } | null> {
  const [check, failed, passed] = await Promise.all([
    findNewest(db, keys, 'audit.integrity_check'),
    findNewest(db, keys, 'audit.verified', 'failure'),
    findNewest(db, keys, 'audit.verified', 'success'),
  ]);
  const found = newestOf(check, failed);
  if (!found) return null;
  const counted = [
    check && auditEvents['audit.integrity_check'].parse(check.detail).totalChecked,
    failed && auditEvents['audit.verified'].parse(failed.detail).totalChecked,
  ];
  const most = Math.max(...counted.filter((count) => count !== undefined));
  const isAsMuch = passed !== undefined && auditEvents['audit.verified'].parse(passed.detail).totalChecked >= most;
  const row = (isAsMuch && newestOf(passed, found)) || found;
  return { at: new Date(Number(row.milliseconds)).toISOString(), valid: row.outcome === 'success' };
}

const newestOf = (one: EntryRow | undefined, other: EntryRow | undefined): EntryRow | undefined =>
  one && other ? (Number(one.id) > Number(other.id) ? one : other) : (one ?? other);

/** Who puts many forged ones above the true one is named by verification, and hides no more than this. */
const maxForged = 1_000;

async function findNewest(
  db: Executor,
  keys: AuditKeys,
  eventType: string,
  outcome?: 'success' | 'failure',
): Promise<EntryRow | undefined> {
  const secretOf = findSecret(keys);
  const holds = (row: EntryRow) => {
    const secret = secretOf(row.key_id);
    return secret !== undefined && isHolding(row, secret);
  };
  for (const limit of [1, maxForged]) {
    const { rows } = await db.execute<EntryRow>(sql`
      select ${entryColumns} from audit_entries
      where event_type = ${eventType} and ${outcome ? sql`outcome = ${outcome}` : sql`true`}
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
