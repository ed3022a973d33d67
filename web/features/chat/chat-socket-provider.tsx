import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { hasSession } from '../../api/auth.ts';
import { onLeaving, reportSignedOut } from '../../api/client.ts';
import { chatKeys } from './chat-queries.ts';
import { hearWaiting, useWaiting } from '../approvals/waiting.ts';
import { agentKeys } from '../agents/agent-queries.ts';
import { sharedWithMeKey } from '../sharing/shared-with-me-key.ts';
import { useMe } from '../session/session-queries.ts';
import { createChatSession } from './chat-session.ts';
import type { ChatSession } from './chat-session-types.ts';
import { createChatSocket } from './chat-socket.ts';
import { createOutbox } from './outbox.ts';
import { useUnreadTitle } from './use-unread-title.ts';

const SessionContext = createContext<ChatSession | undefined>(undefined);

export function useChatSession(): ChatSession {
  const session = useContext(SessionContext);
  if (!session) throw new Error('Chat needs a ChatSocketProvider around it.');
  return session;
}

/** Mounted once for a signed-in person: holds the tab's socket, whatever page is shown. */
export function ChatSocketProvider({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient();
  const router = useRouter();
  const userId = useMe().id;
  const [{ socket, session }] = useState(() => {
    const created = createChatSocket({ url: socketUrl(), isSignedOut });
    const refreshLists = ({ agentId }: { agentId: string }) =>
      void queryClient.invalidateQueries({ queryKey: chatKeys.ofAgent(agentId) });
    const chatSession = createChatSession({
      socket: created,
      schedule: nextFrame,
      isHidden: () => document.hidden,
      onActivity: refreshLists,
    });
    return { socket: created, session: chatSession };
  });

  useEffect(() => {
    const nudge = () => {
      if (!document.hidden) socket.nudge();
    };
    const suspect = () => socket.suspect();
    socket.connect();
    // What comes to the server behind the end of the session would be refused, which the console tells as an error.
    const endLeaving = onLeaving((leaving) => {
      if (!leaving) return socket.connect();
      socket.close();
      void queryClient.cancelQueries();
    });
    window.addEventListener('online', nudge);
    window.addEventListener('offline', suspect);
    document.addEventListener('visibilitychange', nudge);
    return () => {
      endLeaving();
      window.removeEventListener('online', nudge);
      window.removeEventListener('offline', suspect);
      document.removeEventListener('visibilitychange', nudge);
      socket.close();
    };
  }, [socket, queryClient]);

  useEffect(() => {
    const outbox = createOutbox(userId);
    const letGo = session.keepIn(outbox);
    // Where the browser keeps nothing, it is lost with the tab.
    const warn = (event: BeforeUnloadEvent) => {
      if (session.wouldLose()) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => {
      window.removeEventListener('beforeunload', warn);
      letGo();
      outbox.close();
    };
  }, [session, userId]);

  useEffect(() => {
    let wasLost = false;
    return socket.subscribe((event) => {
      if (event.type === 'frame') hearWaiting(queryClient, event.frame);
      if (event.type === 'frame' && event.frame.type === 'agents') {
        void queryClient.invalidateQueries({ queryKey: agentKeys.all });
      }
      if (event.type === 'frame' && (event.frame.type === 'shares' || event.frame.type === 'agents')) {
        void queryClient.invalidateQueries({ queryKey: sharedWithMeKey });
      }
      if (event.type === 'lost') wasLost = true;
      // What could not be asked meanwhile, or has changed.
      else if (event.type === 'opened' && wasLost) {
        wasLost = false;
        void queryClient.resetQueries({ predicate: ({ state }) => state.status === 'error' });
        void queryClient.invalidateQueries();
        void router.invalidate();
      }
    });
  }, [socket, queryClient, router]);

  const unread = useSyncExternalStore(session.subscribe, () => session.snapshot().unread.size);
  useUnreadTitle(unread, useWaiting().count);

  return <SessionContext value={session}>{children}</SessionContext>;
}

function socketUrl(): string {
  const url = new URL('/api/ws', window.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

/** Asks over HTTP, and leads to the sign-in page when the session has ended. */
async function isSignedOut(): Promise<boolean> {
  if (await hasSession()) return false;
  reportSignedOut();
  return true;
}

/** A hidden tab paints no frames, but its unread marks and titles go on. */
function nextFrame(run: () => void) {
  if (document.hidden) setTimeout(run, 100);
  else requestAnimationFrame(run);
}
