import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../platform/errors.ts';
import { send } from './error-handler.ts';

const windowMs = 30_000;
/** Who sends less in each window does not mean to end. */
const minBytes = 8 * 1024 * (windowMs / 1_000);

/** Ends an upload that does not get on, with 408 where it can still be answered. */
export function watchUpload(request: FastifyRequest, reply: FastifyReply): void {
  const { socket } = request.raw;
  // What a test injects comes over no connection.
  if (!Number.isInteger(socket.bytesRead)) return;
  let before = socket.bytesRead;
  const timer = setInterval(() => {
    if (request.raw.complete || socket.destroyed) return clearInterval(timer);
    const received = socket.bytesRead - before;
    before = socket.bytesRead;
    if (received >= minBytes) return;
    clearInterval(timer);
    if (reply.sent) socket.destroy();
    else send(reply.header('connection', 'close'), request, tooSlow);
  }, windowMs);
  timer.unref();
  request.raw.once('end', () => clearInterval(timer));
}

const tooSlow = new AppError('request_timeout', 'The file did not get on. Check your connection, then try again.');
