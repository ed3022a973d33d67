import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../../platform/errors.ts';

const windowSeconds = 15 * 60;

export interface Attempt {
  failed(): Promise<void>;
  /** Forgets earlier failures of this account from this address. */
  succeeded(): Promise<void>;
}

/** Limits guesses by counting failures: ten per pair of account and address, a hundred per address, in 15 minutes. */
export interface AttemptLimiter {
  /** @throws AppError 429 once a limit is reached, for a right password too */
  begin(who: { account: string; address: string }): Promise<Attempt>;
}

export function createAttemptLimiter(limits: { perPair: number; perAddress: number }): AttemptLimiter {
  const pairs = new RateLimiterMemory({ points: limits.perPair, duration: windowSeconds, keyPrefix: 'pair' });
  const addresses = new RateLimiterMemory({ points: limits.perAddress, duration: windowSeconds, keyPrefix: 'address' });

  /** Counts an attempt as a failure before it is made, so that parallel guesses cannot slip past; success gives it back. */
  async function take(limiter: RateLimiterMemory, key: string): Promise<void> {
    try {
      await limiter.consume(key);
    } catch (rejection) {
      if (!(rejection instanceof RateLimiterRes)) throw rejection;
      throw new AppError('rate_limited', 'Too many failed attempts. Wait a while, then try again.', {
        retryAfter: rejection.msBeforeNext / 1_000,
      });
    }
  }

  return {
    async begin({ account, address }) {
      const pair = `${address} ${account}`;
      await take(addresses, address);
      try {
        await take(pairs, pair);
      } catch (error) {
        await addresses.reward(address);
        throw error;
      }
      return {
        async failed() {},
        async succeeded() {
          await pairs.delete(pair);
          await addresses.reward(address);
        },
      };
    },
  };
}
