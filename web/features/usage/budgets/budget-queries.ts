import { queryOptions } from '@tanstack/react-query';
import { call } from '../../../api/client.ts';

export const budgetsQuery = queryOptions({
  queryKey: ['budgets'],
  queryFn: async ({ signal }) => (await call('listBudgets', { signal })).budgets,
  refetchInterval: 30_000,
});
