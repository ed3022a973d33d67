import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCsvStream } from './csv.ts';

async function* from<Row>(rows: Row[]): AsyncGenerator<Row> {
  yield* rows;
}

/** With the mark at its beginning, which the consumer for texts drops. */
const text = async (stream: Readable) => (await buffer(stream)).toString('utf8');

const hostile = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc
    .tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', "'", ',', '＝'), fc.string())
    .map((parts) => parts.join('')),
  fc.string({
    unit: fc.constantFrom(
      ...'=+-@＝＋－＠',
      '\t',
      '\r',
      '\n',
      '\r\n',
      ',',
      ';',
      '|',
      '"',
      "'",
      ' ',
      'a',
      '\u2028',
      '\u0085',
    ),
  }),
);
const formula = /^\t|^\r(?!\n)|^["\s]*[=+\-@＝＋－＠]/;
/** As a spreadsheet reads that was told another character; no cells where its quotes do not come in pairs for it. */
function readLeniently(csv: string, delimiter: string): string[] {
  const lenient = { delimiter, relax_quotes: true, relax_column_count: true, record_delimiter: '\r\n' };
  try {
    return (parse(csv, lenient) as string[][]).flat();
  } catch {
    return [];
  }
}
/** A text cell without the marks that guard it. */
const plain = (cell: string) => cell.replaceAll("'", '');

describe('a CSV stream', () => {
  it('reads back as it was written, and no cell starts a formula', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(hostile, hostile), { minLength: 1 }), async (rows) => {
        const csv = await text(createCsvStream(['first', 'second'], from(rows)));
        const [header, ...cells] = parse(csv, { bom: true, record_delimiter: ['\r\n', '\n', '\r'] }) as string[][];
        expect(header).toEqual(['first', 'second']);
        expect(cells).toHaveLength(rows.length);
        for (const [index, row] of rows.entries()) {
          for (const [column, value] of row.entries()) {
            const cell = cells[index]?.[column] ?? '';
            expect(cell).not.toMatch(formula);
            expect(plain(cell)).toBe(plain(value));
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('starts no formula either where a reader splits at another character, or knows no quotes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(hostile, hostile), { minLength: 1 }), async (rows) => {
        const csv = (await text(createCsvStream(['first', 'second'], from(rows)))).slice(1);
        for (const delimiter of [',', ';', '\t', '|']) {
          const cut = csv.split(/\r\n|[\r\n\u0085\u2028\u2029]/).map((line) => line.split(delimiter));
          for (const cell of [...readLeniently(csv, delimiter), ...cut.flat()].filter(
            (found) => plain(found).trim() !== '',
          ))
            expect([delimiter, cell]).not.toEqual([delimiter, expect.stringMatching(formula)]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ["Eve;=cmd|' /C calc'!A0", `"Eve;'=cmd|' /C calc'!A0"`],
    ['a;b', '"a;b"'],
    ['a\tb', '"a\tb"'],
    ['a|b', '"a|b"'],
    ['a|@SUM(1)', `"a|'@SUM(1)"`],
    ['a;"=1', `"a;""'=1"`],
    ['a; +1', `"a; '+1"`],
    ['first\n－1', `"first\n'－1"`],
    ['Ann-Marie + Bo = 2 @ home', 'Ann-Marie + Bo = 2 @ home'],
  ])('writes %j as %s', async (value, cell) => {
    expect(await text(createCsvStream(['a'], from([[value]])))).toBe(`\ufeffa\r\n${cell}\r\n`);
  });

  it('says that it is UTF-8, ends lines with CRLF and leaves numbers and null alone', async () => {
    const csv = createCsvStream(['a', 'b', 'c'], from([[-1.5, null, 'Grüße\nx']]));
    expect(await text(csv)).toBe('\ufeffa,b,c\r\n-1.5,,"Grüße\nx"\r\n');
  });

  it('has its header even without rows', async () => {
    expect(await text(createCsvStream(['a', 'b'], from([])))).toBe('\ufeffa,b\r\n');
  });

  it('reads no further than its reader, and stops when the reader goes away', async () => {
    let made = 0;
    let closed = false;
    const rows = (async function* () {
      try {
        for (;;) {
          made += 1;
          yield ['x'.repeat(1_000)];
        }
      } finally {
        closed = true;
      }
    })();
    const csv = createCsvStream(['a'], rows);
    await sleep(50);
    expect(made).toBeLessThan(500);
    csv.destroy();
    await expect.poll(() => closed).toBe(true);
  });

  it('fails when its rows fail', async () => {
    const rows = (async function* () {
      yield ['a'];
      throw new Error('the database went away');
    })();
    await expect(text(createCsvStream(['a'], rows))).rejects.toThrow('the database went away');
  });
});
