import { LRUCache } from 'lru-cache';
import type { Database, Transaction, WritableDatabase } from '../../db/client.ts';
import { lockUser } from '../../db/lock-user.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { plainCookieName, readSessionCookie } from '../../http/session-cookie.ts';
import { type BetterAuth, sessionSeconds } from './better-auth.ts';
import { isSessionValid, mayBeUnbound } from './session.policy.ts';
import {
  deleteOldestSessions,
  deleteSessions,
  deleteSessionsExpiredBefore,
  findSessionByToken,
} from './session.queries.ts';

interface CachedSession {
  actor: Actor;
  createdAt: number;
  expiresAt: number;
}

export interface SessionService {
  /**
   * The signed-in person of a `Cookie` header; undefined without a valid session, with several, or when deactivated.
   * While a domain is locked, sessions begin with a cookie that is bound to the host; one under the plain name counts
   * only if it is older than the lock, and for a week, so that a lock signs nobody out.
   */
  findActor(cookieHeader: string | undefined): Promise<Actor | undefined>;
  /** A session's cookie and when it ends, if it still has the plain name while a domain is locked. */
  findUnboundCookie(cookieHeader: string | undefined): Promise<{ value: string; expiresAt: Date } | undefined>;
  /** Whether the session still stands; for open sockets. */
  findActorByToken(sessionToken: string): Promise<Actor | undefined>;
  /** Ends sessions of a user, all but one if said. Called inside a transaction, before a new password is set in it. */
  revokeAll(tx: Transaction, userId: string, except?: string): Promise<void>;
  /** Ends the oldest sessions of somebody who has too many: each has its own share of calls. Called inside a transaction. */
  endOldest(tx: Transaction, userId: string): Promise<void>;
}

const maxSessions = 50;

const tokenKey = (sessionToken: string) => `token:${sessionToken}`;

/** A cached session is asked for again after this long, so that its sliding expiry is written. */
const maxCacheMs = 60_000;

/**
 * Looks sessions up, in memory where possible. A signal about the user drops what is cached about them, in this
 * process before the change's own request is answered; without a connection for signals nothing is cached.
 */
export function createSessionService(options: {
  db: Database;
  signals: Signals;
  /** The instance whose cookies have the plain name. */
  auth: BetterAuth;
  /** Since when a domain is locked, or undefined. */
  lockedSince(): Promise<Date | undefined>;
  /** Told of everybody whose session stands when it is asked for. */
  onActive(userId: string): void;
}): SessionService {
  const { db, signals, auth, lockedSince, onActive } = options;
  const cache = new LRUCache<string, CachedSession>({ max: 10_000, ttl: maxCacheMs });
  /** Counts invalidations, so that an answer read before one is not stored after it. */
  let generation = 0;

  signals.onSignal((signal) => {
    if (signal.kind !== 'user') return;
    generation++;
    for (const [key, { actor }] of cache.entries()) if (actor.userId === signal.userId) cache.delete(key);
  });
  signals.onReset(() => {
    generation++;
    cache.clear();
  });

  async function cached(
    key: string,
    load: () => Promise<CachedSession | undefined>,
  ): Promise<CachedSession | undefined> {
    const hit = signals.listening ? cache.get(key) : undefined;
    if (hit && hit.expiresAt > Date.now()) return hit;
    const before = generation;
    const loaded = await load();
    if (!loaded || !signals.listening || generation !== before) return loaded;
    // Whoever comes with a cookie is asked for by the token next, when they open a socket.
    for (const known of [key, tokenKey(loaded.actor.sessionToken)]) cache.set(known, loaded);
    return loaded;
  }

  /** The session of a cookie's value, under whichever name it came. */
  const findByCookie = (value: string) =>
    cached(`cookie:${value}`, async () => {
      const found = await auth.api.getSession({ headers: new Headers({ cookie: `${plainCookieName}=${value}` }) });
      if (!found || found.user.banned) return undefined;
      const { id, name, email, role } = found.user;
      const { token: sessionToken, createdAt, expiresAt } = found.session;
      return {
        actor: { userId: id, name, email, role: role === 'admin' ? 'admin' : 'member', sessionToken, access: 'user' },
        createdAt: new Date(createdAt).getTime(),
        expiresAt: new Date(expiresAt).getTime(),
      };
    });

  async function mayHavePlainName(session: CachedSession): Promise<boolean> {
    const since = (await lockedSince())?.getTime();
    return mayBeUnbound(session, { since, graceMs: sessionSeconds * 1_000 }, Date.now());
  }

  return {
    async findActor(cookieHeader) {
      const cookie = readSessionCookie(cookieHeader);
      if (!cookie || cookie === 'several') return undefined;
      const session = await findByCookie(cookie.value);
      if (!session) return undefined;
      if (!cookie.isHostBound && !(await mayHavePlainName(session))) return undefined;
      onActive(session.actor.userId);
      return session.actor;
    },
    async findUnboundCookie(cookieHeader) {
      const cookie = readSessionCookie(cookieHeader);
      if (!cookie || cookie === 'several' || cookie.isHostBound || !(await lockedSince())) return undefined;
      const session = await findByCookie(cookie.value);
      if (!session || !(await mayHavePlainName(session))) return undefined;
      return { value: cookie.value, expiresAt: new Date(session.expiresAt) };
    },
    async findActorByToken(sessionToken) {
      const session = await cached(tokenKey(sessionToken), async () => {
        const row = await findSessionByToken(db, sessionToken);
        if (!row) return undefined;
        const [createdAt, expiresAt] = [row.createdAt.getTime(), row.expiresAt.getTime()];
        if (!isSessionValid(row.user, { expiresAt }, Date.now())) return undefined;
        const { id, name, email, role } = row.user;
        return { actor: { userId: id, name, email, role, sessionToken, access: 'user' }, createdAt, expiresAt };
      });
      return session?.actor;
    },
    async revokeAll(tx, userId, except) {
      // Waits for sign-ins that have read the password already: their sessions end with the others.
      await lockUser(tx, userId);
      await deleteSessions(tx, userId, except);
      signals.signal(tx, { kind: 'user', userId });
    },
    async endOldest(tx, userId) {
      if (await deleteOldestSessions(tx, userId, maxSessions)) signals.signal(tx, { kind: 'user', userId });
    },
  };
}

export async function deleteExpiredSessions(db: WritableDatabase): Promise<void> {
  await deleteSessionsExpiredBefore(db, new Date());
}
