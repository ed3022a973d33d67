import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../api/client.ts';
import { useTranslation } from '../../../texts/language.ts';
import { notifyDone, notifyError } from '../../../ui/notify.ts';
import { chatKeys } from '../chat-queries.ts';

interface PlaceChange {
  chatIds: string[];
  pinned?: boolean;
  archived?: boolean;
}

/** Pins and archives; what was taken out of sight can be taken back at once. */
export function usePlaceConversations(agentId: string) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const place = (body: PlaceChange) => call('updateConversations', { params: { agentId }, body });
  const refresh = () => queryClient.invalidateQueries({ queryKey: chatKeys.all });
  const undo = (change: PlaceChange) =>
    void place({ chatIds: change.chatIds, archived: !change.archived }).then(refresh, notifyError);
  return useMutation({
    mutationFn: place,
    onSuccess: async (_placed, change) => {
      await refresh();
      const count = change.chatIds.length;
      if (change.archived === true) {
        const action = { label: t('everyday.places.undo'), run: () => undo(change) };
        notifyDone(t('everyday.places.archived', { count }), action);
      } else if (change.archived === false) notifyDone(t('everyday.places.restored', { count }));
    },
    onError: notifyError,
  });
}
