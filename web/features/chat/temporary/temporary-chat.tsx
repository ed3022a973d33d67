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
    const leave = async ({ isSigningOut }: { isSigningOut: boolean }) => {
      if (!session.leaveTemporary(address)) return;
      // A frame follows what was said, and gets away with a page that goes; who signs out waits until it is done.
      if (!isSigningOut && session.sayLeft(address)) return;
      const url = urlOf('deleteConversation', { params: address });
      await fetch(url, { method: 'DELETE', keepalive: true }).catch(() => undefined);
    };
    const handleHide = () => void leave({ isSigningOut: false });
    // A page that the browser kept has left its conversation all the same.
    const handleShow = ({ persisted }: PageTransitionEvent) => persisted && location.reload();
    const forget = beforeLeaving(() => leave({ isSigningOut: true }));
    window.addEventListener('pagehide', handleHide);
    window.addEventListener('pageshow', handleShow);
    return () => {
      forget();
      window.removeEventListener('pagehide', handleHide);
      window.removeEventListener('pageshow', handleShow);
      void leave({ isSigningOut: false });
    };
  }, [session, address]);
  return children(address);
}
