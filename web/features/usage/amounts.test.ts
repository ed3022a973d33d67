import { expect, test } from 'vitest';
import { decimalOf, positiveOf, textOfDecimal } from './amounts.ts';

test.each([
  ['en-US', '25', '25'],
  ['en-US', ' 12.50 ', '12.50'],
  ['en-US', '12,50', '12.50'],
  ['en-US', '1,000', '1000'],
  ['en-US', '$1,000.50', '1000.50'],
  ['en-US', '1,000,000', '1000000'],
  ['en-US', '1.000.000', '1000000'],
  ['en-US', '1.000,50', '1000.50'],
  ['en-US', '0.125', '0.125'],
  ['en-US', '1000.125', '1000.125'],
  ['de-DE', '1.000', '1000'],
  ['de-DE', '1.000,50', '1000.50'],
  ['de-DE', '12,5', '12.5'],
  ['de-CH', '1’000.50', '1000.50'],
  ['fr-FR', '30\u202F000', '30000'],
  ['fr-FR', '30 000,5', '30000.5'],
])('in %s, “%s” is %s', (locale, typed, decimal) => {
  expect(positiveOf(typed, locale)).toBe(decimal);
});

test.each([
  ['en-US', '1.000'],
  ['de-DE', '1,000'],
  ['en-US', ''],
  ['en-US', '0'],
  ['en-US', '0.00'],
  ['en-US', '-5'],
  ['en-US', '1e3'],
  ['en-US', '1,00,000'],
  ['en-US', '1.2.3'],
  ['en-US', '1,2.3,4'],
  ['en-US', '12.'],
])('in %s, “%s” is no amount that one could be sure of', (locale, typed) => {
  expect(positiveOf(typed, locale)).toBeUndefined();
});

test.each(['1', '25.5', '1.125', '0.125', '1234567.1234567891', '30000'])('%s is read as it is shown', (decimal) => {
  for (const locale of ['en-US', 'de-DE', 'fr-FR', 'es-ES'])
    expect(Number(positiveOf(textOfDecimal(decimal, locale), locale))).toBe(Number(decimal));
});

test('a price may have three digits of fractions, but not the sign of thousands before them', () => {
  expect(['1.125', '0,075', '0.075', '15', '0', '1,25'].map((typed) => decimalOf(typed, 'en'))).toEqual([
    ...['1.125', '0.075', '0.075', '15', '0', '1.25'],
  ]);
  expect(['1,125', '1,000', '1,000.5', '-1', ''].map((typed) => decimalOf(typed, 'en'))).toEqual(
    Array(5).fill(undefined),
  );
  expect(['1,125', '1.125'].map((typed) => decimalOf(typed, 'de'))).toEqual(['1.125', undefined]);
});
