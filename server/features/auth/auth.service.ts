import { APIError } from 'better-auth/api';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Transaction } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { cookieValues, readSessionCookie } from '../../http/session-cookie.ts';
import { AppError } from '../../platform/errors.ts';
import type { AttemptLimiter } from './attempt-limiter.ts';
import type { BetterAuth } from './better-auth.ts';
import { inHashingTurn, noteWrongPassword } from './password.ts';
import type { SessionService } from './session.service.ts';
import { findUserIdByEmail, holdPassword } from './sign-in.queries.ts';
import type { TransactionScope } from './transaction-scope.ts';
import { systemAuthority } from '../../db/authority.ts';

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
  /** The one session cookie that counts, as the library reads it: two readers of one header may not differ. */
  async function onlySession(instance: BetterAuth, cookieHeader: string): Promise<Headers> {
    const { sessionToken, dontRememberToken } = (await instance.$context).authCookies;
    const cookie = readSessionCookie(cookieHeader);
    const pairs = cookie && cookie !== 'several' ? [`${sessionToken.name}=${cookie.value}`] : [];
    for (const value of cookieValues(cookieHeader, dontRememberToken.name).slice(0, 1))
      pairs.push(`${dontRememberToken.name}=${value}`);
    return new Headers({ cookie: pairs.join('; ') });
  }

  /** @throws APIError when the password is wrong or the account deactivated */
  function openSession(request: SignInRequest): Promise<AuthAnswer> {
    return signals.transaction(systemAuthority, (tx) =>
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
    await signals.transaction(systemAuthority, async (tx) => {
      const userId = await findUserIdByEmail(tx, request.email);
      await audit.record(tx, {
        eventType: 'auth.failed',
        actor: userId ? { type: 'user', id: userId } : { type: 'system' },
        resource: userId && `user:${userId}`,
        outcome: 'failure',
        error: reason,
        detail: { ...audit.emailReference(request.email), reason, ipAddress: request.ipAddress },
      });
    });
  }

  return {
    async signIn(request) {
      const attempt = await limiter.begin({ account: request.email, address: request.ipAddress });
      const asker = { address: request.ipAddress, signal: request.signal };
      try {
        const answer = await inHashingTurn(asker, () => openSession(request));
        await attempt.succeeded();
        return answer;
      } catch (error) {
        if (!(error instanceof APIError)) throw error;
        noteWrongPassword(asker);
        const deactivated = error.body?.code === 'BANNED_USER';
        await recordFailure(request, deactivated ? 'The account is deactivated.' : 'E-mail or password is wrong.');
        if (deactivated) throw new AppError('forbidden', 'This account is deactivated. Ask an admin to reactivate it.');
        throw new AppError('unauthenticated', 'E-mail or password is wrong.');
      }
    },
    async signOut(actor, cookieHeader) {
      const end = (tx: Transaction) =>
        scope.run(tx, async () => {
          const instance = await auth();
          const { response, headers } = await instance.api.signOut({
            headers: await onlySession(instance, cookieHeader),
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
        });
      // What this session is changing at this moment ends before it does.
      return signals.transaction(actor, end, { userIds: [actor.userId] });
    },
    async getSession(cookieHeader) {
      const instance = await auth();
      const { response, headers } = await instance.api.getSession({
        headers: await onlySession(instance, cookieHeader),
        returnHeaders: true,
      });
      const valid = response && !response.user.banned ? response : null;
      return { body: valid, cookies: headers.getSetCookie() };
    },
  };
}
