import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../platform/errors.ts';

declare module 'fastify' {
  interface FastifyRequest {
    isDomainLocked: boolean;
  }
}

/** What browsers say of a request that another site's page made, or a neighbouring domain's. */
const pagesOfOthers = new Set(['cross-site', 'same-site']);
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Styles may be inline because Mantine injects them; scripts never are. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join(';');

/**
 * The same on every answer, so written once: Helmet, which they are taken from, builds them anew at each request.
 * Strict-Transport-Security is sent only while a domain is locked: a plain http installation must stay reachable.
 */
const securityHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
};

export function installSecurityHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(securityHeaders);
    if (isApiRequest(request)) reply.header('cache-control', 'no-store');
    done();
  });
}

/** By the route that was found: `/%61pi/agents` and `http://host/api/agents` lead to the API as well. */
export const isApiRequest = (request: FastifyRequest): boolean =>
  request.url.startsWith('/api/') || request.routeOptions.url?.startsWith('/api/') === true;

/** The host that the client asked for; `X-Forwarded-Host` counts only from a trusted proxy. */
export const requestHost = (request: FastifyRequest): string => request.host.toLowerCase();

/**
 * Refuses state-changing requests that another site's page made. Scripts send neither header and pass: the session
 * cookie is `SameSite=Lax`, so a browser would not have sent it along from elsewhere.
 */
export function requireOwnOrigin(request: FastifyRequest): void {
  if (safeMethods.has(request.method)) return;
  if (!isOwnOrigin(request, { refererCounts: true })) {
    throw new AppError('origin_forbidden', 'This request came from another site and was refused.');
  }
}

/**
 * Whether a page of this very installation asks, or no page at all. Over HTTPS, and always while a domain is locked, a page
 * that came over plain http is another's: anybody on the way could have written it.
 */
export function isOwnOrigin(request: FastifyRequest, options: { refererCounts: boolean }): boolean {
  const source = request.headers.origin ?? (options.refererCounts ? request.headers.referer : undefined);
  if (source === undefined) return !pagesOfOthers.has(String(request.headers['sec-fetch-site']));
  try {
    const { protocol, host } = new URL(source);
    const isSecure = request.protocol === 'https' || request.isDomainLocked;
    if (protocol !== 'https:' && (protocol !== 'http:' || isSecure)) return false;
    const own = new URL(`${request.protocol}://${requestHost(request)}`);
    return host === own.host || (new URL(source).hostname === own.hostname && mayHaveLostPort(request));
  } catch {
    return false;
  }
}

/**
 * Whether a proxy may have passed on the host without its port, as nginx does with `$host`. What another port of the same host
 * asks for, a browser marks as from the same site, not the same origin.
 */
function mayHaveLostPort(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  const isForwarded = (request.ips?.length ?? 0) > 1;
  return isForwarded && !/:\d+$/.test(requestHost(request)) && (site === undefined || site === 'same-origin');
}
