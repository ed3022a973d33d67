import { LRUCache } from 'lru-cache';
import type { Signals } from '../../db/signals.ts';
import type { ConversationReference } from './conversation-reference.ts';

interface Who {
  userId: string;
  agentId: string;
  chatId: string | undefined;
}

/**
 * Which conversations people were in lately. What names one never changes until it is deleted, which signals tell; whoever uses
 * one all the same finds it gone when locking it.
 */
export interface KnownConversations {
  find(who: Who): ConversationReference | undefined;
  note(who: Who, conversation: ConversationReference): void;
  forget(who: Who): void;
}

export function createKnownConversations(
  signals: Pick<Signals, 'listening' | 'onSignal' | 'onReset'>,
): KnownConversations {
  const known = new LRUCache<string, ConversationReference>({ max: 5_000 });
  const keyOf = ({ userId, agentId, chatId = 'default' }: Who) => `${userId} ${agentId} ${chatId}`;

  signals.onSignal((signal) => {
    if (signal.kind !== 'conversation' || signal.change !== 'deleted') return;
    const { userId, agentId, conversationId: chatId } = signal;
    known.delete(keyOf({ userId, agentId, chatId }));
    if (signal.isDefault) known.delete(keyOf({ userId, agentId, chatId: undefined }));
  });
  signals.onReset(() => known.clear());

  return {
    find: (who) => (signals.listening ? known.get(keyOf(who)) : undefined),
    note: (who, conversation) => void (signals.listening && known.set(keyOf(who), conversation)),
    forget: (who) => void known.delete(keyOf(who)),
  };
}
