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

type Row = EarlierEntryRow | (EntryRow & { stored_values: StoredValue[] | null });

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
      if (!isCurrent(row)) {
        const holds = secret === undefined ? undefined : earlierEntryHolds(row, secret);
        return { ...entry, holds, unproven: false, lostValues: 0 };
      }
      const values = checkValues({ id: entry.id, commitments: row.commitments }, row.stored_values ?? [], secretOf);
      const holds = secret === undefined ? undefined : entryHolds(row, secret) && !values.changed;
      return {
        ...entry,
        holds,
        unproven: row.carried === 'unproven',
        lostValues: values.lost,
        carriedOver: holds && row.event_type === 'audit.carried_over' ? carriedOverOf(row) : undefined,
      };
    },
  };
}

const isCurrent = (row: Row): row is EntryRow & { stored_values: StoredValue[] | null } => 'commitments' in row;

const carriedOverOf = ({ detail }: EntryRow) => auditEvents['audit.carried_over'].parse(detail);
