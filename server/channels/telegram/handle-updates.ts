import type { CallbackQuery, Message, Update, User } from 'grammy/types';
import { ChatError } from '../../chat/chat-error.ts';
import { readButton } from './approval-display.ts';
import { joinPieces } from './belong-together.ts';
import { callSignal } from './bot-api.ts';
import { createBoundConversations } from './bound-conversations.ts';
import { findChat, noteWriter, type Writer } from './chat.queries.ts';
import { fileReadingTool } from '../../../contract/reading-tools.ts';
import type { ConversationMirror } from './conversation-mirror.ts';
import { createOwnReplies } from './own-replies.ts';
import type { OwnedBot, TelegramParts } from './ports.ts';
import { readMessage, type ReadMessage } from './read-message.ts';
import { escapeHtml } from './styled-text.ts';
import { takeFiles } from './take-files.ts';
import { textsIn, type TextsInLanguage } from './texts-in.ts';
import { maxAttempts } from './update-inbox.ts';
import { findSaidBefore, type StoredUpdate } from './update.queries.ts';

const groupPauseMs = 60 * 60_000;

/** Who writes, where, to which agent. */
interface Asker {
  chatId: number;
  userId: string;
  agentId: string;
  texts: TextsInLanguage;
}

/** What a message has that no agent gets, as a sentence each. */
function problemsOf({ isTooLarge, untaken }: ReadMessage, texts: TextsInLanguage): string[] {
  if (isTooLarge) return [texts.tooLarge];
  if (!untaken) return [];
  return [untaken.isRecording ? texts.recording : texts.untaken(untaken.kind)];
}

/** One paste as it was; of an album, each caption. */
function contentOf(read: readonly ReadMessage[], messages: readonly Message[]): string {
  const said = read.map((part) => part.text);
  return messages.every((message) => message.text !== undefined)
    ? joinPieces(said)
    : said.filter((text) => text !== '').join('\n\n');
}

