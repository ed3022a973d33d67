import { type AuditPeriod, auditPeriods, type AuditTopic, auditTopics } from '../../../contract/audit-topics.ts';

/** What the address of the page holds. */
export interface AuditSearch {
  page?: number | undefined;
  /** Any of these. */
  eventTypes?: readonly string[] | undefined;
  /** What this person did, and what agents did for them. */
  personId?: string | undefined;
  /** What this agent did, and what was done with or to it. */
  agentId?: string | undefined;
  topic?: AuditTopic | undefined;
  search?: string | undefined;
  /** Whose story is opened. */
  run?: string | undefined;
  status?: 'success' | 'failure' | undefined;
  /** Goes on with the calendar; own dates otherwise. */
  period?: AuditPeriod | undefined;
  /** Dates such as 2026-01-31. */
  from?: string | undefined;
  to?: string | undefined;
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

/** Addresses of earlier versions have one event. */
function texts(value: unknown): string[] | undefined {
  const found = (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string' && item !== '');
  return found.length > 0 ? found : undefined;
}

export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  const page = Number(search.page);
  const period = auditPeriods.find((known) => known === search.period);
  return {
    page: Number.isInteger(page) && page > 1 ? page : undefined,
    eventTypes: texts(search.eventTypes ?? search.eventType),
    personId: text(search.personId),
    agentId: text(search.agentId),
    topic: auditTopics.find((topic) => topic === search.topic),
    search: text(search.search),
    run: text(search.run),
    status: search.status === 'success' || search.status === 'failure' ? search.status : undefined,
    period,
    from: period ? undefined : text(search.from),
    to: period ? undefined : text(search.to),
  };
}
