import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from '../../texts/language.ts';
import { call } from '../../api/client.ts';
import { chatKeys } from './chat-queries.ts';
import { newConversation } from './conversation-address.ts';

function useFailure() {
  const { t } = useTranslation();
  return (error: Error) => notifications.show({ color: 'red', title: t('chat.actionFailed'), message: error.message });
}

/** Opens a further conversation with an agent, which begins with its first message. */
export function useNewConversation(agentId: string) {
  const navigate = useNavigate();
  return () => navigate({ to: '/chat/$agentId/$chatId', params: { agentId, chatId: newConversation } });
}

export function useRenameConversation(agentId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ chatId, title }: { chatId: string; title: string }) =>
      call('updateConversation', { params: { agentId, chatId }, body: { title } }),
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
