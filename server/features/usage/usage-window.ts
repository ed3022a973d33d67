const dayMs = 86_400_000;

export interface UsageWindow {
  /** Undefined: from the beginning. */
  since: Date | undefined;
  /** What was at this moment is not in it any more. Undefined: up to now. */
  until?: Date | undefined;
  agentId: string | undefined;
}

export interface AskedWindow {
  days: number;
  from?: string | undefined;
  to?: string | undefined;
  agentId?: string | undefined;
}

/** The window that is asked for: own moments, or whole days of 24 hours back from now; 0 is all time. */
export function usageWindow({ days, from, to, agentId }: AskedWindow, now = new Date()): UsageWindow {
  if (from !== undefined || to !== undefined) {
    return { since: from ? new Date(from) : undefined, until: to ? new Date(to) : undefined, agentId };
  }
  return { since: days === 0 ? undefined : new Date(now.getTime() - days * dayMs), agentId };
}

/** With all of its first and its last day in UTC: what was when on a day cannot be asked. */
export function inWholeDays({ since, until, agentId }: UsageWindow): UsageWindow {
  const startOf = (time: number) => new Date(time - (((time % dayMs) + dayMs) % dayMs));
  return {
    since: since && startOf(since.getTime()),
    until: until && startOf(until.getTime() + dayMs - 1),
    agentId,
  };
}
