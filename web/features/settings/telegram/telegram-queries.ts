import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../api/client.ts';

export const telegramKeys = {
  all: ['telegram'] as const,
  mine: ['telegram', 'mine'] as const,
  bots: ['telegram', 'bots'] as const,
  ofAgent: (agentId: string) => ['telegram', 'agent', agentId] as const,
};

/** A bot can fall silent at any time; whoever looks at it sees that soon. */
const watchMs = 10_000;

export const myTelegramQuery = queryOptions({
  queryKey: telegramKeys.mine,
  queryFn: ({ signal }) => call('getMyTelegram', { signal }),
});

export const telegramBotsQuery = queryOptions({
  queryKey: telegramKeys.bots,
  queryFn: async ({ signal }) => (await call('listTelegramBots', { signal })).bots,
});

export const agentTelegramQuery = (agentId: string) =>
  queryOptions({
    queryKey: telegramKeys.ofAgent(agentId),
    queryFn: ({ signal }) => call('getAgentTelegram', { params: { agentId }, signal }),
    refetchInterval: watchMs,
  });

export function useTelegramRefresh(): () => Promise<void> {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: telegramKeys.all });
}

export const botLink = (username: string): string => `https://t.me/${encodeURIComponent(username)}`;
