import { pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';

export type CsvValue = string | number | null;

/**
 * A CSV as RFC 4180 wants it (CRLF, a header), made while it is read, in constant memory. A text that a spreadsheet
 * would take for a formula (it starts with = + - @, a tab, a carriage return or a full-width form of these) is
 * preceded by a single quote. Destroying the stream ends `rows`; a failure of `rows` destroys the stream.
 */
export function createCsvStream(columns: string[], rows: AsyncIterable<CsvValue[]>): Readable {
  // Left alone it would quote CRLF only, and most readers end a line at any of the two.
  const quoted_match = /[\r\n]/;
  const csv = stringify({ header: true, columns, record_delimiter: '\r\n', quoted_match, escape_formulas: true });
  // The error reaches whoever reads `csv`; pipeline takes care that neither side stays open.
  pipeline(Readable.from(rows), csv, () => undefined);
  return csv;
}
