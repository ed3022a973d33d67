import { useQueryClient } from '@tanstack/react-query';
import { agentKeys } from '../../agents/agent-queries.ts';
import { sessionKeys } from '../../session/session-queries.ts';
import { modelLimitsKey, providersKey } from './provider-queries.ts';

/** Models, the shell's notice and the default models of agents all follow the providers. */
export function useRefreshProviders() {
  const queryClient = useQueryClient();
  return async () => {
    const keys = [providersKey, modelLimitsKey, agentKeys.models, agentKeys.all, sessionKeys.setupStatus];
    await Promise.all(keys.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
  };
}
