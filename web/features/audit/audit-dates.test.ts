import { expect, test } from 'vitest';
import { auditPeriods } from '../../../contract/audit-topics.ts';
import { momentsOf } from './audit-dates.ts';

const local = (...parts: [number, number, number]) => new Date(...parts).toISOString();
const lastOf = (...parts: [number, number, number]) => new Date(new Date(...parts).getTime() - 1).toISOString();
const newYear = new Date(2026, 0, 1, 0, 30);

test('a period is told from the day on which it is looked at', () => {
  const march = new Date(2026, 2, 31, 23, 59);
  expect(momentsOf({ period: 'today' }, march)).toEqual({ from: local(2026, 2, 31), to: lastOf(2026, 3, 1) });
  expect(momentsOf({ period: 'last7Days' }, march)).toEqual({ from: local(2026, 2, 25), to: lastOf(2026, 3, 1) });
  expect(momentsOf({ period: 'last30Days' }, march).from).toBe(local(2026, 2, 2));
  expect(momentsOf({ period: 'thisMonth' }, march)).toEqual({ from: local(2026, 2, 1), to: lastOf(2026, 3, 1) });
  expect(momentsOf({ period: 'lastMonth' }, march)).toEqual({ from: local(2026, 1, 1), to: lastOf(2026, 2, 1) });
  expect(momentsOf({ period: 'thisYear' }, march)).toEqual({ from: local(2026, 0, 1), to: lastOf(2027, 0, 1) });
  expect(momentsOf({ period: 'lastMonth' }, newYear)).toEqual({ from: local(2025, 11, 1), to: lastOf(2026, 0, 1) });
});

test('every period is asked for in the same words all day long, so that its pages stay in step', () => {
  for (const period of auditPeriods)
    expect(momentsOf({ period }, new Date(2026, 0, 1, 23, 59))).toEqual(momentsOf({ period }, newYear));
});

test('own dates are whole days where the person is', () => {
  expect(momentsOf({ from: '2026-01-31', to: '2026-02-28' }, newYear)).toEqual({
    from: local(2026, 0, 31),
    to: lastOf(2026, 2, 1),
  });
  expect(momentsOf({ from: '2026-01-31' }, newYear)).toEqual({ from: local(2026, 0, 31) });
  expect(momentsOf({ to: 'yesterday' }, newYear)).toEqual({ to: 'yesterday' });
  expect(momentsOf({}, newYear)).toEqual({});
});
