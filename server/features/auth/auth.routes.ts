import type { FastifyInstance, FastifyReply } from 'fastify';
import * as z from 'zod';
import { emailSchema, errorSchema } from '../../../contract/common.ts';
import { goneSignal } from '../../http/asker.ts';
import { AppError } from '../../platform/errors.ts';
import type { AuthAnswer, AuthService } from './auth.service.ts';
import type { SessionService } from './session.service.ts';

const signInBody = z.strictObject({
  email: emailSchema,
  password: z.string().min(1, 'Enter your password.').max(128),
  rememberMe: z.boolean().optional(),
  callbackURL: z.string().optional(),
});

/** Better Auth's own answers; errors keep our shape. */
const answers = { 200: z.any(), '4xx': errorSchema, '5xx': errorSchema };

function reply(to: FastifyReply, answer: AuthAnswer) {
  for (const cookie of answer.cookies) to.header('set-cookie', cookie);
  return answer.body;
}

/** The three routes of Better Auth that are open; everything else below `/api/auth` is unknown. */
export function addAuthRoutes(app: FastifyInstance, auth: AuthService, sessions: SessionService): void {
  app.route({
    method: 'POST',
    url: '/api/auth/sign-in/email',
    config: { access: 'public' },
    schema: {
      tags: ['Sign-in'],
      summary: 'Sign in with e-mail and password',
      body: signInBody,
      response: answers,
    },
    handler: async (request, to) => {
      const body = request.body as z.output<typeof signInBody>;
      return reply(
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
    schema: { tags: ['Sign-in'], summary: 'Sign out', response: answers },
    handler: async (request, to) => {
      const actor = await sessions.findActor(request.headers.cookie);
      if (!actor) throw new AppError('unauthenticated', 'You are signed out already.');
      return reply(to, await auth.signOut(actor, request.headers.cookie ?? ''));
    },
  });
  app.route({
    method: 'GET',
    url: '/api/auth/get-session',
    config: { access: 'public' },
    schema: { tags: ['Sign-in'], summary: 'The current session, or null', response: answers },
    handler: async (request, to) => reply(to, await auth.getSession(request.headers.cookie ?? '')),
  });
}
