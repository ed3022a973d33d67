import type { UsageSearch } from './usage-search.ts';

export const defaultDays = 30;

/** 0 is all time. */
export const periods = [1, 7, 30, 90, 365, 0] as const;

/** A period as the API takes it. */
export interface WindowQuery {
  days?: string;
  from?: string;
  to?: string;
  agentId?: string;
}

export function windowOf({ days = defaultDays, from, to, agentId }: UsageSearch): WindowQuery {
  const period = from && to ? { from: midnight(from), to: midnight(to, 1) } : { days: String(days) };
  return { ...period, ...(agentId !== undefined && { agentId }) };
}

/** The period of the same length that ends where the one that is shown begins; none before all time. */
export function windowBefore(search: UsageSearch, now = Date.now()): WindowQuery | undefined {
  const { days = defaultDays, from, to, agentId } = search;
  const agent = agentId === undefined ? {} : { agentId };
  if (from && to) return { from: midnight(from, -countDays(from, to)), to: midnight(from), ...agent };
  if (days === 0) return undefined;
  const ago = (count: number) => new Date(now - count * dayMs).toISOString();
  return { from: ago(2 * days), to: ago(days), ...agent };
}

/** Hours for a day, days for more. */
export function intervalOf({ days = defaultDays, from, to }: UsageSearch): 'hour' | 'day' {
  if (from && to) return from === to ? 'hour' : 'day';
  return days === 1 ? 'hour' : 'day';
}

const dayMs = 86_400_000;

const countDays = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / dayMs + 1;

/** When a day begins here, some days later; clocks that change in between are heeded. */
export function midnight(date: string, plusDays = 0): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(year, month - 1, day + plusDays).toISOString();
}

/** A day of the calendar here. */
export function localDate(date: Date): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
