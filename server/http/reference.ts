import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { createFairQueue } from '../platform/fair-queue.ts';
import { resourcePath } from '../platform/resources.ts';
import { askerKey, goneSignal } from './asker.ts';

/** Five megabytes for whoever takes no compression, and no session needed: a crowd of them would fill the thread. */
export const referenceQueue = createFairQueue({
  name: 'reference',
  running: 3,
  runningPerKey: 1,
  waitingPerKey: 200,
  waiting: 1_000,
  refusal: 'The API reference is being fetched too often at the moment. Try again in a moment.',
});

/** `/api/docs`: Scalar's page around the OpenAPI document, as the build left it. */
export async function installReference(app: FastifyInstance): Promise<void> {
  const root = resourcePath('dist', 'reference');
  const file = join(root, 'page.html');
  if (!existsSync(file)) return;
  const page = readFileSync(file, 'utf8');
  await app.register(async (scope) => {
    scope.addHook('onRequest', async (request, reply) => {
      const end = await referenceQueue.takeTurn({ key: askerKey({ address: request.ip }), signal: goneSignal(reply) });
      reply.raw.once('finish', end).once('close', end);
    });
    await scope.register(fastifyStatic, {
      root: join(root, 'js'),
      prefix: '/api/docs/js/',
      wildcard: false,
      index: false,
      decorateReply: false,
      preCompressed: true,
      setHeaders(reply) {
        // Its name stays when its content changes: asked for again, and answered with 304.
        reply.header('cache-control', 'no-cache');
      },
    });
  });
  for (const url of ['/api/docs', '/api/docs/']) {
    app.get(url, { schema: { hide: true } }, async (_request, reply) => {
      const nonce = crypto.randomUUID();
      return reply
        .type('text/html; charset=utf-8')
        .header(
          'content-security-policy',
          `default-src 'self'; script-src 'self' 'nonce-${nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
        )
        .send(page.replaceAll('<script', `<script nonce="${nonce}"`));
    });
  }
}
