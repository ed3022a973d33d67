import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCsvStream } from './csv.ts';

async function* from<Row>(rows: Row[]): AsyncGenerator<Row> {
  yield* rows;
}

const hostile = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc
    .tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', "'", ',', '＝'), fc.string())
    .map((parts) => parts.join('')),
);

describe('a CSV stream', () => {
  it('reads back as it was written, and no cell starts a formula', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(hostile, hostile), { minLength: 1 }), async (rows) => {
        const csv = await text(createCsvStream(['first', 'second'], from(rows)));
        const [header, ...cells] = parse(csv, { record_delimiter: ['\r\n', '\n', '\r'] }) as string[][];
        expect(header).toEqual(['first', 'second']);
        expect(cells).toHaveLength(rows.length);
        for (const [index, row] of rows.entries()) {
          for (const [column, value] of row.entries()) {
            const cell = cells[index]?.[column] ?? '';
            expect(cell).not.toMatch(/^[=+\-@\t\r＝]/);
            expect(cell === value || cell === `'${value}`).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('ends lines with CRLF and leaves numbers and null alone', async () => {
    expect(await text(createCsvStream(['a', 'b', 'c'], from([[-1, null, 'x\ny']])))).toBe('a,b,c\r\n-1,,"x\ny"\r\n');
  });

  it('has its header even without rows', async () => {
    expect(await text(createCsvStream(['a', 'b'], from([])))).toBe('a,b\r\n');
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
