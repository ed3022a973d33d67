import type { FastifyInstance } from 'fastify';
import { isOwnOrigin } from '../../http/security.ts';
import { socketPath } from '../../http/upgrades.ts';
import { missingSession } from '../../http/session-cookie.ts';
import type { Actor } from '../../http/actor.ts';
import { AppError } from '../../platform/errors.ts';
import type { AcceptSocket } from './accept-socket.ts';
import type { Seat } from './open-sockets.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The place of a socket whose upgrade is under way. */
    seat: Seat | null;
  }
}

export interface SocketRouteServices {
  chat: { reserveSocket(userId: string): Seat | undefined; acceptSocket: AcceptSocket };
  sessions: { findActor(cookieHeader: string | undefined): Promise<Actor | undefined> };
}

/**
 * `GET /api/ws`. The host was checked for every route; here origin (403), session (401) and the number of sockets
 * (429) are, before the upgrade is answered.
 */
export function addSocketRoute(app: FastifyInstance, { chat, sessions }: SocketRouteServices): void {
  app.decorateRequest('seat', null);
  app.get(
    socketPath,
    {
      websocket: true,
      schema: { hide: true },
      preValidation: async (request) => {
        if (!isOwnOrigin(request, { refererCounts: false })) {
          throw new AppError('origin_forbidden', 'This socket came from another site and was refused.');
        }
        const actor = await sessions.findActor(request.headers.cookie);
        if (!actor) throw missingSession(request);
        const seat = chat.reserveSocket(actor.userId);
        if (!seat)
          throw new AppError('rate_limited', 'Too many open sockets. Close some tabs, then try again.', {
            retryAfter: 10,
          });
        request.actor = actor;
        request.seat = seat;
      },
    },
    (socket, request) => {
      const { actor, seat } = request;
      if (!actor || !seat) return socket.close(1011);
      const { userId, sessionToken } = actor;
      chat.acceptSocket(socket, { userId, sessionToken, seat, stream: request.raw.socket });
    },
  );
}
