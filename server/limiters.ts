import type { Pool } from 'pg';
import { copiesPerHour } from '../contract/limits.ts';
import type { Config } from './config.ts';
import { createRateLimiter, type RateLimiter } from './db/rate-limiter.ts';
import { type AttemptLimiter, attemptWindowSeconds, createAttemptLimiter } from './features/auth/attempt-limiter.ts';
import { pairingSeconds } from './features/telegram/pairing-code.ts';

/** Everything that is counted per person, session or address. */
export interface Limiters {
  attempts: AttemptLimiter;
  api: RateLimiter;
  messages: RateLimiter;
  pairings: RateLimiter;
  providerChecks: RateLimiter;
  copies: RateLimiter;
}

export function createLimiters(options: {
  pool: Pool;
  secret: string;
  limits: Config['limits'];
  /** Whether other replicas count too. */
  isShared(): boolean;
}): Limiters {
  const { pool, secret, limits, isShared } = options;
  const basics = { pool, secret };
  return {
    attempts: createAttemptLimiter({
      pairs: createRateLimiter({
        ...basics,
        name: 'attempt-pair',
        points: limits.signInFailures,
        seconds: attemptWindowSeconds,
      }),
      addresses: createRateLimiter({
        ...basics,
        name: 'attempt-address',
        points: limits.signInFailuresPerAddress,
        seconds: attemptWindowSeconds,
      }),
    }),
    api: createRateLimiter({ ...basics, name: 'api', points: limits.apiPerMinute, seconds: 60, isShared }),
    messages: createRateLimiter({
      ...basics,
      name: 'message',
      points: limits.messagesPerMinute,
      seconds: 60,
      isShared,
    }),
    pairings: createRateLimiter({
      ...basics,
      name: 'pairing',
      points: limits.pairingFailures,
      seconds: pairingSeconds,
    }),
    providerChecks: createRateLimiter({
      ...basics,
      name: 'provider-check',
      points: limits.providerChecksPerMinute,
      seconds: 60,
      isShared,
    }),
    copies: createRateLimiter({ ...basics, name: 'copy', points: copiesPerHour, seconds: 60 * 60 }),
  };
}
