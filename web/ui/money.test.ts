import { expect, test } from 'vitest';
import { formatExactMoney, formatMoney } from './money.ts';

test.each([
  [0, '$0.00'],
  [0.004, '<\u202F$0.01'],
  [0.01, '$0.01'],
  [0.126, '$0.13'],
  [3, '$3.00'],
  [1234.5, '$1,234.50'],
])('%d has two digits after the point, whatever its size', (amount, expected) => {
  expect(formatMoney(amount)).toBe(expected);
});

test('all digits stay where they are asked for', () => {
  expect(formatExactMoney(0.00412)).toBe('$0.00412');
});
