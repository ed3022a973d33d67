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
  const values: string[] = [];
  // Most pairs are another's: a header is looked through as often as it has the name, however long it is.
  for (let at = header?.indexOf(name) ?? -1; header !== undefined && at >= 0; at = header.indexOf(name, at + 1)) {
    const sign = at + name.length;
    if (header[sign] !== '=' || !beginsPair(header, at)) continue;
    const semicolon = header.indexOf(';', sign);
    const value = trimBlanks(header, sign + 1, semicolon < 0 ? header.length : semicolon);
    if (value !== '') values.push(value);
  }
  return values;
}

const isBlank = (character: string | undefined) => character === ' ' || character === '\t';

/** Whether only blanks stand between this place and the pair before. */
function beginsPair(header: string, at: number): boolean {
  let before = at - 1;
  while (isBlank(header[before])) before -= 1;
  return before < 0 || header[before] === ';';
}

/** A pattern for blanks at the end looks at each run of blanks from each of its places. */
function trimBlanks(text: string, start: number, end: number): string {
  let last = end;
  while (last > start && isBlank(text[last - 1])) last -= 1;
  return text.slice(start, last);
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
const maxVariantBytes = 3_000;

/**
 * Expires the plain name under every path and domain that reaches this request, but not ours: a neighbour can name the
 * domain that both share, or a longer path, but not this host alone with the path `/`.
 */
function plantedVariants(request: FastifyRequest): string[] {
  const host = requestHost(request).replace(/:\d+$/, '');
  const labels = isIP(host.replaceAll(/[[\]]/g, '')) ? [] : host.split('.');
  const domains = endings(labels);
  const segments = (request.url.split('?', 1)[0] ?? '').split('/').filter((segment) => /^[\w.~%-]+$/.test(segment));
  const paths = beginnings(segments);
  const places = [
    ...domains.map((domain) => `Path=/; Domain=${domain}`),
    ...paths.map((path) => `Path=${path}`),
    ...paths.flatMap((path) => domains.map((domain) => `Path=${path}; Domain=${domain}`)),
  ];
  let bytes = 0;
  return places
    .slice(0, maxVariants)
    .map((where) => expired(plainCookieName, where))
    .filter((cookie) => (bytes += cookie.length) <= maxVariantBytes);
}

/** No more than are sent, and of a host or path of thousands of parts not all that could be made. */
const beginnings = (parts: string[]): string[] =>
  parts.slice(0, maxVariants).map((_part, index) => `/${parts.slice(0, index + 1).join('/')}`);
const endings = (labels: string[]): string[] =>
  labels
    .slice(0, -1)
    .slice(-maxVariants)
    .map((_label, index, kept) => labels.slice(index - kept.length - 1).join('.'));

const expired = (name: string, where: string) => `${name}=; Max-Age=0; ${where}; HttpOnly; SameSite=Lax`;
