import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call } from '../../api/client.ts';

/** What the address of the page holds. */
export interface UsageSearch {
  days?: number | undefined;
  agentId?: string | undefined;
}

export const defaultDays = 30;

/** 0 is all time. */
export const periods = [1, 7, 30, 90, 365, 0] as const;

export function readUsageSearch(search: Record<string, unknown>): UsageSearch {
  const days = Number(search.days);
  return {
    days: search.days !== undefined && Number.isInteger(days) && days >= 0 ? days : undefined,
    agentId: typeof search.agentId === 'string' ? search.agentId : undefined,
  };
}

const queryOf = ({ days = defaultDays, agentId }: UsageSearch) => ({
  days: String(days),
  ...(agentId !== undefined && { agentId }),
});

export const usageKeys = { all: ['usage'] as const };

export const usageSummaryQuery = (search: UsageSearch) =>
  queryOptions({
    queryKey: [...usageKeys.all, 'summary', search],
    queryFn: ({ signal }) => call('usageSummary', { query: queryOf(search), signal }),
  });

export const usageByUserQuery = (search: UsageSearch) =>
  queryOptions({
    queryKey: [...usageKeys.all, 'by-user', search],
    queryFn: async ({ signal }) => (await call('usageByUser', { query: queryOf(search), signal })).users,
  });

/** Hours for short periods, days for longer ones, in the viewer's own time zone. */
export const intervalOf = ({ days = defaultDays }: UsageSearch) => (days === 1 ? 'hour' : 'day');

export const usageTimeseriesQuery = (search: UsageSearch) =>
  queryOptions({
    queryKey: [...usageKeys.all, 'timeseries', search],
    queryFn: async ({ signal }) =>
      (
        await call('usageTimeseries', {
          query: {
            ...queryOf(search),
            interval: intervalOf(search),
            tz: Intl.DateTimeFormat().resolvedOptions().timeZone,
          },
          signal,
        })
      ).data,
  });

export const ratingSummaryQuery = (search: UsageSearch) =>
  queryOptions({
    queryKey: [...usageKeys.all, 'ratings', search],
    queryFn: ({ signal }) => call('ratingSummary', { query: queryOf(search), signal }),
  });

const sharedLimit = 20;

/** Asked for once, because each reading is recorded. */
export const sharedRatingsQuery = (search: UsageSearch) =>
  infiniteQueryOptions({
    queryKey: [...usageKeys.all, 'shared-ratings', search],
    queryFn: ({ signal, pageParam }) =>
      call('listSharedRatings', {
        query: { ...queryOf(search), page: String(pageParam), limit: String(sharedLimit) },
        signal,
      }),
    initialPageParam: 1,
    getNextPageParam: ({ total }, _pages, page) => (page * sharedLimit < total ? page + 1 : undefined),
    refetchOnWindowFocus: false,
  });

export const usageExportQuery = queryOf;
