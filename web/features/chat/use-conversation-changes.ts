import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from '../../texts/language.ts';
import { call } from '../../api/client.ts';
import { chatKeys } from './chat-queries.ts';

function useFailure() {
  const { t } = useTranslation();
  return (error: Error) => notifications.show({ color: 'red', title: t('chat.actionFailed'), message: error.message });
}

/** Starts a further conversation with an agent and opens it. */
export function useNewConversation(agentId: string) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => call('createConversation', { params: { agentId }, body: {} }),
    onSuccess: async ({ id }) => {
      await navigate({ to: '/chat/$agentId/$chatId', params: { agentId, chatId: id } });
      await queryClient.invalidateQueries({ queryKey: chatKeys.ofAgent(agentId) });
    },
    onError: useFailure(),
  });
}

export function useRenameConversation(agentId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ chatId, title }: { chatId: string; title: string }) =>
      call('renameConversation', { params: { agentId, chatId }, body: { title } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: chatKeys.ofAgent(agentId) }),
  });
}

export function useDeleteConversation(agentId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (chatId: string) => call('deleteConversation', { params: { agentId, chatId } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: chatKeys.ofAgent(agentId) }),
    onError: useFailure(),
  });
}
