import type { TelegramMessage } from './wire.ts';

/** What a message looks like to the person who reads the chat. */
export interface SeenMessage {
  id: number;
  from: 'bot' | 'person';
  /** Without markup. */
  text: string;
  /** The markup that was sent, when there was any. */
  html?: string;
  silent: boolean;
  buttons: { text: string; data: string }[];
  /** Where it shows, in a chat with topics. */
  topic?: number;
  /** How often it was edited. */
  edits: number;
  sentAt: number;
}

/** One chat of a bot. */
export interface ChatView {
  id: number;
  type: 'private' | 'group';
  title: string;
  messages: SeenMessage[];
  /** When the bot showed that it is typing. */
  typing: number[];
  blocked: boolean;
  nextMessageId: number;
  /** Topics that there are. */
  topics: Set<number>;
}

export const createChatView = (id: number, type: ChatView['type'], title: string): ChatView => ({
  id,
  type,
  title,
  messages: [],
  typing: [],
  blocked: false,
  nextMessageId: 1,
  topics: new Set(),
});

export const presentChat = (chat: ChatView): TelegramMessage['chat'] =>
  chat.type === 'private'
    ? { id: chat.id, type: 'private', first_name: chat.title }
    : { id: chat.id, type: 'group', title: chat.title };
