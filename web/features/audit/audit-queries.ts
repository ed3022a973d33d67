import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../../api/client.ts';

/** What the address of the page holds. */
export interface AuditSearch {
  page?: number | undefined;
  eventType?: string | undefined;
  actorId?: string | undefined;
  status?: 'success' | 'failure' | undefined;
  /** Dates such as 2026-01-31. */
  from?: string | undefined;
  to?: string | undefined;
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  const page = Number(search.page);
  return {
    page: Number.isInteger(page) && page > 1 ? page : undefined,
    eventType: text(search.eventType),
    actorId: text(search.actorId),
    status: search.status === 'success' || search.status === 'failure' ? search.status : undefined,
    from: text(search.from),
    to: text(search.to),
  };
}

export const pageSize = 50;

export const filterOf = ({ eventType, actorId, status, from, to }: AuditSearch) => ({
  ...(eventType && { eventType }),
  ...(actorId && { actorId }),
  ...(status && { status }),
  ...(from && { from }),
  ...(to && { to }),
});

export const hasFilter = (search: AuditSearch) => Object.keys(filterOf(search)).length > 0;

const liveMs = 5_000;

/** The first page follows what happens; a page further back stays as it is. */
export const isLive = (search: AuditSearch) => search.page === undefined;

export const auditQuery = (search: AuditSearch) =>
  queryOptions({
    queryKey: ['audit', search],
    queryFn: ({ signal }) =>
      call('listAudit', {
        query: { page: String(search.page ?? 1), limit: String(pageSize), ...filterOf(search) },
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: isLive(search) ? liveMs : false,
  });

export const auditStatusQuery = queryOptions({
  queryKey: ['audit', 'status'],
  queryFn: ({ signal }) => call('auditStatus', { signal }),
  refetchInterval: 6 * liveMs,
});

export const eventTypesQuery = queryOptions({
  queryKey: ['audit', 'event-types'],
  queryFn: async ({ signal }) => (await call('auditEventTypes', { signal })).eventTypes,
});

export const auditActorsQuery = queryOptions({
  queryKey: ['users'],
  queryFn: async ({ signal }) => (await call('listUsers', { signal })).users,
});
