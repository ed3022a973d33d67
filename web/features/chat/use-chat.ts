import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { type ConversationAddress, conversationKey } from './conversation-address.ts';
import { useChatSession } from './chat-socket-provider.tsx';

/** The conversation as this tab knows it; shown means that it is on the screen and kept current. */
export function useConversation(address: ConversationAddress) {
  const session = useChatSession();
  const subscribe = useCallback((listener: () => void) => session.subscribeTo(address, listener), [session, address]);
  const state = useSyncExternalStore(subscribe, () => session.state(address));
  useEffect(() => {
    const show = () => session.show(address);
    show();
    document.addEventListener('visibilitychange', show);
    return () => {
      document.removeEventListener('visibilitychange', show);
      session.show(undefined);
    };
  }, [session, address]);
  return state;
}

export function useSocketState() {
  const session = useChatSession();
  return useSyncExternalStore(session.subscribe, session.snapshot);
}

/** What arrived and was not looked at yet: for the dots in the sidebar and the conversation list. */
export function useUnread() {
  const { unread } = useSocketState();
  return useMemo(
    () => ({
      count: unread.size,
      agentIds: new Set([...unread].map((key) => key.split(':')[0]!)) as ReadonlySet<string>,
      isUnread: (address: ConversationAddress) => unread.has(conversationKey(address)),
    }),
    [unread],
  );
}
