import { eq, sql } from 'drizzle-orm';
import { APIError } from 'better-auth/api';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Transaction } from '../../db/client.ts';
import { users } from '../../db/schema/index.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { AppError } from '../../platform/errors.ts';
import type { AttemptLimiter } from './attempt-limiter.ts';
import type { BetterAuth } from './better-auth.ts';
import { inHashingTurn } from './password.ts';
import type { SessionService } from './session.service.ts';
import type { TransactionScope } from './transaction-scope.ts';

export interface SignInRequest {
  email: string;
  password: string;
  rememberMe?: boolean | undefined;
  ipAddress: string;
  userAgent: string;
  /** Aborts when whoever asked is gone. */
  signal?: AbortSignal | undefined;
}

/** Better Auth's own answer: a JSON body and the cookies to set. */
export interface AuthAnswer {
  body: unknown;
  cookies: string[];
}

export interface AuthService {
  signIn(request: SignInRequest): Promise<AuthAnswer>;
  signOut(actor: Actor, cookieHeader: string): Promise<AuthAnswer>;
  getSession(cookieHeader: string): Promise<AuthAnswer>;
}

interface AuthServiceOptions {
  /** The instance for the current cookies: secure ones while a domain is locked. */
  auth: () => Promise<BetterAuth>;
  scope: TransactionScope;
  signals: Signals;
  audit: AuditTrail;
  limiter: AttemptLimiter;
  sessions: Pick<SessionService, 'endOldest'>;
}

export function createAuthService({ auth, scope, signals, audit, limiter, sessions }: AuthServiceOptions): AuthService {
  /** Lets nobody end this person's sessions between the check of the password and the session that it opens. */
  async function holdPassword(tx: Transaction, email: string): Promise<void> {
    await tx
      .select({ id: users.id })
      .from(users)
      .where(eq(sql`lower(${users.email})`, email))
      .for('share');
  }

  /** @throws APIError when the password is wrong or the account deactivated */
  function openSession(request: SignInRequest): Promise<AuthAnswer> {
    return signals.transaction((tx) =>
      scope.run(tx, async () => {
        await holdPassword(tx, request.email);
        const { response, headers } = await (
          await auth()
        ).api.signInEmail({
          body: { email: request.email, password: request.password, rememberMe: request.rememberMe ?? true },
          headers: new Headers({ 'user-agent': request.userAgent, 'x-forwarded-for': request.ipAddress }),
          returnHeaders: true,
        });
        const userId = response.user.id;
        await sessions.endOldest(tx, userId);
        await audit.record(tx, {
          eventType: 'auth.login',
          actor: { type: 'user', id: userId },
          resource: `user:${userId}`,
          detail: { ipAddress: request.ipAddress },
        });
        return { body: response, cookies: headers.getSetCookie() };
      }),
    );
  }

  async function recordFailure(request: SignInRequest, reason: string): Promise<void> {
    await signals.transaction(async (tx) => {
      const [user] = await tx
        .select({ id: users.id })
        .from(users)
        .where(eq(sql`lower(${users.email})`, request.email));
      await audit.record(tx, {
        eventType: 'auth.failed',
        actor: user ? { type: 'user', id: user.id } : { type: 'system' },
        resource: user && `user:${user.id}`,
        outcome: 'failure',
        error: reason,
        detail: { ...audit.emailReference(request.email), reason, ipAddress: request.ipAddress },
      });
    });
  }

  return {
    async signIn(request) {
      const attempt = await limiter.begin({ account: request.email, address: request.ipAddress });
      try {
        const answer = await inHashingTurn({ address: request.ipAddress, signal: request.signal }, () =>
          openSession(request),
        );
        await attempt.succeeded();
        return answer;
      } catch (error) {
        if (!(error instanceof APIError)) throw error;
        const deactivated = error.body?.code === 'BANNED_USER';
        await recordFailure(request, deactivated ? 'The account is deactivated.' : 'E-mail or password is wrong.');
        if (deactivated) throw new AppError('forbidden', 'This account is deactivated. Ask an admin to reactivate it.');
        throw new AppError('unauthenticated', 'E-mail or password is wrong.');
      }
    },
    async signOut(actor, cookieHeader) {
      return signals.transaction((tx) =>
        scope.run(tx, async () => {
          const { response, headers } = await (
            await auth()
          ).api.signOut({
            headers: new Headers({ cookie: cookieHeader }),
            returnHeaders: true,
          });
          await audit.record(tx, {
            eventType: 'auth.logout',
            actor: { type: 'user', id: actor.userId },
            resource: `user:${actor.userId}`,
            detail: {},
          });
          signals.signal(tx, { kind: 'user', userId: actor.userId });
          return { body: response, cookies: headers.getSetCookie() };
        }),
      );
    },
    async getSession(cookieHeader) {
      const { response, headers } = await (
        await auth()
      ).api.getSession({
        headers: new Headers({ cookie: cookieHeader }),
        returnHeaders: true,
      });
      const valid = response && !response.user.banned ? response : null;
      return { body: valid, cookies: headers.getSetCookie() };
    },
  };
}
