import { callSignal } from './bot-api.ts';
import type { Writer } from './chat.queries.ts';
import { inTopic } from './in-topic.ts';
import type { OwnedBot } from './ports.ts';
import { faultOf } from './telegram-fault.ts';

/** Replies of the bot's own to one chat per minute: nobody can make it write without end. */
const maxRepliesPerMinute = 20;

/**
 * What the bot says of its own; the answers of agents go through the mirror. With a pause it is said once in that time.
 * `writers` are those of the chats whose messages are being handled.
 */
export function createOwnReplies({ api, signal }: OwnedBot, writers: ReadonlyMap<number, Writer>) {
  const replies = new Map<number, number[]>();

  return async function reply(chatId: number, html: string, pauseMs = 0): Promise<void> {
    const now = performance.now();
    const recent = (replies.get(chatId) ?? []).filter((at) => now - at < Math.max(60_000, pauseMs));
    if (recent.length >= (pauseMs > 0 ? 1 : maxRepliesPerMinute)) return;
    if (replies.size > 10_000) replies.clear();
    replies.set(chatId, [...recent, now]);
    try {
      await inTopic(writers.get(chatId)?.topicId ?? null, (topic) =>
        api.send.sendMessage(chatId, html, { parse_mode: 'HTML', ...topic }, callSignal(signal)),
      );
    } catch (error) {
      const fault = faultOf(error);
      if (fault?.kind !== 'closed' && fault?.kind !== 'refused') throw error;
    }
  };
}
