import { Api } from 'grammy/web';
import type { TelegramAccounts } from '../../features/telegram/bot.service.ts';
import { AppError, invalidField } from '../../platform/errors.ts';
import { callSignal } from './bot-api.ts';
import { pause } from './pause.ts';
import { defaultTelegramTimings } from './ports.ts';
import { faultOf } from './telegram-fault.ts';

/** Messages that wait already are answered at once: between two looks another program has time to ask. */
const betweenProbesMs = 250;

/** Asks Telegram about tokens that are not, or no more, connected. */
export function createTelegramAccounts(root: string, probeMs: number = defaultTelegramTimings.probe): TelegramAccounts {
  const apiOf = (token: string) => new Api(token, { apiRoot: root, timeoutSeconds: 15 });
  const watched = new Map<string, Promise<void>>();

  async function watch(token: string): Promise<void> {
    const api = apiOf(token);
    const until = performance.now() + probeMs;
    for (let left = probeMs; left > 0; left = until - performance.now()) {
      const waiting = AbortSignal.timeout(Math.ceil(left));
      try {
        // Whoever polls begins again when this ends theirs, and ends this one. Without an offset nothing is confirmed.
        await api.getUpdates({ timeout: Math.ceil(left / 1_000), limit: 1 }, callSignal(waiting));
        await pause(betweenProbesMs, waiting);
      } catch (error) {
        if (waiting.aborted) return;
        const fault = faultOf(error);
        // A webhook is taken over; any other fault shows when the bot is used.
        if (fault?.kind !== 'conflict' || /webhook/i.test(fault.description)) return;
        throw invalidField(
          'botToken',
          'Another program receives this bot’s messages. Stop it there, or make a new token at @BotFather and enter that.',
        );
      }
    }
  }

  return {
    async identify(token) {
      try {
        const { id, username } = await apiOf(token).getMe();
        return { id, username };
      } catch (error) {
        const fault = faultOf(error);
        if (fault?.kind === 'unreachable' || fault?.kind === 'flood') {
          throw new AppError('unavailable', 'Telegram could not be reached. Try again in a moment.', {
            ...(fault.retryAfterSeconds !== undefined && { retryAfter: fault.retryAfterSeconds }),
          });
        }
        if (!fault) throw error;
        throw invalidField('botToken', 'Telegram does not accept this token. Copy it again from @BotFather.');
      }
    },
    requireUnpolled(token) {
      // Two who connect one bot at once are no other program to each other.
      const watching = watched.get(token) ?? watch(token).finally(() => watched.delete(token));
      watched.set(token, watching);
      return watching;
    },
    async release(token) {
      // A token that was revoked, or a Telegram that does not answer, must not keep anybody from disconnecting.
      await apiOf(token)
        .deleteWebhook()
        .catch(() => undefined);
    },
  };
}
