import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import type { AuditSearch } from './audit-search.ts';

export const pageSize = 50;

export const filterOf = ({ eventType, personId, topic, search, status, from, to }: AuditSearch) => ({
  ...(eventType && { eventType }),
  ...(personId && { personId }),
  ...(topic && { topic }),
  ...(search && { search }),
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
