import type { AuditPeriod } from '../../../contract/audit-topics.ts';
import { midnight } from '../usage/usage-period.ts';
import type { AuditSearch } from './audit-search.ts';

interface Days {
  first: Date;
  /** The day after the last one. */
  end: Date;
}

/** The days of a period, where the person is. */
function daysOf(period: AuditPeriod, now: Date): Days {
  const [year, month, today] = [now.getFullYear(), now.getMonth(), now.getDate()];
  const days = (first: Date, end: Date): Days => ({ first, end });
  const tomorrow = new Date(year, month, today + 1);
  switch (period) {
    case 'today':
      return days(new Date(year, month, today), tomorrow);
    case 'last7Days':
      return days(new Date(year, month, today - 6), tomorrow);
    case 'last30Days':
      return days(new Date(year, month, today - 29), tomorrow);
    case 'thisMonth':
      return days(new Date(year, month, 1), new Date(year, month + 1, 1));
    case 'lastMonth':
      return days(new Date(year, month - 1, 1), new Date(year, month, 1));
    case 'thisYear':
      return days(new Date(year, 0, 1), new Date(year + 1, 0, 1));
  }
}

const day = /^\d{4}-\d\d-\d\d$/;

/** When a day begins where the person is; undefined for what is no date. */
export const startOfDay = (date: string, plusDays = 0): string | undefined =>
  day.test(date) ? midnight(date, plusDays) : undefined;

/** The moments that the server is asked for: from the first day's start to the last day's end, where the person is. */
export function momentsOf(
  { period, from, to }: Pick<AuditSearch, 'period' | 'from' | 'to'>,
  now: Date,
): { from?: string; to?: string } {
  if (period) {
    const { first, end } = daysOf(period, now);
    return { from: first.toISOString(), to: lastMillisecond(end) };
  }
  const end = to && startOfDay(to, 1);
  // What is no date goes as it is, for the server to refuse it.
  return {
    ...(from && { from: startOfDay(from) ?? from }),
    ...(to && { to: end ? lastMillisecond(new Date(end)) : to }),
  };
}

const lastMillisecond = (end: Date): string => new Date(end.getTime() - 1).toISOString();
