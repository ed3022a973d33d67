import type { Transformer } from 'grammy/web';
import { pause } from './pause.ts';

export interface Pace {
  /** Milliseconds between two messages to one chat. */
  spacingMs: number;
  /** Messages to all chats. */
  perSecond: number;
  /** Longer pauses that Telegram asks for are an error. */
  maxPauseSeconds: number;
}

const maxRetries = 5;

/**
 * Keeps to what Telegram allows (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this): the
 * calls about one chat follow one another at a distance, all together stay below a rate, and `retry_after` is waited for.
 */
export function paceCalls({ spacingMs, perSecond, maxPauseSeconds }: Pace): Transformer {
  const queues = new Map<unknown, Promise<void>>();
  let nextSlot = 0;

  /** A moment that is nobody else's. */
  async function takeSlot(signal: AbortSignal): Promise<void> {
    const now = performance.now();
    // A second's worth may go out at once after a quiet time.
    nextSlot = Math.max(nextSlot, now - 1_000) + 1_000 / perSecond;
    if (nextSlot > now) await pause(nextSlot - now, signal);
  }

  async function inTurn<Result>(chatId: unknown, signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
    const before = queues.get(chatId) ?? Promise.resolve();
    const result = before.then(work);
    const turn = result
      .then(
        () => undefined,
        () => undefined,
      )
      .then(() => pause(spacingMs, signal));
    queues.set(chatId, turn);
    void turn.then(() => {
      if (queues.get(chatId) === turn) queues.delete(chatId);
    });
    return result;
  }

  return async (previous, method, payload, signal) => {
    if (!payload || !('chat_id' in payload)) return previous(method, payload, signal);
    const ended = (signal as AbortSignal | undefined) ?? new AbortController().signal;
    return inTurn(payload.chat_id, ended, async () => {
      for (let retries = 0; ; retries++) {
        await takeSlot(ended);
        ended.throwIfAborted();
        const answer = await previous(method, payload, signal);
        const seconds = answer.ok ? undefined : answer.parameters?.retry_after;
        if (seconds === undefined || seconds > maxPauseSeconds || retries === maxRetries) return answer;
        await pause(seconds * 1_000, ended);
      }
    });
  };
}
