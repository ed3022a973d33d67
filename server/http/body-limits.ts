import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../platform/errors.ts';
import { isCostlyJson } from '../platform/json-cost.ts';
import { askerKey } from './asker.ts';
import { createBodyRoom, type BodyRoom } from './body-room.ts';
import { collectBody } from './collect-body.ts';
import { watchUpload } from './watch-upload.ts';

/** What a body may have; nobody without a session has more to say than a password. */
const strangersBodyBytes = 64 * 1024;
const mebibyte = 1024 ** 2;

/** Unfinished bodies that are held at once. */
const roomForStrangers = { bodiesPerKey: 100, bytesPerKey: 2 * mebibyte, bodies: 1_000, bytes: 16 * mebibyte };
/** Forms are not held, but each has a connection, buffers and a file. */
const roomForForms = { bodiesPerKey: 40, bytesPerKey: Infinity, bodies: 400, bytes: Infinity };
const roomForPeople = { bodiesPerKey: 100, bytesPerKey: 16 * mebibyte, bodies: 1_000, bytes: 96 * mebibyte };

const bodilessMethods = new Set(['GET', 'HEAD', 'TRACE']);

/**
 * Bodies arrive in full within 30 seconds (408), uploads as long as they get on (408). Without a session they have 64 KiB
 * at most (413). Only so many unfinished ones are held at once, and only so many uploads are under way, by person or address
 * (429) and altogether (503).
 */
export function installBodyLimits(app: FastifyInstance, { bodyLimit }: { bodyLimit: number }): void {
  const strangers = createBodyRoom(roomForStrangers);
  const people = createBodyRoom(roomForPeople);
  const forms = createBodyRoom(roomForForms);

  // The checks of session and role come before, so that nobody's body is waited for who may not send one.
  app.addHook('preParsing', async (request, reply, payload) => {
    if (!hasBody(request)) return payload;
    if (isMultipart(request)) {
      const leave = forms.enter(askerKey({ userId: request.actor?.userId, address: request.ip }), { bytes: 0 });
      reply.raw.once('close', leave);
      watchUpload(request, reply);
      return payload;
    }
    const isStranger = isOfStranger(request);
    const limit = isStranger ? strangersBodyBytes : (request.routeOptions.bodyLimit ?? bodyLimit);
    const body = await receive(request, { payload, limit, room: isStranger ? strangers : people });
    if (isCostlyJson(body)) throw new AppError('invalid_request', 'The body has more values than anything here takes.');
    return Readable.from([body], { objectMode: false });
  });

  // Whoever withholds the rest of a body would hold the connection after its answer as well.
  app.addHook('onSend', async (request, reply) => {
    if (request.raw.complete === false && (isOfStranger(request) || !isMultipart(request))) closeAfterwards(reply);
  });
}

async function receive(
  request: FastifyRequest,
  { payload, limit, room }: { payload: Readable; limit: number; room: BodyRoom },
): Promise<Buffer> {
  if (request.headers['content-encoding'] !== undefined && request.headers['content-encoding'] !== 'identity')
    throw new AppError('unsupported_media_type', 'Send the body without a content encoding.');
  const announced = Number(request.headers['content-length'] ?? Number.NaN);
  if (announced > limit) throw tooLarge(limit);
  const leave = room.enter(askerKey({ userId: request.actor?.userId, address: request.ip }), {
    bytes: Number.isNaN(announced) ? limit : announced,
  });
  try {
    return await collectBody(payload, { limit, tooLarge: () => tooLarge(limit) });
  } finally {
    leave();
  }
}

const tooLarge = (limit: number) =>
  new AppError(
    'payload_too_large',
    limit >= mebibyte ? 'The body is larger than 1 MiB.' : 'Without a session a body may have at most 64 KiB.',
  );

export const closeAfterwards = (reply: FastifyReply): FastifyReply => reply.header('connection', 'close');

function hasBody({ method, headers }: FastifyRequest): boolean {
  if (bodilessMethods.has(method)) return false;
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

const isMultipart = (request: FastifyRequest) => /^multipart\//i.test(request.headers['content-type'] ?? '');

/** What an OpenClaw Gateway sends has shown the gateway's token. */
const isOfStranger = (request: FastifyRequest) =>
  request.actor === null && request.routeOptions.url?.startsWith('/api/internal/') !== true;
