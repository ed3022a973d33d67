import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { resourcePath } from '../platform/resources.ts';

/** `/api/docs`: Scalar's page around the OpenAPI document, as the build left it. */
export async function installReference(app: FastifyInstance): Promise<void> {
  const root = resourcePath('dist', 'reference');
  const file = join(root, 'page.html');
  if (!existsSync(file)) return;
  const page = readFileSync(file, 'utf8');
  await app.register(fastifyStatic, {
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
