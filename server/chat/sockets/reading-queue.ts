import { createFairQueue, type FairQueue } from '../../platform/fair-queue.ts';

/**
 * What reads conversations by the megabyte takes turns here: pages of history and of exports, and pieces of searches.
 * Each is one short transaction, so that few sockets are enough, and whoever reads a lot waits for the others.
 */
export const createReadingQueue = (): FairQueue =>
  createFairQueue({
    name: 'conversations',
    running: 4,
    runningPerKey: 2,
    waitingPerKey: 500,
    waiting: 5_000,
    refusal: 'Much of yours is being read already. Wait a moment, then try again.',
  });
