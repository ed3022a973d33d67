import { isIP } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../platform/errors.ts';
import { requestHost } from './security.ts';

/** What the session's cookie is called where HTTPS is not certain. Neighbouring domains can plant one of this name. */
export const plainCookieName = 'pinchy.session_token';
/**
 * Its name while a domain is locked. By the prefix browsers take it only from this very host over HTTPS, with the path `/`
 * (RFC 6265bis, 4.1.3.2), so nobody else can plant one.
 */
export const hostBoundCookieName = `__Host-${plainCookieName}`;

export interface SessionCookie {
  /** As it was sent: the token with its signature, percent-encoded. */
  value: string;
  isHostBound: boolean;
}

/**
 * The session cookie of a `Cookie` header. One that is bound to the host wins over others, which may have been planted.
 * `several` of one name are told apart by nothing that can be trusted: their order follows paths that whoever planted
 * one has chosen.
 */
export function readSessionCookie(header: string | undefined): SessionCookie | 'several' | undefined {
  for (const name of [hostBoundCookieName, plainCookieName]) {
    const values = cookieValues(header, name);
    if (values.length > 1) return 'several';
    if (values[0] !== undefined) return { value: values[0], isHostBound: name === hostBoundCookieName };
  }
  return undefined;
}

/** The raw values that are not empty. Only spaces and tabs are passed over: other blanks would hide a name's prefix from a browser. */
export function cookieValues(header: string | undefined, name: string): string[] {
  return (header?.split(';') ?? []).flatMap((part) => {
    const [key, ...value] = part.replaceAll(/^[ \t]+|[ \t]+$/g, '').split('=');
    const text = value.join('=');
    return key === name && text !== '' ? [text] : [];
  });
}

/** The answer to a request without a session that counts. */
export function missingSession(request: FastifyRequest): AppError {
  if (readSessionCookie(request.headers.cookie) !== 'several')
    return new AppError('unauthenticated', 'Sign in to continue.');
  return new AppError(
    'unauthenticated',
    'Your browser sent two session cookies, and only one can be yours. Try again, or sign in. If this stays, delete the cookies of this address and of its neighbours in your browser.',
  );
}

/** Expires what others may have planted, where more than one session cookie came. */
export function expirePlanted(request: FastifyRequest, reply: FastifyReply): void {
  if (readSessionCookie(request.headers.cookie) !== 'several') return;
  for (const cookie of plantedVariants(request)) reply.header('set-cookie', cookie);
}

/** Sets the cookies of a session that begins or ends, in place of whatever session cookie the request brought. */
export function replaceSessionCookies(request: FastifyRequest, reply: FastifyReply, cookies: string[]): void {
  const { cookie: header } = request.headers;
  const isSet = (name: string) => cookies.some((cookie) => cookie.startsWith(`${name}=`));
  if (cookieValues(header, plainCookieName).length > 0) {
    for (const cookie of plantedVariants(request)) reply.header('set-cookie', cookie);
    if (!isSet(plainCookieName)) reply.header('set-cookie', expired(plainCookieName, 'Path=/'));
  }
  if (cookieValues(header, hostBoundCookieName).length > 0 && !isSet(hostBoundCookieName))
    reply.header('set-cookie', expired(hostBoundCookieName, 'Path=/; Secure'));
  for (const cookie of cookies) reply.header('set-cookie', cookie);
}

/** Moves a session to the name that nobody can plant. Without `maxAgeSeconds` it ends with the browser. */
export function bindToHost(reply: FastifyReply, value: string, maxAgeSeconds: number | undefined): void {
  const age = maxAgeSeconds === undefined ? '' : ` Max-Age=${maxAgeSeconds};`;
  reply.header('set-cookie', expired(plainCookieName, 'Path=/'));
  reply.header('set-cookie', `${hostBoundCookieName}=${value};${age} Path=/; HttpOnly; Secure; SameSite=Lax`);
}

/** Many proxies refuse an answer whose headers take more than 4 KB. */
const maxVariants = 16;

/**
 * Expires the plain name under every path and domain that reaches this request, but not ours: a neighbour can name the
 * domain that both share, or a longer path, but not this host alone with the path `/`.
 */
function plantedVariants(request: FastifyRequest): string[] {
  const host = requestHost(request).replace(/:\d+$/, '');
  const labels = isIP(host.replaceAll(/[[\]]/g, '')) ? [] : host.split('.');
  const domains = labels.slice(0, -1).map((_label, index) => labels.slice(index).join('.'));
  const segments = (request.url.split('?')[0] ?? '').split('/').filter((segment) => /^[\w.~%-]+$/.test(segment));
  const paths = segments.map((_segment, index) => `/${segments.slice(0, index + 1).join('/')}`);
  return [
    ...domains.map((domain) => `Path=/; Domain=${domain}`),
    ...paths.map((path) => `Path=${path}`),
    ...paths.flatMap((path) => domains.map((domain) => `Path=${path}; Domain=${domain}`)),
  ]
    .slice(0, maxVariants)
    .map((where) => expired(plainCookieName, where));
}

const expired = (name: string, where: string) => `${name}=; Max-Age=0; ${where}; HttpOnly; SameSite=Lax`;
