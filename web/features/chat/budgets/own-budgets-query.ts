import { queryOptions } from '@tanstack/react-query';
import { call } from '../../../api/client.ts';

/** What budgets leave to oneself with an agent; asked anew after each answer. */
export const ownBudgetsQuery = (agentId: string, after: string | undefined) =>
  queryOptions({
    queryKey: ['own-budgets', agentId, after],
    queryFn: async ({ signal }) => (await call('listOwnBudgets', { query: { agentId }, signal })).budgets,
    placeholderData: (before) => before,
    retry: false,
  });
