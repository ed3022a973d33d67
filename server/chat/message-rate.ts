import { ChatError } from './chat-error.ts';

/** How often a person may say something, over all of their sockets. */
export interface MessageRate {
  /** @throws ChatError rate_limited */
  take(userId: string): void;
}

const windowMs = 60_000;

export function createMessageRate(perMinute: number): MessageRate {
  const windows = new Map<string, { since: number; count: number }>();
  return {
    take(userId) {
      const now = Date.now();
      const current = windows.get(userId);
      if (!current || now - current.since >= windowMs) {
        if (windows.size > 10_000) forgetOld(windows, now);
        windows.set(userId, { since: now, count: 1 });
        return;
      }
      current.count += 1;
      if (current.count <= perMinute) return;
      const seconds = Math.ceil((current.since + windowMs - now) / 1_000);
      throw new ChatError('rate_limited', `Too many messages. Wait ${seconds} seconds, then send it again.`, true);
    },
  };
}

function forgetOld(windows: Map<string, { since: number }>, now: number): void {
  for (const [userId, { since }] of windows) if (now - since >= windowMs) windows.delete(userId);
}
