import { useUnread } from '../../features/chat/use-chat.ts';

/** Which agents answered where the person was not looking. */
export const useUnreadAgents = (): ReadonlySet<string> => useUnread().agentIds;
