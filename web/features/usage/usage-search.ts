/** What the address of the page holds. */
export interface UsageSearch {
  days?: number | undefined;
  /** Own dates, `YYYY-MM-DD`, both included, in the viewer's time zone; they go before `days`. */
  from?: string | undefined;
  to?: string | undefined;
  agentId?: string | undefined;
  /** Whether the period before is shown beside. */
  compare?: true | undefined;
}

export function readUsageSearch(search: Record<string, unknown>): UsageSearch {
  const days = Number(search.days);
  const [from, to] = [readDate(search.from), readDate(search.to)];
  const hasDates = from !== undefined && to !== undefined && from <= to;
  return {
    days: search.days !== undefined && Number.isInteger(days) && days >= 0 ? days : undefined,
    ...(hasDates && { from, to }),
    agentId: typeof search.agentId === 'string' ? search.agentId : undefined,
    compare: search.compare === true ? true : undefined,
  };
}

function readDate(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return undefined;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value) ? value : undefined;
}
