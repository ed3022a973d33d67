import { describe, expect, test } from 'vitest';
import { intervalOf, midnight, windowBefore, windowOf } from './usage-period.ts';
import { readUsageSearch } from './usage-search.ts';

describe('the address', () => {
  test('takes own dates that are some, in their order', () => {
    expect(readUsageSearch({ from: '2026-03-01', to: '2026-03-31', compare: true })).toMatchObject({
      ...{ from: '2026-03-01', to: '2026-03-31', compare: true },
    });
    for (const wrong of [
      { from: '2026-03-31', to: '2026-03-01' },
      { from: '2026-02-30', to: '2026-03-01' },
      { from: '2026-03-01' },
      { from: 5, to: 6 },
    ])
      expect(readUsageSearch(wrong)).not.toHaveProperty('from');
  });
});

test('own dates include their last day, and the period before has as many', () => {
  const search = { from: '2026-03-10', to: '2026-03-12', agentId: 'a' };
  expect(windowOf(search)).toEqual({ from: midnight('2026-03-10'), to: midnight('2026-03-13'), agentId: 'a' });
  expect(windowBefore(search)).toEqual({ from: midnight('2026-03-07'), to: midnight('2026-03-10'), agentId: 'a' });
});

test('the period before a number of days are as many days before; there is none before all time', () => {
  const now = Date.parse('2026-03-31T12:00:00.000Z');
  expect(windowOf({ days: 7 })).toEqual({ days: '7' });
  expect(windowBefore({ days: 7 }, now)).toEqual({ from: '2026-03-17T12:00:00.000Z', to: '2026-03-24T12:00:00.000Z' });
  expect(windowBefore({ days: 0 }, now)).toBeUndefined();
});

test('a single day is shown by the hour', () => {
  expect(intervalOf({ from: '2026-03-10', to: '2026-03-10' })).toBe('hour');
  expect(intervalOf({ from: '2026-03-10', to: '2026-03-11', days: 1 })).toBe('day');
  expect([intervalOf({ days: 1 }), intervalOf({})]).toEqual(['hour', 'day']);
});
