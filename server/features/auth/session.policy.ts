/** What the rules look at of a session; times in milliseconds since 1970. */
export interface SessionFacts {
  createdAt: number;
  expiresAt: number;
}

/** Whether somebody is let in by a session. */
export const isSessionValid = (
  { banned }: { banned: boolean },
  { expiresAt }: Pick<SessionFacts, 'expiresAt'>,
  now: number,
): boolean => !banned && expiresAt > now;

/**
 * Whether a session counts although its cookie is not bound to the host. While a domain is locked only one that is older than
 * the lock does, and for as long as a session lasts, so that a lock signs nobody out.
 */
export const mayBeUnbound = (
  { createdAt }: Pick<SessionFacts, 'createdAt'>,
  lock: { since: number | undefined; graceMs: number },
  now: number,
): boolean => lock.since === undefined || (createdAt < lock.since && now < lock.since + lock.graceMs);
