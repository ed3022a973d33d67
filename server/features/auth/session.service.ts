import { desc, eq, inArray } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import type { Database, Transaction } from '../../db/client.ts';
import { lockUser } from '../../db/lock-user.ts';
import { sessions, users } from '../../db/schema/index.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { type BetterAuth, sessionCookieName } from './better-auth.ts';

interface CachedSession {
  actor: Actor;
  expiresAt: number;
}

export interface SessionService {
  /** The signed-in person of a `Cookie` header; undefined without a valid session or when deactivated. */
  findActor(cookieHeader: string | undefined): Promise<Actor | undefined>;
  /** Whether the session still stands; for open sockets. */
  findActorByToken(sessionToken: string): Promise<Actor | undefined>;
  /** Ends sessions of a user, all but one if said. Called inside a transaction, before a new password is set in it. */
  revokeAll(tx: Transaction, userId: string, except?: string): Promise<void>;
  /** Ends the oldest sessions of somebody who has too many: each has its own share of calls. Called inside a transaction. */
  endOldest(tx: Transaction, userId: string): Promise<void>;
}

const mostSessions = 50;

/** A cached session is asked for again after this long, so that its sliding expiry is written. */
const longestCacheMs = 60_000;

/**
 * Looks sessions up, in memory where possible. A signal about the user drops what is cached about them, in this
 * process before the change's own request is answered; without a connection for signals nothing is cached.
 */
export function createSessionService(options: { db: Database; signals: Signals; auth: BetterAuth }): SessionService {
  const { db, signals, auth } = options;
  const cache = new LRUCache<string, CachedSession>({ max: 10_000, ttl: longestCacheMs });
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

  async function cached(key: string, load: () => Promise<CachedSession | undefined>): Promise<Actor | undefined> {
    const hit = signals.listening ? cache.get(key) : undefined;
    if (hit && hit.expiresAt > Date.now()) return hit.actor;
    const before = generation;
    const loaded = await load();
    if (loaded && signals.listening && generation === before) cache.set(key, loaded);
    return loaded?.actor;
  }

  return {
    async findActor(cookieHeader) {
      const cookie = readCookie(cookieHeader, sessionCookieName);
      if (!cookie) return undefined;
      return cached(`cookie:${cookie}`, async () => {
        const headers = new Headers({ cookie: `${sessionCookieName}=${cookie}` });
        const found = await auth.api.getSession({ headers });
        if (!found || found.user.banned) return undefined;
        const { id, name, email, role } = found.user;
        return {
          actor: {
            userId: id,
            name,
            email,
            role: role === 'admin' ? 'admin' : 'member',
            sessionToken: found.session.token,
            access: 'user',
          },
          expiresAt: new Date(found.session.expiresAt).getTime(),
        };
      });
    },
    async findActorByToken(sessionToken) {
      return cached(`token:${sessionToken}`, async () => {
        const [row] = await db
          .select({ user: users, expiresAt: sessions.expiresAt })
          .from(sessions)
          .innerJoin(users, eq(users.id, sessions.userId))
          .where(eq(sessions.token, sessionToken));
        if (!row || row.user.banned || row.expiresAt.getTime() <= Date.now()) return undefined;
        const { id, name, email, role } = row.user;
        return {
          actor: { userId: id, name, email, role, sessionToken, access: 'user' },
          expiresAt: row.expiresAt.getTime(),
        };
      });
    },
    async revokeAll(tx, userId, except) {
      // Waits for sign-ins that have read the password already: their sessions end with the others.
      await lockUser(tx, userId);
      const owned = await tx
        .select({ id: sessions.id, token: sessions.token })
        .from(sessions)
        .where(eq(sessions.userId, userId));
      for (const session of owned)
        if (session.token !== except) await tx.delete(sessions).where(eq(sessions.id, session.id));
      signals.signal(tx, { kind: 'user', userId });
    },
    async endOldest(tx, userId) {
      const surplus = tx
        .select({ id: sessions.id })
        .from(sessions)
        .where(eq(sessions.userId, userId))
        .orderBy(desc(sessions.createdAt), desc(sessions.id))
        .offset(mostSessions)
        // Another sign-in at this instant ends them already.
        .for('update', { skipLocked: true });
      const ended = await tx.delete(sessions).where(inArray(sessions.id, surplus)).returning({ id: sessions.id });
      if (ended.length > 0) signals.signal(tx, { kind: 'user', userId });
    },
  };
}

/** The raw value of a cookie, as it was sent. */
function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const [key, ...value] = part.trim().split('=');
    if (key === name) return value.join('=');
  }
  return undefined;
}
