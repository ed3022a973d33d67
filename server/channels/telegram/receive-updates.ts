import type { BotHealth } from './bot-health.ts';
import { allowedUpdates, callSignal, webhookSecret } from './bot-api.ts';
import { pause } from './pause.ts';
import type { OwnedBot, TelegramParts } from './ports.ts';
import { faultOf, type TelegramFault } from './telegram-fault.ts';
import type { UpdateInbox } from './update-inbox.ts';

export interface ReceiveOptions {
  parts: Pick<TelegramParts, 'timings' | 'log'>;
  bot: OwnedBot;
  health: BotHealth;
  inbox: UpdateInbox;
}

/** Failures that Telegram reports about a webhook count while they are this young. */
const recentFailureSeconds = 300;

/** Asks Telegram for updates until the signal is aborted. An update is confirmed to Telegram once it is committed. */
export async function pollUpdates({ parts, bot, health, inbox }: ReceiveOptions, signal: AbortSignal): Promise<void> {
  let webhookGone = false;
  let offset: number | undefined;
  while (!signal.aborted) {
    try {
      if (!webhookGone) await bot.api.direct.deleteWebhook({}, callSignal(signal));
      webhookGone = true;
      const updates = await bot.api.getUpdates({ offset, seconds: parts.timings.pollSeconds }, signal);
      await inbox.receive(updates);
      // A successful request has confirmed what came before it. Without an offset Telegram sends all that is not
      // confirmed, also after a quiet week, when it starts its numbers anew.
      offset = updates.length > 0 ? Math.max(...updates.map((update) => update.update_id)) + 1 : undefined;
      await health.succeeded();
    } catch (error) {
      if (signal.aborted) return;
      await pause(await waitAfter(error, { parts, health }), signal);
    }
  }
}

/** Lets Telegram deliver to `https://<domain>`, and looks whether it can, until the signal is aborted. */
export async function serveWebhook(
  { parts, bot, health }: ReceiveOptions,
  domain: string,
  signal: AbortSignal,
): Promise<void> {
  const url = `https://${domain}/api/channels/telegram/${bot.row.id}`;
  let isSet = false;
  while (!signal.aborted) {
    try {
      if (!isSet) {
        const settings = {
          secret_token: webhookSecret(bot.token),
          allowed_updates: allowedUpdates,
          max_connections: 20,
        };
        await bot.api.direct.setWebhook(url, settings, callSignal(signal));
        isSet = true;
      }
      const info = await bot.api.direct.getWebhookInfo(callSignal(signal));
      isSet = info.url === url;
      const failure = { age: Date.now() / 1_000 - (info.last_error_date ?? 0), message: info.last_error_message };
      if (!isSet) {
        await pause(await health.failed(conflict, 'Another program has changed this bot’s webhook.'), signal);
      } else if (failure.age < recentFailureSeconds && info.pending_update_count > 0) {
        await health.failed(
          conflict,
          `Telegram cannot deliver to https://${domain}: ${failure.message ?? 'no answer'}`,
        );
        await pause(parts.timings.webhookCheck, signal);
      } else {
        await health.succeeded();
        await pause(parts.timings.webhookCheck, signal);
      }
    } catch (error) {
      if (signal.aborted) return;
      await pause(await waitAfter(error, { parts, health }, domain), signal);
    }
  }
}

const conflict: TelegramFault = { kind: 'conflict', description: '', retryAfterSeconds: undefined };

async function waitAfter(
  error: unknown,
  { parts, health }: Pick<ReceiveOptions, 'parts' | 'health'>,
  domain?: string,
): Promise<number> {
  const fault = faultOf(error);
  if (!fault) {
    parts.log.warn({ error }, 'updates of a Telegram bot could not be stored');
    return parts.timings.backoff;
  }
  const sentence =
    domain !== undefined && fault.kind === 'refused'
      ? `Telegram cannot deliver to https://${domain}: ${fault.description}`
      : undefined;
  try {
    return await health.failed(fault, sentence);
  } catch (failure) {
    parts.log.warn({ error: failure }, 'the state of a Telegram bot could not be stored');
    return parts.timings.backoff;
  }
}
