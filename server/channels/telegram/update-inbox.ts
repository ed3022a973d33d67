import type { Update } from 'grammy/types';
import { takeTogether } from './belong-together.ts';
import { pause, backoff } from './pause.ts';
import type { OwnedBot, TelegramParts } from './ports.ts';
import { chatIdOf, countAttempt, findNextUpdates, listOpenChats, markHandled, storeUpdates } from './update.queries.ts';
import type { StoredUpdate } from './update.queries.ts';

/** Handles what was stored: chat by chat in the order in which it was said, each update once. */
export interface UpdateInbox {
  /** Returns once the updates are committed. */
  receive(updates: readonly Update[]): Promise<void>;
  /** Looks for stored updates that nobody handles yet. */
  wake(): Promise<void>;
  /** Resolves when what is being handled is done. */
  settled(): Promise<void>;
}

/** How often an update is tried. */
export const maxAttempts = 6;

/** @param handle what to do with one update, or with those of one question. May run again after a crash, so it must stand that. */
export function createUpdateInbox(
  { db, timings, log }: Pick<TelegramParts, 'db' | 'timings' | 'log'>,
  bot: OwnedBot,
  handle: {
    updates(stored: StoredUpdate[]): Promise<void>;
    /** It failed for the last time. */
    lost(stored: StoredUpdate[]): Promise<void>;
  },
): UpdateInbox {
  const botId = bot.row.id;
  const working = new Map<number | null, Promise<void>>();
  const again = new Set<number | null>();

  function startChat(chatId: number | null): void {
    if (working.has(chatId)) {
      again.add(chatId);
      return;
    }
    const work = workThrough(chatId)
      .catch((error: unknown) => log.warn({ error, botId }, 'a Telegram chat could not be worked through'))
      .finally(() => {
        working.delete(chatId);
        if (again.delete(chatId) && !bot.signal.aborted) startChat(chatId);
      });
    working.set(chatId, work);
  }

  async function workThrough(chatId: number | null): Promise<void> {
    while (!bot.signal.aborted) {
      again.delete(chatId);
      const { updates: next, mayGrow } = takeTogether(await findNextUpdates(db, botId, chatId));
      const newest = next.at(-1);
      if (!newest) return;
      const wait = mayGrow ? timings.album - newest.ageMs : 0;
      if (wait > 0) {
        await pause(wait + 10, bot.signal);
        continue;
      }
      await handleOnce(next);
    }
  }

  async function handleOnce(stored: StoredUpdate[]): Promise<void> {
    try {
      await handle.updates(stored);
      await markHandled(db, stored);
    } catch (error) {
      if (bot.signal.aborted) return;
      const attempt = (stored[0]?.attempts ?? 0) + 1;
      log.warn({ error, botId, updateId: stored[0]?.updateId, attempt }, 'a Telegram update could not be handled');
      await countAttempt(db, stored);
      if (attempt < maxAttempts) return pause(backoff(attempt, 500, 10_000), bot.signal);
      await handle.lost(stored).catch(() => undefined);
      await markHandled(db, stored);
    }
  }

  async function wake(): Promise<void> {
    for (const chatId of await listOpenChats(db, botId)) startChat(chatId);
  }

  return {
    async receive(updates) {
      await storeUpdates(db, botId, updates);
      for (const update of updates) startChat(chatIdOf(update));
    },
    wake,
    settled: async () => void (await Promise.all(working.values())),
  };
}
