import { newId } from '../../ui/new-id.ts';
import type { ConversationAddress } from './conversation-address.ts';

/** Conversations of this tab that begin with the next message said in them, and those that are not kept. */
export interface Beginnings {
  /** The one with this agent that begins next; the same until it has. */
  unbegun(agentId: string): ConversationAddress;
  /** What is said under this address is not kept. */
  noteTemporary(address: ConversationAddress): void;
  isTemporary(address: ConversationAddress): boolean;
  isUnsaid(address: ConversationAddress): boolean;
  said(address: ConversationAddress): void;
  /** The only message was taken back. */
  unsaid(address: ConversationAddress): void;
  /** A temporary one is left. Returns whether anything had been said in it. */
  leave(address: ConversationAddress): boolean;
}

export function createBeginnings(): Beginnings {
  const unbegun = new Map<string, string>();
  /** For good: what was once meant to be temporary is never sent to be kept. */
  const temporary = new Map<string, 'unsaid' | 'said' | 'left'>();
  const isTemporary = ({ chatId }: ConversationAddress) => chatId !== undefined && temporary.has(chatId);
  return {
    unbegun(agentId) {
      const chatId = unbegun.get(agentId) ?? newId();
      unbegun.set(agentId, chatId);
      return { agentId, chatId };
    },
    noteTemporary({ chatId }) {
      if (chatId && !temporary.has(chatId)) temporary.set(chatId, 'unsaid');
    },
    isTemporary,
    isUnsaid: ({ agentId, chatId }) =>
      chatId !== undefined && (unbegun.get(agentId) === chatId || temporary.get(chatId) === 'unsaid'),
    said({ agentId, chatId }) {
      if (chatId && temporary.has(chatId)) temporary.set(chatId, 'said');
      else if (unbegun.get(agentId) === chatId) unbegun.delete(agentId);
    },
    unsaid(address) {
      const { agentId, chatId } = address;
      if (!chatId) return;
      if (isTemporary(address)) temporary.set(chatId, 'unsaid');
      else unbegun.set(agentId, chatId);
    },
    leave({ chatId }) {
      if (chatId === undefined || temporary.get(chatId) !== 'said') return false;
      temporary.set(chatId, 'left');
      return true;
    },
  };
}
