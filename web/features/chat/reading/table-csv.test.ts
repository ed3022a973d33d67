import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { tableCsv } from './table-csv.ts';

test('cells come back as they were', () => {
  const rows = [
    ['Name', 'Note'],
    ['Bolt, M8', 'said "fine"'],
    ['two\nlines', 'semi;colon'],
    ['', ' -5 %'],
  ];
  expect(parse(tableCsv(rows))).toEqual([...rows.slice(0, 3), ['', '-5 %']]);
});

test.each(['=HYPERLINK("x")', '@SUM(1)', '+cmd|calc', '-2+3+cmd', '\t=1+A1'])('%j is no formula any more', (cell) => {
  expect(parse(tableCsv([[cell]]))[0]?.[0]).toMatch(/^'/);
});
