import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { emailSchema } from '../../../contract/common.ts';
import { goneSignal } from '../../http/asker.ts';
import { documentedErrors } from '../../http/documented-errors.ts';
import { missingSession, replaceSessionCookies } from '../../http/session-cookie.ts';
import type { AuthAnswer, AuthService } from './auth.service.ts';

const signInBody = z.strictObject({
  email: emailSchema,
  password: z.string().min(1, 'Enter your password.').max(128),
  rememberMe: z.boolean().optional(),
  callbackURL: z.string().optional(),
});

function reply(request: FastifyRequest, to: FastifyReply, answer: AuthAnswer) {
  replaceSessionCookies(request, to, answer.cookies);
  return answer.body;
}

/** The three routes of Better Auth that are open; everything else below `/api/auth` is unknown. */
export function addAuthRoutes(app: FastifyInstance, auth: AuthService): void {
  app.route({
    method: 'POST',
    url: '/api/auth/sign-in/email',
    config: { access: 'public' },
    schema: {
      tags: ['Sign-in'],
      operationId: 'signIn',
      summary: 'Sign in with e-mail and password',
      body: signInBody,
      response: {
        200: z.any(),
        ...documentedErrors({ method: 'POST', access: 'public', errors: ['unauthenticated', 'forbidden'] }),
      },
    },
    handler: async (request, to) => {
      const body = request.body as z.output<typeof signInBody>;
      return reply(
        request,
        to,
        await auth.signIn({
          email: body.email,
          password: body.password,
          rememberMe: body.rememberMe,
          ipAddress: request.ip,
          userAgent: request.headers['user-agent'] ?? '',
          signal: goneSignal(to),
        }),
      );
    },
  });
  app.route({
    method: 'POST',
    url: '/api/auth/sign-out',
    config: { access: 'user' },
    schema: {
      operationId: 'signOut',
      tags: ['Sign-in'],
      summary: 'Sign out',
      response: { 200: z.any(), ...documentedErrors({ method: 'POST', access: 'user' }) },
    },
    handler: async (request, to) => {
      if (!request.actor) throw missingSession(request);
      return reply(request, to, await auth.signOut(request.actor, request.headers.cookie ?? ''));
    },
  });
  app.route({
    method: 'GET',
    url: '/api/auth/get-session',
    config: { access: 'public' },
    schema: {
      operationId: 'getSession',
      tags: ['Sign-in'],
      summary: 'The current session, or null',
      response: { 200: z.any(), ...documentedErrors({ method: 'GET', access: 'public' }) },
    },
    handler: async (request, to) => {
      // The session was looked up for the limits; what the library finds beyond that does not count.
      if (!request.actor) return null;
      const { body, cookies } = await auth.getSession(request.headers.cookie ?? '');
      for (const cookie of cookies) to.header('set-cookie', cookie);
      return body;
    },
  });
}
