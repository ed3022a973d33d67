import { randomBytes } from 'node:crypto';
import type { BotState } from './bot-state.ts';
import { createChatView, presentChat, type ChatView, type SeenMessage } from './chat-view.ts';
import { presentMessage } from './methods.ts';
import type { TelegramMessage, TelegramUser } from './wire.ts';

interface FileOptions {
  caption?: string;
  /** The size Telegram tells, when it is not the size of the bytes. */
  size?: number;
  group?: string;
}

/** A person in a chat with a bot: what they can do there and what they see. Each act returns its update's id. */
export interface PersonInChat {
  userId: number;
  chat: ChatView;
  /** What the bot has written, oldest first. */
  answers(): SeenMessage[];
  say(text: string): number;
  /** In a topic of the chat, which begins with it. */
  sayIn(topic: number, text: string): number;
  /** Any message, as Telegram would deliver it. Returns its number in the chat. */
  post(content: Record<string, unknown>): number;
  edit(messageId: number, content: Record<string, unknown>): void;
  /** A text of any length, cut into messages as Telegram's programs do. */
  paste(text: string): void;
  sendPhoto(bytes: Buffer, options?: FileOptions): number;
  sendDocument(bytes: Buffer, options: FileOptions & { filename: string; mediaType?: string }): number;
  sendVoice(): number;
  sendVideo(): number;
  sendSticker(): number;
  press(messageId: number, data: string): number;
  block(): void;
  unblock(): void;
}

/** As Telegram Desktop does: at most 4,096 characters, cut at white space in the second half if there is any. */
function cut(text: string): string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (rest.length > 4_096) {
    const at = Math.max(rest.lastIndexOf('\n', 4_096), rest.lastIndexOf(' ', 4_096));
    const end = at > 2_048 ? at : 4_096;
    pieces.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return [...pieces, rest];
}

export function enterChat(
  bot: BotState,
  person: { id: number; firstName: string; languageCode?: string | undefined },
  group?: { id: number; title: string },
): PersonInChat {
  const chatId = group?.id ?? person.id;
  let chat = bot.chats.get(chatId);
  if (!chat) {
    chat = createChatView(chatId, group ? 'group' : 'private', group?.title ?? person.firstName);
    bot.chats.set(chatId, chat);
  }
  const view = chat;
  const from: TelegramUser = {
    ...{ id: person.id, is_bot: false, first_name: person.firstName },
    ...(person.languageCode !== undefined && { language_code: person.languageCode }),
  };

  function send(content: { text?: string; caption?: string; [part: string]: unknown }): number {
    const id = view.nextMessageId++;
    const seen = { from: 'person', silent: false, buttons: [], edits: 0, sentAt: Date.now() } as const;
    view.messages.push({ ...seen, id, buttons: [], text: content.text ?? content.caption ?? '' });
    const common = { message_id: id, date: Math.floor(Date.now() / 1_000), chat: presentChat(view), from };
    const entities = content.text?.startsWith('/')
      ? { entities: [{ type: 'bot_command', offset: 0, length: content.text.split(/\s/, 1)[0]?.length ?? 0 }] }
      : {};
    const message: TelegramMessage = { ...common, ...content, ...entities };
    return bot.queue({ message });
  }

  function keep(bytes: Buffer, path: string, size = bytes.length) {
    const fileId = randomBytes(20).toString('base64url');
    bot.files.set(fileId, { path, bytes, size });
    return { file_id: fileId, file_unique_id: fileId.slice(0, 15), file_size: size };
  }

  const around = ({ caption, group: album }: FileOptions) => ({
    ...(caption !== undefined && { caption }),
    ...(album !== undefined && { media_group_id: album }),
  });

  return {
    userId: person.id,
    chat: view,
    answers: () => view.messages.filter((message) => message.from === 'bot'),
    say: (text) => send({ text }),
    sayIn(topic, text) {
      view.topics.add(topic);
      return send({ text, message_thread_id: topic, is_topic_message: true });
    },
    post(content) {
      send(content);
      return view.nextMessageId - 1;
    },
    edit(messageId, content) {
      const date = Math.floor(Date.now() / 1_000);
      const common = { message_id: messageId, date, edit_date: date, chat: presentChat(view), from };
      bot.queue({ edited_message: { ...common, ...content } });
    },
    paste(text) {
      for (const piece of cut(text)) send({ text: piece });
    },
    sendPhoto(bytes, options = {}) {
      const number = bot.files.size;
      const small = { ...keep(Buffer.from('thumbnail'), `photos/file_${number}_s.jpg`), width: 90, height: 60 };
      const large = { ...keep(bytes, `photos/file_${number}.jpg`, options.size), width: 1_280, height: 853 };
      return send({ photo: [small, large], ...around(options) });
    },
    sendDocument(bytes, options) {
      const file = keep(bytes, `documents/file_${bot.files.size}`, options.size);
      const mediaType = options.mediaType ?? 'application/octet-stream';
      return send({ document: { ...file, file_name: options.filename, mime_type: mediaType }, ...around(options) });
    },
    sendVoice: () => send({ voice: { ...keep(Buffer.from('ogg'), 'voice/file_1.oga'), duration: 3 } }),
    sendVideo: () =>
      send({ video: { ...keep(Buffer.from('mp4'), 'videos/file_1.mp4'), duration: 3, width: 1, height: 1 } }),
    sendSticker: () => send({ sticker: { ...keep(Buffer.from('webp'), 'stickers/file_1.webp'), type: 'regular' } }),
    press(messageId, data) {
      const message = view.messages.find((candidate) => candidate.id === messageId);
      if (!message?.buttons.some((button) => button.data === data)) throw new Error('There is no such button.');
      const query = { id: randomBytes(8).toString('hex'), from, data, chat_instance: String(view.id) };
      return bot.queue({ callback_query: { ...query, message: presentMessage(bot, view, message) } });
    },
    block: () => void (view.blocked = true),
    unblock: () => void (view.blocked = false),
  };
}
