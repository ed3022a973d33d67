import type { Readable } from 'node:stream';
import type { AuditEntry, AuditFilter } from '../../contract/audit.ts';
import { createCsvStream, type CsvValue } from '../platform/csv.ts';
import type { AuditReader } from './query.ts';

const columns = [
  'id',
  'timestamp',
  'actorType',
  'actorId',
  'actorName',
  'eventType',
  'resource',
  'resourceName',
  'outcome',
  'error',
  'detail',
  'rowHmac',
] as const;

/** How batches are read, such as each in a turn of its own. */
export type PaceBatches = (batches: AsyncIterable<AuditEntry[]>) => AsyncIterable<AuditEntry[]>;

/** The entries that match, newest first, as CSV; `detail` is JSON. */
export function exportEntries(
  reader: AuditReader,
  filter: AuditFilter,
  pace: PaceBatches = (batches) => batches,
): Readable {
  return createCsvStream([...columns], toRows(pace(reader.batches(filter))));
}

async function* toRows(batches: AsyncIterable<AuditEntry[]>): AsyncGenerator<CsvValue[]> {
  for await (const entries of batches) {
    for (const entry of entries) {
      const cells = { ...entry, detail: JSON.stringify(entry.detail) };
      yield columns.map((column) => cells[column]);
    }
  }
}
