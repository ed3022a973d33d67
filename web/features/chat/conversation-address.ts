/** In the address of a page, in place of the id of a conversation that has not begun. */
export const newConversation = 'new';
