import { pipeline, Readable, Transform } from 'node:stream';
import { stringify } from 'csv-stringify';

export type CsvValue = string | number | null;

/**
 * A CSV as RFC 4180 wants it (CRLF, a header), in UTF-8 with the mark by which Excel knows that; made while it is read,
 * in constant memory. Which character separates is the reader's choice: a German Excel takes the semicolon. So a text
 * that any of the usual ones would split is quoted, and a formula's first character (= + - @, a tab, a carriage return
 * or a full-width form of these) is preceded by a single quote wherever a cell could begin; numbers stay numbers.
 * Destroying the stream ends `rows`; a failure of `rows` destroys the stream.
 */
export function createCsvStream(columns: string[], rows: AsyncIterable<CsvValue[]>): Readable {
  const csv = stringify({
    header: true,
    columns,
    bom: true,
    record_delimiter: '\r\n',
    quoted_match: separator,
    cast: { string: guardFormulas },
  });
  const pieces = createPieces();
  // The error reaches whoever reads `pieces`; pipeline takes care that no side stays open.
  pipeline(Readable.from(rows), csv, pieces, () => undefined);
  return pieces;
}

/** What readers split at: the separators of cells, and all that any of them takes for the end of a line. */
const separator = /[,;\t|\r\n\v\f\u0085\u2028\u2029]/;
const formulaStart = /[=+\-@\t\r＝＋－＠﹦﹢﹣﹫]/;
/** A reader for which the text's own quotes do not begin the cell drops them, and some drop blanks as well. */
const dropped = /["\s\u200b\ufeff]/;

/** Looks at each character once: a pattern that looks for the end of blanks would from each of them. */
function guardFormulas(text: string): string {
  if (!formulaStart.test(text)) return text;
  let guarded = '';
  let copied = 0;
  let mayBegin = true;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (mayBegin && formulaStart.test(character)) {
      guarded += `${text.slice(copied, at)}'`;
      copied = at;
      mayBegin = false;
    }
    if (separator.test(character)) mayBegin = true;
    else if (mayBegin) mayBegin = dropped.test(character);
  }
  return guarded + text.slice(copied);
}

const pieceBytes = 64 * 1024;

/** Hands rows on in pieces: compressing and sending each row by itself takes three times as long as making them all. */
function createPieces(): Transform {
  let waiting: Buffer[] = [];
  let bytes = 0;
  const takePiece = (): Buffer => {
    const piece = Buffer.concat(waiting);
    waiting = [];
    bytes = 0;
    return piece;
  };
  return new Transform({
    transform(row: Buffer, _encoding, done) {
      waiting.push(row);
      bytes += row.length;
      done(null, bytes >= pieceBytes ? takePiece() : undefined);
    },
    flush: (done) => done(null, bytes > 0 ? takePiece() : undefined),
  });
}
