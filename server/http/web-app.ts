import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type PageState, pageStateId } from '../../contract/page-state.ts';
import { resourcePath } from '../platform/resources.ts';
import { createPreloads } from './preloads.ts';

export interface WebAppOptions {
  /** Undefined where it cannot or may not be told; then the app asks for itself. */
  readState(request: FastifyRequest): Promise<PageState | undefined>;
}

/** Serves the built web app; every path that is no file and no API is a page of the app. */
export async function installWebApp(app: FastifyInstance, { readState }: WebAppOptions): Promise<void> {
  const root = resourcePath('dist', 'web');
  const index = join(root, 'index.html');
  if (!existsSync(index)) return;
  const [beforeHeadEnds, afterHeadEnds] = splitAt(readFileSync(index, 'utf8'), '</head>');
  const sandbox = join(root, 'sandbox.html');
  const preloadsFor = createPreloads(root);
  await app.register(fastifyStatic, {
    root,
    wildcard: false,
    index: false,
    // The build compresses once and better than there is time for at each request.
    preCompressed: true,
    setHeaders: (reply, path) => {
      if (path === sandbox) isolate(reply);
      if (!path.includes('/assets/')) {
        reply.header('cache-control', 'no-cache');
        return;
      }
      // The sandboxed frame has no origin, so its own scripts are another origin's to it. They are the same for everybody.
      reply.header('access-control-allow-origin', '*');
      // Vite names assets by their content, so they never change; everything else is asked for again.
      reply.header('cache-control', 'public, max-age=31536000, immutable');
      // These govern pages; on a script they are weight only.
      for (const header of headersOfPages) reply.removeHeader(header);
    },
  });
  app.get('/*', { schema: { hide: true } }, async (request, reply) => {
    const [path = ''] = request.url.split('?');
    if (path.startsWith('/api/') || path === '/api') return reply.callNotFound();
    if (/\/assets\/|\.[a-z0-9]{2,5}$/i.test(path)) return reply.callNotFound();
    const state = await readState(request);
    const preloads = preloadsFor(path, { languages: request.headers['accept-language'], state });
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(`${beforeHeadEnds}${preloads}${state ? stateElement(state) : ''}${afterHeadEnds}`);
  });
}

const headersOfPages = [
  'content-security-policy',
  'cross-origin-opener-policy',
  'origin-agent-cluster',
  'permissions-policy',
  'x-dns-prefetch-control',
  'x-download-options',
  'x-frame-options',
  'x-permitted-cross-domain-policies',
  'x-xss-protection',
];

/**
 * The page that shows diagrams and HTML of models: without an origin, with no scripts but its own, and with no way to the
 * network, not even by its address. Only the app may show it.
 */
const sandboxPolicy = [
  'sandbox allow-scripts',
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  'img-src data: blob:',
  'font-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join(';');

function isolate(reply: FastifyReply): void {
  reply.header('content-security-policy', sandboxPolicy);
  reply.removeHeader('x-frame-options');
}

/** Data, which no browser runs. Without `<` nothing in it can end the element. */
function stateElement(state: PageState): string {
  const json = JSON.stringify(state).replaceAll('<', '\\u003c');
  return `<script type="application/json" id="${pageStateId}">${json}</script>`;
}

function splitAt(text: string, mark: string): [string, string] {
  const position = text.indexOf(mark);
  if (position < 0) throw new Error(`The web app's page has no ${mark}; build it anew.`);
  return [text.slice(0, position), text.slice(position)];
}
