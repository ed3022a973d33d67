import type { FastifyReply, FastifyRequest } from 'fastify';
import { addressGroup } from './address-group.ts';

/** On whose account work is done where it waits for its turn: a person, or an address where there is no session. */
export interface Asker {
  userId?: string | undefined;
  address: string;
  /** Aborts when whoever asked is gone. */
  signal?: AbortSignal | undefined;
}

export const askerKey = ({ userId, address }: Pick<Asker, 'userId' | 'address'>): string =>
  userId === undefined ? `address ${addressGroup(address)}` : personKey(userId);

export const personKey = (userId: string): string => `person ${userId}`;

/** Nobody waits for the answer any more. */
export class AskerGone extends Error {
  override readonly name = 'AskerGone';
}

/** Aborts when the connection closes before the answer was sent in full. */
export function goneSignal(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort(new AskerGone());
  });
  return gone.signal;
}

export const askerOf = (request: FastifyRequest, reply: FastifyReply): Asker => ({
  userId: request.actor?.userId,
  address: request.ip,
  signal: goneSignal(reply),
});
