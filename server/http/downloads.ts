import type { FastifyReply } from 'fastify';
import { AppError } from '../platform/errors.ts';
import { createFairQueue } from '../platform/fair-queue.ts';
import { goneSignal, personKey } from './asker.ts';

/** A reader who takes nothing for so long is gone, whatever the connection says. */
const defaultUnreadMs = 30_000;
const maxPerPerson = 3;
/** Seconds. */
const retryAfter = 10;

/** Each turn reads some rows, and whoever is served next is told by how much they had: not who asked first. */
export const exportQueue = createFairQueue({
  name: 'exports',
  running: 2,
  runningPerKey: 1,
  waitingPerKey: 10,
  waiting: 200,
  refusal: 'Too many exports are under way at the moment. Try again in a moment.',
});

/**
 * Lists with hundreds of entries: finding, writing out and compressing one takes tens of milliseconds, and one person can ask
 * for as many at once as their calls allow.
 */
export const listQueue = createFairQueue({
  name: 'lists',
  running: 4,
  runningPerKey: 1,
  waitingPerKey: 100,
  waiting: 1_000,
  refusal: 'Too much of yours is being listed already. Wait a moment, then try again.',
});
/** Whoever reads slowly keeps nobody from theirs. */
const maxListMs = 1_000;

/** Waits for the turn, which lasts until the answer was sent. */
export async function takeListTurn(reply: FastifyReply, userId: string): Promise<void> {
  const end = await listQueue.takeTurn({ key: personKey(userId), signal: goneSignal(reply) });
  const timer = setTimeout(end, maxListMs);
  const finish = () => {
    clearTimeout(timer);
    end();
  };
  reply.raw.once('finish', finish).once('close', finish);
}

/** Reads each batch in its turn; what is done with it goes on outside. Ends when the signal aborts. */
export async function* inTurns<Batch>(
  batches: AsyncIterable<Batch>,
  { userId, signal }: { userId: string; signal: AbortSignal },
): AsyncGenerator<Batch> {
  const reading = batches[Symbol.asyncIterator]();
  const turn = { key: personKey(userId), signal };
  try {
    for (;;) {
      const next = await exportQueue.run(turn, () => reading.next());
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await reading.return?.();
  }
}

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
    // Of the socket: an answer would listen once more each time.
    else raw.socket?.setTimeout?.(unreadMs);
  });
}
