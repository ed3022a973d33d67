import { betterAuth } from 'better-auth/minimal';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { hashPassword, verifyPassword } from 'better-auth/crypto';
import { admin } from 'better-auth/plugins/admin';
import { passwordLength } from '../../../contract/password.ts';
import type { WritableDatabase } from '../../db/client.ts';
import * as schema from '../../db/schema/index.ts';
import { hostBoundCookieName, plainCookieName } from '../../http/session-cookie.ts';

export const sessionSeconds = 7 * 24 * 60 * 60;

/**
 * Better Auth with e-mail and password only. Its own origin check and rate limits are off: ours cover every route.
 * `secure` is on while a domain is locked: the session's cookie then has the name that only this host can set.
 */
export function createBetterAuth(options: { db: WritableDatabase; secret: string; secure: boolean }) {
  return betterAuth({
    appName: 'Pinchy',
    basePath: '/api/auth',
    baseURL: 'http://pinchy.internal',
    secret: options.secret,
    database: drizzleAdapter(options.db, {
      provider: 'pg',
      schema: {
        user: schema.users,
        session: schema.sessions,
        account: schema.accounts,
        verification: schema.verifications,
      },
    }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
      // The library's own, as `password.ts` has them.
      password: { hash: hashPassword, verify: verifyPassword },
    },
    session: { expiresIn: sessionSeconds, updateAge: 24 * 60 * 60, cookieCache: { enabled: false } },
    plugins: [admin({ defaultRole: 'member', adminRoles: ['admin'] })],
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: {
      cookiePrefix: 'pinchy',
      useSecureCookies: false,
      cookies: { session_token: { name: options.secure ? hostBoundCookieName : plainCookieName } },
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true, path: '/', secure: options.secure },
      database: { generateId: 'uuid' },
      disableCSRFCheck: true,
      disableOriginCheck: true,
    },
  });
}

export type BetterAuth = ReturnType<typeof createBetterAuth>;
