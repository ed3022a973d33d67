import type { FastifyReply } from 'fastify';
import { AppError } from '../platform/errors.ts';

/** A reader who takes nothing for so long is gone, whatever the connection says. */
const defaultUnreadMs = 30_000;
const maxPerPerson = 3;
/** Seconds. */
const retryAfter = 10;

/** Answers that are made while they are read. */
export interface Downloads {
  /**
   * Called before anything of it is made. The signal aborts when nobody reads (on) or all of it was sent.
   * @throws AppError 429 when this person has several under way
   */
  begin(reply: FastifyReply, userId: string): AbortSignal;
}

export function createDownloads(unreadMs = defaultUnreadMs): Downloads {
  const underWay = new Map<string, number>();

  return {
    begin(reply, userId) {
      const count = underWay.get(userId) ?? 0;
      if (count >= maxPerPerson) {
        const sentence = `${maxPerPerson} downloads are under way for you already. Try again when one of them has ended.`;
        throw new AppError('rate_limited', sentence, { retryAfter });
      }
      underWay.set(userId, count + 1);
      const over = new AbortController();
      const end = () => {
        if (over.signal.aborted) return;
        over.abort();
        const left = (underWay.get(userId) ?? 1) - 1;
        if (left > 0) underWay.set(userId, left);
        else underWay.delete(userId);
      };
      reply.raw.once('close', end).once('finish', end);
      endWhenUnread(reply, unreadMs);
      return over.signal;
    },
  };
}

/** Ends the connection of an answer of which nothing is read any more, so that nothing waits in memory for ever. */
export function endWhenUnread({ raw }: FastifyReply, unreadMs = defaultUnreadMs): void {
  raw.setTimeout(unreadMs, () => {
    // Where nothing waits to be read, it is the server that is slow.
    if ((raw.socket?.writableLength ?? 0) > 0) raw.destroy();
    else raw.setTimeout(unreadMs);
  });
}
