import { useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { ConversationAddress } from './conversation-address.ts';
import { useChatSession } from './chat-socket-provider.tsx';
import type { ConversationState } from './conversation-types.ts';
import type { TranscriptRow } from './transcript-rows.ts';

interface Places {
  scrollToIndex: (index: number, options: { align: 'center' }) => void;
}

/** Opens a conversation at the message that its address names, however far back: once, and then the reader is free. Returns its id. */
export function usePlace(
  address: ConversationAddress,
  state: ConversationState,
  rows: readonly TranscriptRow[],
  places: Places,
): string | undefined {
  const { at } = useSearch({ strict: false });
  const session = useChatSession();
  const reached = useRef<string>(undefined);
  useEffect(() => {
    if (!at || reached.current === at || !state.loaded) return undefined;
    const index = rows.findIndex((row) => row.kind === 'message' && row.steps.some(({ id }) => id === at));
    if (index < 0) {
      session.loadOlder(address);
      return undefined;
    }
    // After the list has jumped to its end, which it does twice.
    let left = 3;
    let frame = requestAnimationFrame(function jump() {
      places.scrollToIndex(index, { align: 'center' });
      left -= 1;
      if (left > 0) frame = requestAnimationFrame(jump);
      else reached.current = at;
    });
    return () => cancelAnimationFrame(frame);
  }, [at, address, state, rows, places, session]);
  return at;
}
