import type { ConversationReference } from '../../chat/conversations/conversation-reference.ts';
import { findChat, listBehindChats, listBoundChats, updateChat } from './chat.queries.ts';
import { backoff, pause } from './pause.ts';
import type { OwnedBot, TelegramParts } from './ports.ts';
import { createRunDisplay } from './run-display.ts';
import { faultOf } from './telegram-fault.ts';

/**
 * Shows on Telegram what happens in the conversations that chats are bound to, wherever it was said. How far each chat
 * was shown is stored after it was sent: after a crash the rest is sent, and at worst a part twice.
 */
export interface ConversationMirror {
  /** The chat shows this conversation from now on. */
  watch(chatId: number, conversationId: string): void;
  /** Something moved in a conversation. */
  heard(conversationId: string): void;
  /** Brings a chat up to date. */
  show(chatId: number): void;
  /** Looks for chats that are behind, whatever was heard. */
  sweep(): Promise<void>;
  /** Resolves when all chats are up to date or wait for answers that still grow. */
  settled(): Promise<void>;
}

interface ShownChat {
  work: Promise<void>;
  /** Something moved meanwhile. */
  again: boolean;
  /** It waits for a growing answer, or for Telegram. */
  isWaiting: boolean;
  nudge: AbortController;
}

export function createConversationMirror(parts: TelegramParts, bot: OwnedBot): ConversationMirror {
  const { db, chat, links, agents, timings, log } = parts;
  const botId = bot.row.id;
  const watched = new Map<string, Set<number>>();
  const shown = new Map<number, ShownChat>();

  function watch(chatId: number, conversationId: string): void {
    for (const chats of watched.values()) chats.delete(chatId);
    watched.set(conversationId, (watched.get(conversationId) ?? new Set()).add(chatId));
  }

  function show(chatId: number): void {
    const current = shown.get(chatId);
    if (current) {
      current.again = true;
      current.nudge.abort();
      return;
    }
    const entry: ShownChat = { work: Promise.resolve(), again: false, isWaiting: false, nudge: new AbortController() };
    shown.set(chatId, entry);
    entry.work = keepUp(chatId, entry)
      .catch((error: unknown) => log.warn({ error, botId }, 'a Telegram chat could not be shown'))
      .finally(() => {
        shown.delete(chatId);
        if (entry.again && !bot.signal.aborted) show(chatId);
      });
  }

  async function keepUp(chatId: number, entry: ShownChat): Promise<void> {
    const display = createRunDisplay(parts, bot, chatId);
    for (let failures = 0; !bot.signal.aborted;) {
      entry.again = false;
      entry.nudge = new AbortController();
      let wait: number;
      try {
        const next = await showNext(chatId, display);
        if (next === 'up-to-date') return;
        failures = 0;
        wait = next === 'growing' ? timings.refresh : 0;
      } catch (error) {
        if (bot.signal.aborted) return;
        const fault = faultOf(error);
        if (fault?.kind === 'closed') return await updateChat(db, { botId, chatId }, { isClosed: true });
        failures += 1;
        log.warn({ reason: fault?.description ?? error, botId }, 'an answer could not be sent to Telegram yet');
        wait = Math.max(backoff(failures, 1_000, 60_000), (fault?.retryAfterSeconds ?? 0) * 1_000);
        // Only time helps here.
        entry.nudge = new AbortController();
      }
      entry.isWaiting = wait > 0;
      if (wait > 0) await pause(wait, failures > 0 ? bot.signal : AbortSignal.any([bot.signal, entry.nudge.signal]));
      entry.isWaiting = false;
    }
  }

  async function showNext(
    chatId: number,
    display: ReturnType<typeof createRunDisplay>,
  ): Promise<'up-to-date' | 'growing' | 'shown'> {
    const row = await findChat(db, botId, chatId);
    if (!row?.conversationId || row.isClosed) return 'up-to-date';
    const conversation = await chat.find(row.conversationId);
    const [run] = conversation ? await chat.readRuns(conversation.id, row.shownThrough) : [];
    if (!conversation || !run) return 'up-to-date';
    if (!(await mayRead(chatId, conversation))) {
      if (!run.ended) return 'up-to-date';
    } else {
      await display.show(run, row);
      if (!run.ended) return 'growing';
    }
    await updateChat(db, row, { shownThrough: run.position, answer: null });
    return 'shown';
  }

  /** Asked for each run: the link, the person or the agent may have changed since it was asked for. */
  async function mayRead(chatId: number, { userId, agentId }: ConversationReference): Promise<boolean> {
    if ((await links.findUser(chatId)) !== userId) return false;
    const ownAgentId = bot.row.isMain ? (await agents.findPersonal(userId))?.id : bot.row.agentId;
    return ownAgentId === agentId && (await agents.findUsable(userId, agentId)) !== undefined;
  }

  return {
    watch,
    show,
    heard(conversationId) {
      for (const chatId of watched.get(conversationId) ?? []) show(chatId);
    },
    async sweep() {
      for (const { chatId, conversationId } of await listBoundChats(db, botId)) {
        if (conversationId && !watched.get(conversationId)?.has(chatId)) watch(chatId, conversationId);
      }
      for (const chatId of await listBehindChats(db, botId)) if (!shown.has(chatId)) show(chatId);
    },
    async settled() {
      while ([...shown.values()].some((entry) => !entry.isWaiting)) await pause(20, bot.signal);
    },
  };
}
