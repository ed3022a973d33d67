import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import { localDate, intervalOf, midnight, windowBefore, windowOf, type WindowQuery } from './usage-period.ts';
import type { UsageSearch } from './usage-search.ts';
import { maxDays } from './forecast.ts';

export const usageKeys = { all: ['usage'] as const };

/** Whether the period that is shown is asked for, or the one before it. */
type Which = 'shown' | 'before';

const queryOf = (search: UsageSearch, which: Which): WindowQuery =>
  (which === 'before' ? windowBefore(search) : undefined) ?? windowOf(search);

/** What is asked for, without what only changes how it is shown. */
const keyOf = ({ days, from, to, agentId }: UsageSearch, which: Which) => [which, days, from, to, agentId];

export const usageSummaryQuery = (search: UsageSearch, which: Which = 'shown') =>
  queryOptions({
    queryKey: [...usageKeys.all, 'summary', ...keyOf(search, which)],
    queryFn: ({ signal }) => call('usageSummary', { query: { ...queryOf(search, which) }, signal }),
  });

export const usageByUserQuery = (search: UsageSearch, which: Which = 'shown') =>
  queryOptions({
    queryKey: [...usageKeys.all, 'by-user', ...keyOf(search, which)],
    queryFn: async ({ signal }) => (await call('usageByUser', { query: { ...queryOf(search, which) }, signal })).users,
  });

export const usageByModelQuery = (search: UsageSearch, which: Which = 'shown') =>
  queryOptions({
    queryKey: [...usageKeys.all, 'by-model', ...keyOf(search, which)],
    queryFn: async ({ signal }) =>
      (await call('usageByModel', { query: { ...queryOf(search, which) }, signal })).models,
  });

const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

export const usageTimeseriesQuery = (search: UsageSearch) =>
  queryOptions({
    queryKey: [...usageKeys.all, 'timeseries', ...keyOf(search, 'shown')],
    queryFn: async ({ signal }) => {
      const query = { ...windowOf(search), interval: intervalOf(search), tz: ownZone() };
      return (await call('usageTimeseries', { query, signal })).data;
    },
  });

export const ratingSummaryQuery = (search: UsageSearch) =>
  queryOptions({
    queryKey: [...usageKeys.all, 'ratings', ...keyOf(search, 'shown')],
    queryFn: ({ signal }) => call('ratingSummary', { query: { ...queryOf(search, 'shown') }, signal }),
  });

const sharedLimit = 20;

/** Asked for once, because each reading is recorded. */
export const sharedRatingsQuery = (search: UsageSearch) =>
  infiniteQueryOptions({
    queryKey: [...usageKeys.all, 'shared-ratings', ...keyOf(search, 'shown')],
    queryFn: ({ signal, pageParam }) =>
      call('listSharedRatings', {
        query: { ...queryOf(search, 'shown'), page: String(pageParam), limit: String(sharedLimit) },
        signal,
      }),
    initialPageParam: 1,
    getNextPageParam: ({ total }, _pages, page) => (page * sharedLimit < total ? page + 1 : undefined),
    refetchOnWindowFocus: false,
  });

/** The days that a forecast of this month is made from. */
export const usageForecastQuery = (agentId: string | undefined) =>
  queryOptions({
    queryKey: [...usageKeys.all, 'forecast', agentId],
    queryFn: async ({ signal }) => {
      const today = localDate(new Date());
      const [first, earliest] = [midnight(`${today.slice(0, 7)}-01`), midnight(today, -maxDays - 1)];
      const query = {
        from: first < earliest ? first : earliest,
        ...(agentId !== undefined && { agentId }),
        ...{ interval: 'day' as const, tz: ownZone() },
      };
      return (await call('usageTimeseries', { query, signal })).data;
    },
  });
