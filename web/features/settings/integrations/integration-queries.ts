import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { overviewQuery } from '../../overview/overview-queries.ts';
import { call } from '../../../api/client.ts';

export const integrationKeys = {
  all: ['integrations'] as const,
  list: ['integrations', 'list'] as const,
  ofAgent: (agentId: string) => ['integrations', 'agent', agentId] as const,
};

export const integrationsQuery = queryOptions({
  queryKey: integrationKeys.list,
  queryFn: ({ signal }) => call('listIntegrations', { signal }),
});

export const agentIntegrationsQuery = (agentId: string) =>
  queryOptions({
    queryKey: integrationKeys.ofAgent(agentId),
    queryFn: ({ signal }) => call('listAgentIntegrations', { params: { agentId }, signal }),
  });

/** What agents may do follows their connections. */
export function useIntegrationsRefresh(): () => Promise<void> {
  const queryClient = useQueryClient();
  return async () => {
    await queryClient.invalidateQueries({ queryKey: integrationKeys.all });
    await queryClient.invalidateQueries({ queryKey: overviewQuery.queryKey });
  };
}
