/** Without `chatId` it is the default conversation with the agent. */
export interface ConversationAddress {
  agentId: string;
  chatId?: string;
}

export const conversationKey = ({ agentId, chatId }: ConversationAddress) =>
  chatId ? `${agentId}:${chatId}` : agentId;

/** In the address of a page, in place of the id of a conversation that has not begun. */
export const newConversation = 'new';
/** In its place for a temporary one: its id is nobody's to come back to. */
export const temporaryConversation = 'temporary';
