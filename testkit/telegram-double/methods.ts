import type { BotState } from './bot-state.ts';
import { presentChat, type ChatView, type SeenMessage } from './chat-view.ts';
import { HtmlRefused, parseTelegramHtml } from './html.ts';
import { badRequest, TelegramFault } from './wire.ts';

export type Payload = Record<string, unknown>;
export interface MethodContext {
  resolvesHost: (host: string) => boolean;
  onGone: (gone: () => void) => void;
}
type Method = (bot: BotState, payload: Payload, context: MethodContext) => unknown;

/** Files that a bot may download: https://core.telegram.org/bots/api#getfile */
const maxFileBytes = 20 * 1024 * 1024;

/** The methods by their lower-case names; Telegram does not mind the case. */
export const methods: Record<string, Method> = {
  getme: (bot) => ({
    ...bot.user(),
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
  }),
  getupdates: (bot, payload, { onGone }) =>
    bot.poll({ offset: optionalNumber(payload['offset']), timeout: optionalNumber(payload['timeout']) ?? 0, onGone }),
  setwebhook(bot, payload, { resolvesHost }) {
    const address = String(payload['url'] ?? '');
    if (address === '') return methods['deletewebhook']?.(bot, payload, { resolvesHost, onGone: () => {} });
    const url = URL.parse(address);
    if (url?.protocol !== 'https:') throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
    if (!['', '443', '80', '88', '8443'].includes(url.port)) {
      throw badRequest('bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443');
    }
    if (!resolvesHost(url.hostname)) {
      throw badRequest('bad webhook: Failed to resolve host: Name or service not known');
    }
    const secret = payload['secret_token'] === undefined ? undefined : String(payload['secret_token']);
    if (secret !== undefined && !/^[A-Za-z0-9_-]{1,256}$/.test(secret)) {
      throw badRequest('secret token contains unallowed characters');
    }
    bot.webhook = { url: address, secret };
    bot.webhookError = undefined;
    return true;
  },
  deletewebhook(bot, payload) {
    bot.webhook = undefined;
    if (payload['drop_pending_updates'] === true) bot.pending = [];
    return true;
  },
  getwebhookinfo: (bot) => ({
    url: bot.webhook?.url ?? '',
    has_custom_certificate: false,
    pending_update_count: bot.pending.length,
    ...(bot.webhookError && { last_error_date: bot.webhookError.date, last_error_message: bot.webhookError.message }),
  }),
  setmycommands(bot, payload) {
    bot.commands = payload['commands'] as BotState['commands'];
    return true;
  },
  sendmessage(bot, payload) {
    const chat = requireChat(bot, payload);
    const topic = optionalNumber(payload['message_thread_id']);
    if (topic !== undefined && !chat.topics.has(topic)) throw badRequest('message thread not found');
    const content = readText(payload, 'message is too long');
    const message: SeenMessage = {
      id: chat.nextMessageId++,
      from: 'bot',
      ...content,
      silent: payload['disable_notification'] === true,
      buttons: readButtons(payload),
      ...(topic !== undefined && { topic }),
      edits: 0,
      sentAt: Date.now(),
    };
    chat.messages.push(message);
    return presentMessage(bot, chat, message);
  },
  editmessagetext(bot, payload) {
    const chat = requireChat(bot, payload);
    const message = chat.messages.find((candidate) => candidate.id === payload['message_id']);
    if (!message) throw badRequest('message to edit not found');
    if (message.from !== 'bot') throw badRequest("message can't be edited");
    const content = readText(payload, 'MESSAGE_TOO_LONG');
    const buttons = readButtons(payload);
    const isSame =
      message.text === content.text &&
      message.html === content.html &&
      JSON.stringify(message.buttons) === JSON.stringify(buttons);
    if (isSame) {
      throw badRequest(
        'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
      );
    }
    delete message.html;
    Object.assign(message, content, { buttons });
    message.edits += 1;
    return presentMessage(bot, chat, message);
  },
  deletemessage(bot, payload) {
    const chat = requireChat(bot, payload);
    const index = chat.messages.findIndex((candidate) => candidate.id === payload['message_id']);
    if (index === -1) throw badRequest('message to delete not found');
    chat.messages.splice(index, 1);
    return true;
  },
  sendchataction(bot, payload) {
    if (payload['action'] !== 'typing') throw badRequest('wrong parameter action in request');
    requireChat(bot, payload).typing.push(Date.now());
    return true;
  },
  answercallbackquery(bot, payload) {
    const text = payload['text'] === undefined ? undefined : String(payload['text']);
    bot.answeredButtons.push({ id: String(payload['callback_query_id']), text });
    return true;
  },
  getfile(bot, payload) {
    const id = String(payload['file_id'] ?? '');
    const file = bot.files.get(id);
    if (!file) throw badRequest('invalid file_id');
    if (file.size > maxFileBytes) throw badRequest('file is too big');
    return { file_id: id, file_unique_id: id.slice(0, 15), file_size: file.size, file_path: file.path };
  },
};

function requireChat(bot: BotState, payload: Payload): ChatView {
  const id = Number(payload['chat_id']);
  if (!Number.isSafeInteger(id)) throw badRequest('chat_id is empty');
  const chat = bot.chats.get(id);
  if (!chat) throw badRequest('chat not found');
  if (chat.messages.length === 0)
    throw new TelegramFault(403, "Forbidden: bot can't initiate conversation with a user");
  if (chat.blocked) throw new TelegramFault(403, 'Forbidden: bot was blocked by the user');
  return chat;
}

const visible = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}]/u;

/** The limit counts UTF-16 units after the markup was parsed. */
function readText(payload: Payload, tooLong: string): { text: string; html?: string } {
  const source = String(payload['text'] ?? '');
  let parsed = source;
  if (payload['parse_mode'] === 'HTML') {
    try {
      parsed = parseTelegramHtml(source).text;
    } catch (error) {
      if (error instanceof HtmlRefused) throw badRequest(`can't parse entities: ${error.message}`);
      throw error;
    }
  } else if (payload['parse_mode'] !== undefined) {
    throw badRequest('unsupported parse_mode');
  }
  const text = parsed.trim();
  if (text === '') throw badRequest('message text is empty');
  if (!visible.test(text)) throw badRequest('text must be non-empty');
  if (parsed.length > 4_096) throw badRequest(tooLong);
  return payload['parse_mode'] === 'HTML' ? { text, html: source } : { text };
}

function readButtons(payload: Payload): SeenMessage['buttons'] {
  const markup = payload['reply_markup'] as
    { inline_keyboard?: { text: string; callback_data: string }[][] } | undefined;
  return (markup?.inline_keyboard ?? []).flat().map((button) => {
    if (Buffer.byteLength(button.callback_data) > 64) throw badRequest('BUTTON_DATA_INVALID');
    return { text: button.text, data: button.callback_data };
  });
}

export const presentMessage = (bot: BotState, chat: ChatView, message: SeenMessage) => ({
  message_id: message.id,
  date: Math.floor(message.sentAt / 1_000),
  chat: presentChat(chat),
  from: bot.user(),
  text: message.text,
});

const optionalNumber = (value: unknown): number | undefined => (value === undefined ? undefined : Number(value));
