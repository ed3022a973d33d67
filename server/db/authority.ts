import type { Transaction } from './client.ts';

/** What a person needs to be for a change: anybody active, an admin, or an admin while a licence is active. */
export type AuthorityAccess = 'user' | 'admin' | 'licensed-admin';

/** A person who changes something, by what let them in. An `Actor` of a request is one. */
export interface PersonAuthority {
  userId: string;
  /** Null for a person who acts without a session: through a linked Telegram account, or an agent that writes for them. */
  sessionToken: string | null;
  access: AuthorityAccess;
}

/** A person who is known by another way than a session. */
export const withoutSession = (userId: string): PersonAuthority => ({ userId, sessionToken: null, access: 'user' });

/** Pinchy itself: its jobs, its shell, and people who prove themselves in the transaction, by a password or a link. */
export const systemAuthority = 'system';

/** On whose behalf a transaction changes something. */
export type Authority = PersonAuthority | typeof systemAuthority;

/** People whose rows the work changes, or whose state it relies on: locked before anything else, all in one order. */
export interface PeopleLock {
  userIds?: readonly string[];
  /** Every active admin, for what depends on how many there are. */
  admins?: boolean;
}

/**
 * Asks whether a person may do what they asked for, as of now, and keeps that from changing until the transaction ends:
 * whoever ends their session, account, role or licence waits. @throws AppError 401 or 403
 */
export type HoldAuthority = (tx: Transaction, authority: PersonAuthority, people?: PeopleLock) => Promise<void>;
