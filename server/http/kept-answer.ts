import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import zlib, { constants } from 'node:zlib';
import { negotiate } from '@fastify/accept-negotiator';
import type { FastifyReply, FastifyRequest } from 'fastify';

const brotli = promisify(zlib.brotliCompress);
const gzip = promisify(zlib.gzip);

interface Forms {
  identity: Buffer;
  br: Buffer;
  gzip: Buffer;
  etag: string;
}

type Encoding = 'br' | 'gzip' | 'identity';

/** An answer that is the same for everybody: made and compressed once, at the first request, and kept. */
export function createKeptAnswer(type: string, make: () => string) {
  let forms: Promise<Forms> | undefined;

  async function build(): Promise<Forms> {
    const identity = Buffer.from(make());
    const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
    const etag = createHash('sha256').update(identity).digest('base64url').slice(0, 22);
    return { identity, br: await brotli(identity, { params }), gzip: await gzip(identity), etag };
  }

  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const kept = await (forms ??= build());
    const accepted = negotiate(request.headers['accept-encoding'] ?? 'identity', ['br', 'gzip', 'identity']);
    const encoding = (accepted ?? 'identity') as Encoding;
    const etag = `"${kept.etag}-${encoding}"`;
    reply.type(type).header('cache-control', 'no-cache').header('etag', etag).header('vary', 'accept-encoding');
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    // Said in any case: no other compression is to be put on it.
    if (encoding !== 'identity') reply.header('content-encoding', encoding);
    return reply.send(kept[encoding]);
  };
}
