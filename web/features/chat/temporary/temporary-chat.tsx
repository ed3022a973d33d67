import { type ReactNode, useEffect, useState } from 'react';
import { urlOf } from '../../../api/client.ts';
import { beforeLeaving } from '../../../ui/before-leaving.ts';
import { newId } from '../../../ui/new-id.ts';
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
    const created = { agentId, chatId: newId() };
    session.beginTemporary(created);
    return created;
  });
  useEffect(() => {
    const leave = async (way: 'page-goes' | 'within-app' | 'sign-out') => {
      if (!session.leaveTemporary(address)) return;
      // A frame follows what was said before it. Of a page that goes, the frame or the request may be lost; who signs out waits
      // until it is done.
      if (way !== 'sign-out' && session.sayLeft(address) && way === 'within-app') return;
      const url = urlOf('deleteConversation', { params: address });
      await fetch(url, { method: 'DELETE', keepalive: true }).catch(() => undefined);
    };
    const handleHide = () => void leave('page-goes');
    // A page that the browser kept has left its conversation all the same.
    const handleShow = ({ persisted }: PageTransitionEvent) => persisted && location.reload();
    const forget = beforeLeaving(() => leave('sign-out'));
    window.addEventListener('pagehide', handleHide);
    window.addEventListener('pageshow', handleShow);
    return () => {
      forget();
      window.removeEventListener('pagehide', handleHide);
      window.removeEventListener('pageshow', handleShow);
      void leave('within-app');
    };
  }, [session, address]);
  return children(address);
}
