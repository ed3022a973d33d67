import { callSignal, createBotApi } from './bot-api.ts';
import { createBotHealth } from './bot-health.ts';
import { createConversationMirror } from './conversation-mirror.ts';
import { createUpdateHandler } from './handle-updates.ts';
import { pause } from './pause.ts';
import type { OwnedBot, TelegramParts } from './ports.ts';
import { pollUpdates, serveWebhook } from './receive-updates.ts';
import { faultOf } from './telegram-fault.ts';
import { commandMenus } from './texts-in.ts';
import { createUpdateInbox } from './update-inbox.ts';

/** Receives, handles and answers for one bot, in this process alone. */
export interface BotWorker {
  readonly row: OwnedBot['row'];
  /** Updates were stored elsewhere. */
  wake(): void;
  /** A conversation moved. */
  heard(conversationId: string): void;
  /** Says something to a person that is no answer to what they wrote. */
  tell(chatId: number, html: string): void;
  /** The lock of the domain changed: it decides how Telegram delivers. */
  domainChanged(): void;
  /** Nothing new is taken; what was said is still shown. */
  pause(): Promise<void>;
  /** Ends, after what is being shown now; `atOnce` when the bot is somebody else's already. */
  stop(how: { atOnce: boolean }): Promise<void>;
}

/** How long a stop waits for what is being shown. */
const lastWordsMs = 2_000;

export function startBotWorker(
  parts: TelegramParts,
  bot: {
    row: OwnedBot['row'];
    token: string;
    root: string;
    filesRoot: string | undefined;
    lockedDomain: () => Promise<string | undefined>;
  },
): BotWorker {
  const { timings, log } = parts;
  const controller = new AbortController();
  const receiving = new AbortController();
  const { token, root, filesRoot } = bot;
  const api = createBotApi({ token, root, filesRoot, spacingMs: timings.spacing });
  const owned: OwnedBot = { row: bot.row, token: bot.token, api, signal: controller.signal };
  const mirror = createConversationMirror(parts, owned);
  const handled: OwnedBot = { ...owned, signal: AbortSignal.any([controller.signal, receiving.signal]) };
  const inbox = createUpdateInbox(parts, handled, createUpdateHandler(parts, handled, mirror));
  const health = createBotHealth(parts, owned);
  let mode = new AbortController();

  async function receive(): Promise<void> {
    while (!handled.signal.aborted) {
      mode = new AbortController();
      const signal = AbortSignal.any([handled.signal, mode.signal]);
      try {
        const domain = await bot.lockedDomain();
        const options = { parts, bot: handled, health, inbox };
        await (domain === undefined ? pollUpdates(options, signal) : serveWebhook(options, domain, signal));
      } catch (error) {
        log.error({ error, botId: bot.row.id }, 'the updates of a Telegram bot could not be received');
        await pause(timings.backoff, signal);
      }
    }
  }

  async function poll(): Promise<void> {
    await inbox.wake();
    await mirror.sweep();
  }

  const quietly = (work: Promise<unknown>) =>
    void work.catch((error: unknown) => {
      if (!controller.signal.aborted) {
        log.warn({ error: faultOf(error)?.description ?? error, botId: bot.row.id }, 'a Telegram bot met a problem');
      }
    });

  const received = receive();
  quietly(poll());
  for (const { languageCode, commands } of commandMenus) {
    const scope = languageCode === undefined ? {} : ({ language_code: languageCode } as const);
    quietly(api.direct.setMyCommands(commands, scope, callSignal(controller.signal)));
  }
  const sweeping = setInterval(() => quietly(poll()), timings.sweep).unref();

  return {
    row: bot.row,
    wake: () => quietly(inbox.wake()),
    heard: mirror.heard,
    tell: (chatId, html) =>
      quietly(api.send.sendMessage(chatId, html, { parse_mode: 'HTML' }, callSignal(controller.signal))),
    domainChanged: () => mode.abort(),
    async pause() {
      receiving.abort();
      await received;
    },
    async stop({ atOnce }) {
      clearInterval(sweeping);
      receiving.abort();
      if (!atOnce) {
        await Promise.race([Promise.all([inbox.settled(), mirror.settled()]), pause(lastWordsMs, controller.signal)]);
      }
      controller.abort();
      await received;
    },
  };
}
