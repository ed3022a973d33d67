import type { RateLimiter } from '../../db/rate-limiter.ts';
import { addressGroup } from '../../http/address-group.ts';
import { AppError } from '../../platform/errors.ts';
import { counted } from '../../platform/counted.ts';

export const attemptWindowSeconds = 15 * 60;

/**
 * Limits guesses by counting failures: per pair of account and address, and per address. An attempt counts before it
 * is made, so that parallel guesses cannot slip past; success gives it back.
 */
export interface AttemptLimiter {
  /** @throws AppError 429 once a limit is reached, for a right password too */
  begin(who: { account: string; address: string }): Promise<Attempt>;
}

export interface Attempt {
  /** Forgets earlier failures of this account from this address. */
  succeeded(): Promise<void>;
}

export function createAttemptLimiter({
  pairs,
  addresses,
}: {
  pairs: RateLimiter;
  addresses: RateLimiter;
}): AttemptLimiter {
  async function requireLeft(limiter: RateLimiter, key: string): Promise<void> {
    const retryAfter = await limiter.consume(key);
    if (retryAfter === undefined) return;
    throw new AppError('rate_limited', `Too many failed attempts. Try again in ${inWords(retryAfter)}.`, {
      retryAfter,
    });
  }

  return {
    async begin({ account, address: exactAddress }) {
      const address = addressGroup(exactAddress);
      const pair = `${address} ${account}`;
      await requireLeft(addresses, address);
      try {
        await requireLeft(pairs, pair);
      } catch (error) {
        await addresses.giveBack(address);
        throw error;
      }
      return {
        async succeeded() {
          await pairs.forget(pair);
          await addresses.giveBack(address);
        },
      };
    },
  };
}

const inWords = (seconds: number): string =>
  seconds < 90 ? counted(seconds, 'second', 'seconds') : `${Math.ceil(seconds / 60)} minutes`;
