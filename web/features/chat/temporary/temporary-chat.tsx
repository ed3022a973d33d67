import { type ReactNode, useEffect, useState } from 'react';
import { urlOf } from '../../../api/client.ts';
import { beforeLeaving } from '../../../ui/before-leaving.ts';
import { useChatSession } from '../chat-socket-provider.tsx';
import type { ConversationAddress } from '../conversation-address.ts';

interface TemporaryChatProps {
  agentId: string;
  children: (address: ConversationAddress) => ReactNode;
}

/** A temporary conversation of this page: gone when the page is left, whichever way. */
export default function TemporaryChat({ agentId, children }: TemporaryChatProps) {
  const session = useChatSession();
  const [address] = useState(() => {
    const created = { agentId, chatId: crypto.randomUUID() };
    session.beginTemporary(created);
    return created;
  });
  useEffect(() => {
    const leave = async () => {
      // Over the socket and by a request: one of both survives whichever way the page goes. What does not is removed by the clock.
      if (!session.leaveTemporary(address)) return;
      const url = urlOf('deleteConversation', { params: address });
      await fetch(url, { method: 'DELETE', keepalive: true }).catch(() => undefined);
    };
    const handleHide = () => void leave();
    // A page that the browser kept has left its conversation all the same.
    const handleShow = ({ persisted }: PageTransitionEvent) => persisted && location.reload();
    const forget = beforeLeaving(leave);
    window.addEventListener('pagehide', handleHide);
    window.addEventListener('pageshow', handleShow);
    return () => {
      forget();
      window.removeEventListener('pagehide', handleHide);
      window.removeEventListener('pageshow', handleShow);
      void leave();
    };
  }, [session, address]);
  return children(address);
}
