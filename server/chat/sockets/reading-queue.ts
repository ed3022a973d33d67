import { createFairQueue, type FairQueue } from '../../platform/fair-queue.ts';

/**
 * What reads conversations by the megabyte takes turns here: pages of history and of exports, and pieces of searches.
 * Each is one short transaction, so that few sockets are enough; of whoever reads a lot only one is under way, since what it
 * takes on the main thread adds up.
 */
export const createReadingQueue = (): FairQueue =>
  createFairQueue({
    name: 'conversations',
    running: 3,
    runningPerKey: 1,
    waitingPerKey: 500,
    waiting: 5_000,
    refusal: 'Much of yours is being read already. Wait a moment, then try again.',
  });
