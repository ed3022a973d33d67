import { expect, test } from 'vitest';
import { type DayCost, forecastMonth } from './forecast.ts';

/** Consecutive days that end with `last`. */
function days(last: string, count: number, costOf: (date: Date) => number | null): DayCost[] {
  return Array.from({ length: count }, (_, index) => {
    const date = new Date(Date.parse(last) - (count - 1 - index) * 86_400_000);
    return { date: date.toISOString().slice(0, 10), cost: costOf(date) };
  });
}
const isWeekend = (date: Date) => [0, 6].includes(date.getUTCDay());

test('working days and weekends are expected to go on as they were', () => {
  // June 2026 begins on a Monday: 22 working days and 8 days of weekends.
  const costs = days('2026-06-10', 40, (date) => (isWeekend(date) ? 1 : 10));
  expect(forecastMonth(costs, '2026-06-10')).toEqual({ spent: 82, expected: 228, days: 28 });
});

test('what is usual for today may still come; more than that is not taken back', () => {
  const costs = days('2026-06-30', 30, () => 10);
  const today = (cost: number | null) => [...costs.slice(0, -1), { date: '2026-06-30', cost }];
  expect(forecastMonth(today(4), '2026-06-30')).toMatchObject({ spent: 294, expected: 300 });
  expect(forecastMonth(today(null), '2026-06-30')).toMatchObject({ spent: 290, expected: 300 });
  expect(forecastMonth(today(25), '2026-06-30')).toMatchObject({ spent: 315, expected: 315 });
});

test('only the last four weeks count, so that a change shows soon', () => {
  const costs = days('2026-06-29', 60, (date) => (date < new Date('2026-06-01') ? 1_000 : 1));
  expect(forecastMonth(costs, '2026-06-29')).toEqual({ spent: 29, expected: 30, days: 28 });
});

test('with less than two weeks since the first cost there is no forecast; days without use count after it', () => {
  const since = (first: string) => days('2026-06-20', 40, (date) => (date >= new Date(first) ? 2 : null));
  expect(forecastMonth(since('2026-06-07'), '2026-06-20')).toBeUndefined();
  expect(forecastMonth(since('2026-06-06'), '2026-06-20')).toMatchObject({ spent: 30, expected: 50, days: 14 });
  const rare = days('2026-06-20', 20, (date) => (date.getUTCDate() === 1 ? 14 : null));
  expect(forecastMonth(rare, '2026-06-20')).toMatchObject({ spent: 14, days: 19 });
  expect(
    forecastMonth(
      days('2026-06-20', 40, () => null),
      '2026-06-20',
    ),
  ).toBeUndefined();
  expect(forecastMonth([], '2026-06-20')).toBeUndefined();
});
