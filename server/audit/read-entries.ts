import { sql } from 'drizzle-orm';
import { auditEvents } from '../../contract/audit-events.ts';
import type { Database } from '../db/client.ts';
import {
  checkValues,
  earlierEntryColumns,
  earlierEntryHolds,
  entryColumns,
  entryHolds,
  valueColumn,
  type EarlierEntryRow,
  type EntryRow,
  type StoredValue,
} from './entry-rows.ts';
import type { TrailTables } from './trail-tables.ts';
import type { CheckedEntry } from './verify-tally.ts';

export const readBatchSize = 2_000;

type Row = EarlierEntryRow | CurrentRow;

interface EntryReader {
  /** The next entries after an id, up to another, in the order of their ids. */
  read(after: number, toId: number): Promise<Row[]>;
  /** Recomputes signature and commitments. */
  check(row: Row): CheckedEntry;
}

export function createEntryReader(
  db: Database,
  { format, entries }: TrailTables,
  secretOf: (keyId: string) => string | undefined,
): EntryReader {
  const columns = format === 1 ? earlierEntryColumns : sql`${entryColumns}, ${valueColumn}`;
  return {
    async read(after, toId) {
      const { rows } = await db.execute<Row>(sql`
        select ${columns} from ${entries} where id > ${after} and id <= ${toId} order by id limit ${readBatchSize}`);
      return rows;
    },
    check(row) {
      const secret = secretOf(row.key_id);
      const entry = {
        id: Number(row.id),
        rowHmac: row.row_hmac,
        keyId: row.key_id,
        timestamp: Number(row.milliseconds),
      };
      const changed = { ...entry, holds: false, unproven: false, lostValues: 0 };
      try {
        if (isCurrent(row)) return { ...entry, ...checkCurrent(row, { id: entry.id, secret, secretOf }) };
        return { ...changed, holds: secret === undefined ? undefined : earlierEntryHolds(row, secret) };
      } catch {
        // What cannot even be read, such as commitments that are none, is not what was signed.
        return changed;
      }
    },
  };
}

type CurrentRow = EntryRow & { stored_values: StoredValue[] | null };

function checkCurrent(
  row: CurrentRow,
  { id, secret, secretOf }: { id: number; secret: string | undefined; secretOf: (keyId: string) => string | undefined },
) {
  const values = checkValues({ id, commitments: row.commitments }, row.stored_values ?? [], secretOf);
  const holds = secret === undefined ? undefined : entryHolds(row, secret) && !values.changed;
  const tells = (eventType: string) => holds === true && row.event_type === eventType;
  return {
    holds,
    unproven: row.carried === 'unproven',
    lostValues: values.lost,
    carriedOver: tells('audit.carried_over') ? auditEvents['audit.carried_over'].parse(row.detail) : undefined,
    lostEntries: tells('audit.entries_lost') ? auditEvents['audit.entries_lost'].parse(row.detail).count : 0,
  };
}

const isCurrent = (row: Row): row is CurrentRow => 'commitments' in row;
