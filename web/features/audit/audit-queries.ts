import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import { momentsOf } from './audit-dates.ts';
import type { AuditSearch } from './audit-search.ts';

export const pageSize = 50;

/** What the trail is narrowed to, as it can be saved. */
export const criteriaOf = ({
  search,
  personId,
  agentId,
  topic,
  eventTypes,
  status,
  period,
  from,
  to,
}: AuditSearch) => ({
  ...(search && { search }),
  ...(personId && { personId }),
  ...(agentId && { agentId }),
  ...(topic && { topic }),
  ...(eventTypes && { eventTypes: eventTypes.toSorted() }),
  ...(status && { status }),
  ...(period && { period }),
  ...(from && { from }),
  ...(to && { to }),
});

/** What the server is asked for. */
export function filterOf(search: AuditSearch) {
  const { period: _period, from: _from, to: _to, eventTypes, ...rest } = criteriaOf(search);
  return {
    ...rest,
    ...(eventTypes && { eventTypes: eventTypes.join(',') }),
    ...momentsOf(search, new Date()),
  };
}

export const hasFilter = (search: AuditSearch) => Object.keys(criteriaOf(search)).length > 0;

const liveMs = 5_000;

/** The first page follows what happens; a page further back stays as it is. */
export const isLive = (search: AuditSearch) => search.page === undefined;

export const auditQuery = (search: AuditSearch) =>
  queryOptions({
    queryKey: ['audit', search.page ?? 1, filterOf(search)],
    queryFn: ({ signal }) =>
      call('listAudit', {
        query: { page: String(search.page ?? 1), limit: String(pageSize), ...filterOf(search) },
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: isLive(search) ? liveMs : false,
  });

export const auditRunQuery = (id: string) =>
  queryOptions({
    queryKey: ['audit', 'run', id],
    queryFn: ({ signal }) => call('getAuditRun', { params: { id }, signal }),
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

export const savedFiltersQuery = queryOptions({
  queryKey: ['audit', 'saved-filters'],
  queryFn: async ({ signal }) => (await call('listSavedFilters', { signal })).filters,
});
