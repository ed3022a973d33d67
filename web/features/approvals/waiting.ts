import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ServerFrame } from '../../../contract/socket.ts';
import { call } from '../../api/client.ts';

export const waitingQuery = queryOptions({
  queryKey: ['approvals'],
  queryFn: ({ signal }) => call('listApprovals', { signal }),
});

/** Asks again when something may have changed: the server says what it knows of; what ends with its answer, the answer does. */
export function hearWaiting(queryClient: QueryClient, frame: ServerFrame): void {
  const known = queryClient.getQueryData(waitingQuery.queryKey);
  const isOver = ['complete', 'changed', 'agents'].includes(frame.type);
  if (frame.type === 'waiting' || (isOver && known && known.approvals.length + known.allowances.length > 0)) {
    void queryClient.invalidateQueries({ queryKey: waitingQuery.queryKey });
  }
}

type Place = { agentId: string; chatId?: string };

const isAt = (place: Place) => (entry: { agentId: string; chatId: string | null }) =>
  entry.agentId === place.agentId && entry.chatId === (place.chatId ?? null);

/** What waits for this person's decision: for the marks in the sidebar, the lists and the title. */
export function useWaiting() {
  const { data } = useQuery(waitingQuery);
  return useMemo(() => {
    const approvals = data?.approvals ?? [];
    return {
      count: approvals.length,
      agentIds: new Set(approvals.map(({ agentId }) => agentId)) as ReadonlySet<string>,
      waitsAt: (place: Place) => approvals.some(isAt(place)),
    };
  }, [data]);
}

/** What this person always allows in one conversation. */
export function useAllowances(place: Place) {
  const { data } = useQuery(waitingQuery);
  return data?.allowances.filter(isAt(place)) ?? [];
}
