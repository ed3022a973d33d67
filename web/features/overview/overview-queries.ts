import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/client.ts';

export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: ({ signal }) => call('getOverview', { signal }),
  // Whoever comes back has just done something about it.
  staleTime: 0,
  refetchInterval: 60_000,
});
