import { pipeline, Readable, Transform } from 'node:stream';
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
  const pieces = createPieces();
  // The error reaches whoever reads `pieces`; pipeline takes care that no side stays open.
  pipeline(Readable.from(rows), csv, pieces, () => undefined);
  return pieces;
}

const pieceBytes = 64 * 1024;

/** Hands rows on in pieces: compressing and sending each row by itself takes three times as long as making them all. */
function createPieces(): Transform {
  let waiting: Buffer[] = [];
  let bytes = 0;
  const take = (): Buffer => {
    const piece = Buffer.concat(waiting);
    waiting = [];
    bytes = 0;
    return piece;
  };
  return new Transform({
    transform(row: Buffer, _encoding, done) {
      waiting.push(row);
      bytes += row.length;
      done(null, bytes >= pieceBytes ? take() : undefined);
    },
    flush: (done) => done(null, bytes > 0 ? take() : undefined),
  });
}
