import { queryOptions } from '@tanstack/react-query';
import { call } from '../../../api/client.ts';

/** What budgets leave to oneself with an agent; asked anew after each answer, and now and then while one is nearly used up. */
export const ownBudgetsQuery = (agentId: string, after: string | undefined) =>
  queryOptions({
    queryKey: ['own-budgets', agentId, after],
    queryFn: async ({ signal }) => (await call('listOwnBudgets', { query: { agentId }, signal })).budgets,
    placeholderData: (before) => before,
    retry: false,
    // Somebody may raise one that is used up.
    refetchInterval: ({ state }) => (state.data?.some((budget) => budget.state !== 'open') ? 30_000 : false),
  });
