import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from '../../texts/language.ts';
import type { BodyOf } from '../../api/client.ts';
import { call } from '../../api/client.ts';
import { notifyDone } from '../../ui/notify.ts';
import { agentKeys } from './agent-queries.ts';

/** Saves a change of an agent and takes over what the server made of it. */
export function useUpdateAgent(id: string) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<'updateAgent'>) => call('updateAgent', { params: { id }, body }),
    onSuccess: (agent) => {
      queryClient.setQueryData(agentKeys.one(id), agent);
      void queryClient.invalidateQueries({ queryKey: agentKeys.all, exact: true });
      void queryClient.invalidateQueries({ queryKey: agentKeys.versions(id) });
      notifyDone(t('agents.saved'));
    },
  });
}
