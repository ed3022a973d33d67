import type { ServerFrame } from '../../contract/socket.ts';

/** Which conversation, and whose. */
export interface ConversationReference {
  id: string;
  agentId: string;
  userId: string;
  isDefault: boolean;
}

/** The fields that name a conversation in every frame about it. */
export function addressOf(conversation: ConversationReference): { agentId: string; chatId?: string } {
  return conversation.isDefault
    ? { agentId: conversation.agentId }
    : { agentId: conversation.agentId, chatId: conversation.id };
}

export const changedFrame = (conversation: ConversationReference): ServerFrame => ({
  type: 'changed',
  ...addressOf(conversation),
});
