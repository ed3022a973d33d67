import type { Readable } from 'node:stream';
import type { AuditFilter } from '../../contract/audit.ts';
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

/** The entries that match, newest first, as CSV; `detail` is JSON. */
export function exportEntries(reader: AuditReader, filter: AuditFilter): Readable {
  return createCsvStream([...columns], toRows(reader, filter));
}

async function* toRows(reader: AuditReader, filter: AuditFilter): AsyncGenerator<CsvValue[]> {
  for await (const entries of reader.batches(filter)) {
    for (const entry of entries) {
      const cells = { ...entry, detail: JSON.stringify(entry.detail) };
      yield columns.map((column) => cells[column]);
    }
  }
}
