import helmet from '@fastify/helmet';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../platform/errors.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Styles may be inline because Mantine injects them; scripts never are. */
export async function installSecurityHeaders(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'same-origin' },
    // Sent only while a domain is locked: a plain http installation must stay reachable.
    strictTransportSecurity: false,
    xFrameOptions: { action: 'deny' },
  });
  app.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    reply.header('permissions-policy', 'camera=(), geolocation=(), microphone=()');
  });
}

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

export function isOwnOrigin(request: FastifyRequest, options: { refererCounts: boolean }): boolean {
  const source = request.headers.origin ?? (options.refererCounts ? request.headers.referer : undefined);
  if (source === undefined) return true;
  try {
    return new URL(source).host === new URL(`${request.protocol}://${requestHost(request)}`).host;
  } catch {
    return false;
  }
}
