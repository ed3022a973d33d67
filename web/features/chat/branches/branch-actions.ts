import { createContext, useMemo } from 'react';
import { newId } from '../../../ui/new-id.ts';
import type { ConversationAddress } from '../conversation-address.ts';
import { useChatSession } from '../chat-socket-provider.tsx';
import type { ConversationState } from '../conversation-types.ts';

/** How a conversation is led on in another way from one of its messages. */
export interface BranchActions {
  edit(messageId: string, content: string): void;
  regenerate(messageId: string, model?: string): void;
  show(messageId: string): void;
  /** Whether another model may be asked. */
  choosesModel: boolean;
}

/** Undefined while nothing may branch: an answer is written, or there is no connection. */
export const BranchActionsContext = createContext<BranchActions | undefined>(undefined);

export function useBranchActions(
  address: ConversationAddress,
  { run, outgoing, messages }: ConversationState,
  { connected, choosesModel }: { connected: boolean; choosesModel: boolean },
): BranchActions | undefined {
  const session = useChatSession();
  const isCalm = connected && !run && outgoing.length === 0 && !messages.some(({ awaiting }) => awaiting);
  return useMemo((): BranchActions | undefined => {
    if (!isCalm) return undefined;
    const clientMessageId = () => newId();
    return {
      edit: (messageId, content) =>
        session.request(address, { type: 'edit', messageId, content, clientMessageId: clientMessageId() }),
      regenerate: (messageId, model) =>
        session.request(address, {
          type: 'regenerate',
          messageId,
          clientMessageId: clientMessageId(),
          ...(model !== undefined && { model }),
        }),
      show: (messageId) => session.request(address, { type: 'branch', messageId }),
      choosesModel,
    };
  }, [session, address, isCalm, choosesModel]);
}
