import {
  ForbiddenAddressError,
  parseAllowedUrl,
  reachOf,
  resolveByDns,
  UnknownHostError,
  type AddressPolicy,
  type Resolve,
} from './address-guard.ts';
import type { Agent, RequestInit, Response } from './guarded-agent.ts';

const loadAgent = () => import('./guarded-agent.ts');

export type SafeFetchFailure =
  'forbidden-address' | 'unknown-host' | 'unreachable' | 'redirect' | 'too-large' | 'timeout' | 'aborted';

/** Its message is a sentence without headers, bodies or query strings, so that no secret is in it. */
export class SafeFetchError extends Error {
  override name = 'SafeFetchError';
  readonly reason: SafeFetchFailure;

  constructor(reason: SafeFetchFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

export interface SafeFetchOptions extends AddressPolicy {
  /** The largest body that is read, in bytes, for all or by media type; a larger one is an error. */
  maxBytes: number | ((mediaType: string) => number);
  /** For the whole exchange with all redirects, in milliseconds. */
  timeoutMs: number;
  signal?: AbortSignal | undefined;
  /** How many redirects are followed, each checked like the first address; with 0 a redirect is an error. */
  followRedirects: number;
  /** A redirect to another origin is an error that names it. */
  stayOnOrigin?: boolean;
  method?: 'GET' | 'HEAD' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  /** Called before each request, also those that follow a redirect; what it throws ends the exchange as it is. */
  beforeRequest?: ((url: URL) => Promise<void> | void) | undefined;
}

class Refusal extends Error {}

export interface SafeResponse {
  status: number;
  headers: Headers;
  /** Where the answer came from, after redirects. */
  url: string;
  body: Buffer;
}

// Kept by what may be reached, because a pooled connection is only as trustworthy as the check it was opened under.
const agents = new WeakMap<Resolve, Map<string, Agent>>();

async function agentFor(policy: AddressPolicy, { hostname }: URL): Promise<Agent> {
  const { createGuardedAgent } = await loadAgent();
  const { resolve = resolveByDns } = policy;
  const reach = reachOf(policy, hostname);
  const key = JSON.stringify([reach.private, reach.thisMachine]);
  const byReach = agents.get(resolve) ?? new Map<string, Agent>();
  agents.set(resolve, byReach);
  const agent = byReach.get(key) ?? createGuardedAgent({ reachOf: () => reach, resolve });
  byReach.set(key, agent);
  return agent;
}

/** Fetches a URL that a person or a model chose: address checked and dialled as checked, time and size bounded. Throws SafeFetchError. */
export async function safeFetch(address: string | URL, options: SafeFetchOptions): Promise<SafeResponse> {
  const timeout = AbortSignal.timeout(options.timeoutMs);
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
  let request = {
    url: new URL('about:blank'),
    method: options.method ?? 'GET',
    headers: options.headers ?? {},
    body: options.body,
  };
  try {
    request.url = parseAllowedUrl(address, options);
    for (let redirects = 0; ; redirects++) {
      const { url, method, headers, body } = request;
      await allow(options, url);
      const { fetch } = await loadAgent();
      const dispatcher = await agentFor(options, url);
      const init: RequestInit = { method, headers, redirect: 'manual', signal, dispatcher };
      const response = await fetch(url, body === undefined ? init : { ...init, body });
      const location = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
      if (location === null) {
        return {
          status: response.status,
          headers: response.headers as unknown as Headers,
          url: url.href,
          body: await readBounded(response, maxBytesOf(response, options)),
        };
      }
      await response.body?.cancel();
      if (redirects >= options.followRedirects) {
        throw new SafeFetchError(
          'redirect',
          options.followRedirects === 0 ? `${url.host} answered with a redirect.` : `${url.host} redirected too often.`,
        );
      }
      const target = URL.parse(location, url);
      if (!target) throw new SafeFetchError('redirect', `${url.host} redirected to something that is not an address.`);
      const next = parseAllowedUrl(target, options);
      if (options.stayOnOrigin && next.origin !== url.origin) {
        throw new SafeFetchError(
          'redirect',
          `${url.origin} redirected a request elsewhere: it leads to ${next.origin}.`,
        );
      }
      request = redirected(request, response.status, next);
    }
  } catch (error) {
    if (error instanceof Refusal) throw error.cause;
    throw describe(error, request.url, { timeout, signal: options.signal });
  }
}

async function allow({ beforeRequest }: SafeFetchOptions, url: URL): Promise<void> {
  try {
    await beforeRequest?.(url);
  } catch (error) {
    throw new Refusal('refused', { cause: error });
  }
}

interface PlannedRequest {
  url: URL;
  method: 'GET' | 'HEAD' | 'POST';
  headers: Record<string, string>;
  body: string | undefined;
}

// To another origin only what says nothing about the sender goes along: keys have many header names.
const harmlessHeaders = new Set(['accept', 'accept-language', 'user-agent', 'content-type']);

function redirected(request: PlannedRequest, status: number, url: URL): PlannedRequest {
  const becomesGet = request.method === 'POST' && (status === 301 || status === 302 || status === 303);
  const sameOrigin = url.origin === request.url.origin;
  const headers = Object.entries(request.headers).filter(
    ([name]) =>
      (sameOrigin || harmlessHeaders.has(name.toLowerCase())) && !(becomesGet && name.toLowerCase() === 'content-type'),
  );
  // A body may hold secrets as well, so it stays with the origin it was meant for.
  if (request.body !== undefined && !becomesGet && !sameOrigin)
    throw new SafeFetchError('redirect', `${request.url.host} redirected a request elsewhere.`);
  return {
    url,
    method: becomesGet ? 'GET' : request.method,
    headers: Object.fromEntries(headers),
    body: becomesGet ? undefined : request.body,
  };
}

function maxBytesOf(response: Response, { maxBytes }: SafeFetchOptions): number {
  return typeof maxBytes === 'number' ? maxBytes : maxBytes(mediaTypeOf(response.headers.get('content-type')));
}

/** A media type without its parameters, in lower case; empty where none is told. */
export function mediaTypeOf(contentType: string | null): string {
  return (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

async function readBounded(response: Response, maxBytes: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.byteLength;
    // Leaving the loop cancels the stream.
    if (size > maxBytes)
      throw new SafeFetchError('too-large', `The answer is larger than ${maxBytes.toLocaleString('en')} bytes.`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function describe(
  error: unknown,
  url: URL,
  { timeout, signal }: { timeout: AbortSignal; signal: AbortSignal | undefined },
): SafeFetchError {
  if (error instanceof SafeFetchError) return error;
  if (signal?.aborted) return new SafeFetchError('aborted', 'The request was stopped.', { cause: error });
  if (timeout.aborted) return new SafeFetchError('timeout', `${url.host} did not answer in time.`, { cause: error });
  for (const cause of causesOf(error)) {
    if (cause instanceof ForbiddenAddressError)
      return new SafeFetchError('forbidden-address', cause.message, { cause: error });
    if (cause instanceof UnknownHostError) return new SafeFetchError('unknown-host', cause.message, { cause: error });
  }
  return new SafeFetchError('unreachable', `${url.host} could not be reached.`, { cause: error });
}

/** An error, its cause, that one's cause and so on, with the parts of aggregated ones. */
export function causesOf(error: unknown, depth = 0): unknown[] {
  if (!(error instanceof Error) || depth > 8) return [error];
  const parts = error instanceof AggregateError ? error.errors.flatMap((part) => causesOf(part, depth + 1)) : [];
  return [error, ...parts, ...(error.cause === undefined ? [] : causesOf(error.cause, depth + 1))];
}

/**
 * A `fetch` for libraries that take one: same address check, streaming body, redirects handed back instead of followed.
 * Only the caller's signal ends it; `silenceMs` is the longest it waits for the next byte.
 */
export function createGuardedFetch({
  silenceMs,
  ...policy
}: AddressPolicy & { silenceMs: number }): typeof globalThis.fetch {
  let agent: Agent | undefined;
  return (async (input: string | URL, init?: RequestInit) => {
    const url = parseAllowedUrl(input, policy);
    const { createGuardedAgent, fetch } = await loadAgent();
    agent ??= createGuardedAgent({
      reachOf: (hostname) => reachOf(policy, hostname),
      resolve: policy.resolve,
      headersTimeout: silenceMs,
      bodyTimeout: silenceMs,
    });
    return fetch(url, { ...init, redirect: 'manual', dispatcher: agent });
  }) as unknown as typeof globalThis.fetch;
}
