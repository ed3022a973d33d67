import type { RateLimiter } from '../../db/rate-limiter.ts';
import { ChatError } from '../chat-error.ts';
import { counted } from '../../platform/counted.ts';

/** How often a person may say something, over all of their sockets and channels, on all replicas. */
export interface MessageRate {
  /** @throws ChatError rate_limited */
  requireLeft(userId: string): Promise<void>;
}

export function createMessageRate(limiter: Pick<RateLimiter, 'consume'>): MessageRate {
  return {
    async requireLeft(userId) {
      const seconds = await limiter.consume(userId);
      if (seconds === undefined) return;
      throw new ChatError(
        'rate_limited',
        `Too many messages. Wait ${counted(seconds, 'second', 'seconds')}, then send it again.`,
        true,
      );
    },
  };
}
