import { randomBytes } from 'node:crypto';
import type { ChatView } from './chat-view.ts';
import { TelegramFault, type TelegramUpdate, type TelegramUser } from './wire.ts';

export interface DoubleBot {
  id: number;
  token: string;
  username: string;
}

interface Poll {
  /** Answers the waiting request. */
  end(result: TelegramUpdate[] | TelegramFault): void;
  offset: number | undefined;
}

/** One bot on Telegram's side: its queue of updates, who polls, and its webhook. */
export interface BotState extends DoubleBot {
  chats: Map<number, ChatView>;
  files: Map<string, { path: string; bytes: Buffer; size: number }>;
  commands: { command: string; description: string }[];
  webhook: { url: string; secret: string | undefined } | undefined;
  webhookError: { date: number; message: string } | undefined;
  answeredButtons: { id: string; text: string | undefined }[];
  pending: TelegramUpdate[];
  user(): TelegramUser;
  queue(update: Omit<TelegramUpdate, 'update_id'>): number;
  /** Long polling: at most one at a time, the newer one ends the older one with 409. */
  poll(request: {
    offset?: number | undefined;
    timeout: number;
    onGone: (gone: () => void) => void;
  }): Promise<TelegramUpdate[]>;
  readonly isPolled: boolean;
}

const conflict = 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running';
const webhookActive =
  "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";

export function createBotState(options: { username: string; onQueued: (bot: BotState) => void }): BotState {
  const id = 100_000_000 + (randomBytes(4).readUInt32BE() % 899_999_999);
  let nextUpdateId = 10_000 + (randomBytes(2).readUInt16BE() % 10_000);
  let current: Poll | undefined;

  function confirm(offset: number | undefined): void {
    if (offset !== undefined) bot.pending = bot.pending.filter((update) => update.update_id >= offset);
  }

  const bot: BotState = {
    id,
    token: `${id}:${randomBytes(26).toString('base64url').slice(0, 35)}`,
    username: options.username,
    chats: new Map(),
    files: new Map(),
    commands: [],
    webhook: undefined,
    webhookError: undefined,
    answeredButtons: [],
    pending: [],
    user: () => ({ id, is_bot: true, first_name: bot.username, username: bot.username }),
    get isPolled() {
      return current !== undefined;
    },
    queue(update) {
      const queued = { update_id: nextUpdateId++, ...update };
      bot.pending.push(queued);
      const poll = current;
      // Telegram gathers what comes in quick succession into one answer.
      if (poll) setTimeout(() => poll.end(bot.pending.slice(0, 100)), 2);
      options.onQueued(bot);
      return queued.update_id;
    },
    poll({ offset, timeout, onGone }) {
      if (bot.webhook) throw new TelegramFault(409, webhookActive);
      current?.end(new TelegramFault(409, conflict));
      confirm(offset);
      if (bot.pending.length > 0 || timeout === 0) return Promise.resolve(bot.pending.slice(0, 100));
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => poll.end([]), timeout * 1_000);
        const poll: Poll = {
          offset,
          end(result) {
            clearTimeout(timer);
            if (current === poll) current = undefined;
            if (result instanceof TelegramFault) reject(result);
            else resolve(result);
          },
        };
        current = poll;
        onGone(() => poll.end([]));
      });
    },
  };
  return bot;
}
