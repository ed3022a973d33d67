import { expect, test } from 'vitest';
import { titleFrom, titleOf } from './title.ts';

test.each([
  ['Budget for March', 'Budget for March'],
  ['"Budget for March."', 'Budget for March'],
  ['**Title:** „Urlaub im Mai“', 'Urlaub im Mai'],
  ['# Leave in May\n', 'Leave in May'],
  ['- C# and snake_case', 'C# and snake_case'],
  ['Pay\u202Eroll\u0007 2026', 'Pay roll 2026'],
  ['<b>Walrus</b> <img src=x onerror=alert(1)>', 'Walrus'],
  ['Wie groß ist ein Walross?', 'Wie groß ist ein Walross?'],
  ['word '.repeat(20), 'word word word word word word word word word word word…'],
])('a title that a model wrote as %j is %j', (written, title) => {
  expect(titleFrom(written)).toBe(title);
});

test.each(['', ' \n ', '***', '"…"', 'x'.repeat(151), 'Sure!\n\nHere it is:\n\nBudget', '\u0000'])(
  '%j is no title',
  (written) => {
    expect(titleFrom(written)).toBeUndefined();
  },
);

test('a title of first words is their first line, cut at a word', () => {
  expect(titleOf('Budget for\nMarch')).toBe('Budget for');
  expect(titleOf('word '.repeat(20))).toBe('word word word word word word word word word word word…');
  expect(titleOf('  ')).toBeNull();
});
