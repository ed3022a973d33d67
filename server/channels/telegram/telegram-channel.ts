import { timingSafeEqual } from 'node:crypto';
import type { Update } from 'grammy/types';
import type { Signal } from '../../db/signals.ts';
import { findBot, type BotRow } from '../../features/telegram/bot.queries.ts';
import type { TelegramWebhook } from '../../features/telegram/telegram.routes.ts';
import { settingKeys } from '../../features/settings/setting-keys.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import { createBotApi, webhookSecret } from './bot-api.ts';
import { claimBots, releaseBots } from './bot-lease.queries.ts';
import { createAnswerFormatter } from './format-answer.ts';
import { startBotWorker, type BotWorker } from './bot-worker.ts';
import { defaultTelegramTimings, type TelegramParts, type TelegramTimings } from './ports.ts';
import { faultOf } from './telegram-fault.ts';
import { textsIn } from './texts-in.ts';
import { tellOfWaiting } from './waiting-notes.ts';
import { forgetOldUpdates, storeUpdates } from './update.queries.ts';
import { systemAuthority } from '../../db/authority.ts';

export interface TelegramChannel extends TelegramWebhook {
  start(): Promise<void>;
  /** Takes nothing new; what is being answered is still shown. */
  pause(): Promise<void>;
  /** Ends and lets other processes take the bots over at once. */
  stop(): Promise<void>;
  /** Tells a person that their account was linked. Nothing depends on it. */
  greet(account: { botId: number; telegramUserId: number; language: string | null }): void;
}

export interface TelegramChannelOptions extends Omit<TelegramParts, 'timings' | 'formatter'> {
  /** TELEGRAM_API_ROOT */
  root: string;
  /** TELEGRAM_FILES_ROOT */
  filesRoot: string | undefined;
  /** A UUID of this process, new at each start. */
  replicaId: string;
  tokenOf(bot: BotRow): string;
  lockedDomain(): Promise<string | undefined>;
  timings?: Partial<TelegramTimings> | undefined;
}

const tidyMs = 60 * 60_000;

/** Answers on Telegram for the bots that this process holds. Each is held by one process of those on the database. */
export function createTelegramChannel(options: TelegramChannelOptions): TelegramChannel {
  const { db, signals, root, filesRoot, replicaId, tokenOf, lockedDomain, log } = options;
  const formatter = createAnswerFormatter();
  const parts: TelegramParts = { ...options, formatter, timings: { ...defaultTelegramTimings, ...options.timings } };
  const { timings } = parts;
  const workers = new Map<number, BotWorker>();
  const unsubscribe: (() => void)[] = [];
  let timers: NodeJS.Timeout[] = [];
  let heldUntil = 0;
  let state: 'stopped' | 'running' | 'paused' = 'stopped';
  let looking: Promise<void> | undefined;
  let pollAgain = false;

  async function claim(): Promise<void> {
    const askedAt = performance.now();
    const held = await claimBots(db, replicaId, timings.lease);
    heldUntil = askedAt + timings.lease;
    for (const worker of workers.values()) {
      const now = held.find((row) => row.id === worker.row.id);
      if (now && now.token === worker.row.token && now.agentId === worker.row.agentId) continue;
      workers.delete(worker.row.id);
      await worker.stop({ atOnce: true });
    }
    for (const row of held) if (!workers.has(row.id)) startWorker(row);
  }

  function startWorker(row: BotRow): void {
    try {
      workers.set(row.id, startBotWorker(parts, { row, token: tokenOf(row), root, filesRoot, lockedDomain }));
    } catch (error) {
      log.error({ error, botId: row.id }, 'the token of a Telegram bot cannot be read with this ENCRYPTION_KEY');
    }
  }

  /** One after the other; what is asked for meanwhile is done once afterwards. */
  function poll(): void {
    if (state !== 'running') return;
    if (looking) {
      pollAgain = true;
      return;
    }
    pollAgain = false;
    looking = claim()
      .catch((error: unknown) => {
        log.warn({ error }, 'the Telegram bots could not be looked up');
        return giveUpWhenOverdue();
      })
      .finally(() => {
        looking = undefined;
        if (pollAgain) poll();
      });
  }

  /** Without the database nobody knows whether another process answers for the bots by now. */
  async function giveUpWhenOverdue(): Promise<void> {
    if (performance.now() < heldUntil) return;
    const given = [...workers.values()];
    workers.clear();
    await Promise.all(given.map((worker) => worker.stop({ atOnce: true })));
  }

  function hear(signal: Signal): void {
    if (signal.kind === 'conversation') for (const worker of workers.values()) worker.heard(signal.conversationId);
    if (signal.kind === 'waiting') {
      void tellOfWaiting(parts, workers, signal.userId).catch((error: unknown) =>
        log.warn({ error }, 'what waits for a person could not be told on Telegram'),
      );
    }
    if (signal.kind === 'setting' && signal.key === settingKeys.lockedDomain) domainChanged();
    if (signal.kind !== 'telegram') return;
    if (signal.botId === null) poll();
    else workers.get(signal.botId)?.wake();
  }

  function domainChanged(): void {
    for (const worker of workers.values()) worker.domainChanged();
  }

  return {
    async start() {
      state = 'running';
      unsubscribe.push(
        signals.onSignal(hear),
        signals.onReset(() => {
          poll();
          domainChanged();
          for (const worker of workers.values()) worker.wake();
        }),
      );
      const tidy = () => forgetOldUpdates(db).catch((error: unknown) => log.warn({ error }, 'old updates stay'));
      timers = [setInterval(poll, timings.renew).unref(), setInterval(() => void tidy(), tidyMs).unref()];
      poll();
    },
    async pause() {
      if (state === 'running') state = 'paused';
      await looking;
      await Promise.all([...workers.values()].map((worker) => worker.pause()));
    },
    async stop() {
      if (state === 'stopped') return;
      state = 'stopped';
      for (const timer of timers) clearInterval(timer);
      for (const end of unsubscribe.splice(0)) end();
      await looking;
      await Promise.all([...workers.values()].map((worker) => worker.stop({ atOnce: false })));
      workers.clear();
      await formatter.close();
      await signals
        .transaction(systemAuthority, async (tx) => {
          if (await releaseBots(tx, replicaId)) signals.signal(tx, { kind: 'telegram', botId: null });
        })
        .catch(() => undefined);
    },
    async receive({ botId, secret, update }) {
      const bot = await findBot(db, botId);
      if (!bot) throw notFound('This bot');
      const wanted = Buffer.from(webhookSecret(tokenOf(bot)));
      const given = Buffer.from(secret ?? '');
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
        throw new AppError('forbidden', 'Only Telegram may deliver here.');
      }
      await signals.transaction(systemAuthority, async (tx) => {
        await storeUpdates(tx, botId, [update as Update]);
        signals.signal(tx, { kind: 'telegram', botId });
      });
    },
    greet({ botId, telegramUserId, language }) {
      const greeted = findBot(db, botId).then((bot) => {
        if (!bot) return undefined;
        return createBotApi({ token: tokenOf(bot), root, filesRoot, spacingMs: 0 }).direct.sendMessage(
          telegramUserId,
          textsIn(language).linked,
        );
      });
      greeted.catch((error: unknown) =>
        log.info({ reason: faultOf(error)?.description }, 'a linked person could not be greeted on Telegram'),
      );
    },
  };
}