/** Does what people ask of one bot. Each may run again after a crash: what was said before is not said twice. */
export function createUpdateHandler(parts: TelegramParts, bot: OwnedBot, mirror: ConversationMirror) {
  const { db, chat, links, agents } = parts;
  const { row, api, signal } = bot;
  /** Of the chats whose messages are being handled; those of one chat come one after the other. */
  const writers = new Map<number, Writer>();
  const reply = createOwnReplies(bot, writers);
  const { bind, current } = createBoundConversations(parts, bot, { mirror, writers });

  /** The agent that this person reaches through the bot, if they may use it now. */
  async function findAgent(userId: string): Promise<{ id: string; name: string } | undefined> {
    const agentId = row.isMain ? (await agents.findPersonal(userId))?.id : row.agentId;
    return agentId === undefined ? undefined : agents.findUsable(userId, agentId);
  }

  /** What is left of a question once its files were fetched; told are those that could not be. */
  async function say(stored: StoredUpdate[], read: ReadMessage[], content: string, who: Asker): Promise<void> {
    const { chatId, userId, agentId, texts } = who;
    const problems = read.flatMap((part) => problemsOf(part, texts));
    for (const sentence of new Set(problems)) await reply(chatId, sentence);
    const files = read.flatMap((part) => part.file ?? []);
    if (content === '' && files.length === 0) return;
    const conversation = await current(chatId, who);
    const isLastTry = (stored[0]?.attempts ?? 0) + 1 >= maxAttempts;
    const taken = await takeFiles(parts, bot, files, { userId, agentId, isLastTry, texts });
    const { attachmentIds, refused } = taken;
    for (const sentence of new Set(refused.map((file) => file.sentence))) await reply(chatId, sentence);
    const isEmpty = content === '' && attachmentIds.length === 0;
    if (taken.needsReading && !(await readsFiles(who))) await reply(chatId, texts.unread);
    if (isEmpty) return;
    const notes = refused.map(({ filename }) => `(With the file ${filename}, which could not be fetched.)`);
    const said = [content, ...notes].filter((part) => part !== '').join('\n\n');
    const clientMessageId = stored[0]?.clientMessageId ?? '';
    const chatIdOfConversation = conversation.isDefault ? undefined : conversation.id;
    await chat.say({ userId, agentId, chatId: chatIdOfConversation, clientMessageId, content: said, attachmentIds });
    mirror.show(chatId);
  }

  async function readsFiles({ userId, agentId }: Asker): Promise<boolean> {
    const grant = await parts.agents.findGrant({ userId, agentId });
    return grant?.allowedTools.includes(fileReadingTool) ?? false;
  }

  /** What an edit says now is said again: what was answered is not unsaid. */
  async function amend(stored: StoredUpdate[], message: Message, who: Asker): Promise<void> {
    const [update] = stored;
    const { texts } = who;
    // A live location is edited every few seconds.
    if (!update || message.location) return;
    const before = await findSaidBefore(db, update);
    if (before === update.said) return;
    const read = readMessage(message);
    if (read.command !== undefined) return reply(who.chatId, texts.editedCommand);
    const isSameFile = before?.split(' ')[1] === update.said?.split(' ')[1];
    const now = isSameFile ? { ...read, file: undefined, untaken: undefined, isTooLarge: false } : read;
    await say(stored, [now], read.text === '' ? '' : `${texts.edited}\n\n${read.text}`, who);
  }

  async function runCommand(command: string, who: Asker & { agentName: string }) {
    const { chatId, texts } = who;
    switch (command) {
      case 'start':
        await current(chatId, who);
        return reply(chatId, texts.welcome(`<b>${escapeHtml(who.agentName)}</b>`));
      case 'new':
        await bind(chatId, await chat.begin(who));
        return reply(chatId, texts.begun);
      case 'stop': {
        const conversation = await current(chatId, who);
        const wasRunning = await chat.isRunning(conversation.id);
        await chat.abort(conversation);
        return reply(chatId, wasRunning ? texts.stopped : texts.idle);
      }
      default:
        return reply(chatId, texts.help);
    }
  }

  async function offerPairing(chatId: number, person: User): Promise<void> {
    const { id: telegramUserId, language_code: language } = person;
    const texts = textsIn(language);
    const offer = await links.offerPairing({ botId: row.id, telegramUserId, language: language ?? null });
    await reply(chatId, 'code' in offer ? texts.pair(offer.code, offer.minutes) : texts.pairLater(offer.waitMinutes));
  }

  async function handleMessages(stored: StoredUpdate[], messages: Message[], isEdit: boolean): Promise<void> {
    const [message] = messages;
    if (!message?.from || message.from.is_bot) return;
    const read = messages.map(readMessage);
    if (read.every((part) => part.isService)) return;
    const chatId = message.chat.id;
    const { is_topic_message: isInTopic, message_thread_id: topicId } = message;
    const language = message.from.language_code ?? null;
    const texts = textsIn(language);
    writers.set(chatId, { topicId: isInTopic && topicId !== undefined ? topicId : null, language });
    if (message.chat.type !== 'private') return reply(chatId, texts.group, groupPauseMs);
    const userId = await links.findUser(message.from.id);
    if (userId === undefined) return offerPairing(chatId, message.from);
    const agent = await findAgent(userId);
    if (!agent) return reply(chatId, texts.refused);
    const who = { chatId, userId, agentId: agent.id, texts };
    await noteWriter(db, { botId: row.id, chatId, topicId: null, language, ...writers.get(chatId) });
    const command = read[0]?.command;
    try {
      if (isEdit) await amend(stored, message, who);
      else if (command !== undefined) await runCommand(command, { ...who, agentName: agent.name });
      else await say(stored, read, contentOf(read, messages), who);
    } catch (error) {
      await explain(chatId, error, texts);
    }
  }

  /** A button under a call that waits. Only the conversation's own person decides, through the agent's own bot. */
  async function press(query: CallbackQuery): Promise<string> {
    const texts = textsIn(query.from.language_code);
    const button = readButton(query.data ?? '');
    const userId = await links.findUser(query.from.id);
    if (!button || userId === undefined || query.message?.chat.type !== 'private') return texts.button;
    const { approvalId, decision } = button;
    const approval = await chat.approvals.find({ userId, approvalId });
    if (!approval || (await findAgent(userId))?.id !== approval.agentId) return texts.button;
    try {
      await chat.approvals.decide({ userId, approvalId, decision, channel: 'telegram' });
      return decision === 'approve' ? texts.approved : texts.denied;
    } catch (error) {
      if (error instanceof ChatError) return texts.say(error.message);
      throw error;
    } finally {
      mirror.show(query.message.chat.id);
    }
  }

  /** What the person can do something about is told to them; the rest is tried again. */
  async function explain(chatId: number, error: unknown, texts: TextsInLanguage): Promise<void> {
    if (error instanceof ChatError && error.code === 'not_found') return reply(chatId, texts.refused);
    if (error instanceof ChatError && error.code !== 'runtime_unavailable' && error.code !== 'internal') {
      return reply(chatId, escapeHtml(await texts.say(error.message)));
    }
    throw error;
  }

  return {
    async updates(stored: StoredUpdate[]): Promise<void> {
      const updates = stored.flatMap(({ payload }) => (payload as Update | null) ?? []);
      const query = updates[0]?.callback_query;
      if (query) {
        const text = await press(query);
        // Telegram takes no answer to an old press; the message itself tells what came of it.
        await api.direct.answerCallbackQuery(query.id, { text }, callSignal(signal)).catch(() => undefined);
        return;
      }
      const edited = updates.flatMap((update) => update.edited_message ?? []);
      const messages = updates.flatMap((update) => update.message ?? []);
      await (edited.length > 0 ? handleMessages(stored, edited, true) : handleMessages(stored, messages, false));
    },
    async lost(stored: StoredUpdate[]): Promise<void> {
      const chatId = stored[0]?.chatId;
      if (chatId === null || chatId === undefined) return;
      const language = writers.get(chatId)?.language ?? (await findChat(db, row.id, chatId))?.language;
      await reply(chatId, textsIn(language).lost);
    },
  };
}
