import type { ServerFrame } from '../../../contract/socket.ts';
import type { Signal } from '../../db/signals.ts';

/** Which conversation, and whose. */
export interface ConversationReference {
  id: string;
  agentId: string;
  userId: string;
  isDefault: boolean;
  /** Tabs that do not show it hear nothing of it. */
  temporary: boolean;
}

/** The fields that name a conversation in every frame about it. */
export function addressOf(conversation: ConversationReference): { agentId: string; chatId?: string } {
  return conversation.isDefault
    ? { agentId: conversation.agentId }
    : { agentId: conversation.agentId, chatId: conversation.id };
}

/** `change` where nothing was said: that is no news to a person. */
export const changedFrame = (
  conversation: ConversationReference,
  change?: 'renamed' | 'updated' | 'deleted' | 'branched' | undefined,
): ServerFrame => ({
  type: 'changed',
  ...addressOf(conversation),
  ...(change && { change }),
});

type ConversationSignal = Extract<Signal, { kind: 'conversation' }>;

/** Tells every replica what happened in a conversation. */
export const conversationSignal = (
  { id: conversationId, agentId, userId, isDefault, temporary }: ConversationReference,
  change: ConversationSignal['change'],
): ConversationSignal => ({ kind: 'conversation', conversationId, agentId, userId, isDefault, temporary, change });
