import type { AddressPolicy } from '../../platform/address-guard.ts';
import { safeFetch, type SafeResponse } from '../../platform/safe-fetch.ts';
import { describeFetchError, OdooError } from './odoo-error.ts';

const timeoutMs = 30_000;
const maxBytes = 12 * 1024 * 1024;
const followRedirects = 3;
const userAgent = 'Pinchy';

export interface OdooRequest {
  method: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  /** Of the body; JSON unless said. */
  contentType?: string;
}

/** One guarded and bounded exchange with an Odoo. Throws OdooError. */
export async function requestOdoo(
  url: string,
  { method, body, contentType = 'application/json', ...options }: OdooRequest,
  policy: AddressPolicy,
  signal?: AbortSignal,
): Promise<SafeResponse> {
  const headers = { accept: contentType, 'user-agent': userAgent, ...options.headers };
  try {
    return await safeFetch(url, {
      ...policy,
      method,
      headers: body === undefined ? headers : { ...headers, 'content-type': contentType },
      ...(body !== undefined && { body }),
      maxBytes,
      timeoutMs,
      followRedirects,
      signal,
    });
  } catch (error) {
    throw describeFetchError(error);
  }
}

/** Odoo may live below a path of its host. */
export const endpointOf = (url: string, path: string) => `${url.replace(/\/+$/, '')}${path}`;

/** Reads a body that Odoo would have written; anything else is a proxy's, or another program's. */
export function parseBody<Value>(response: SafeResponse, read: (text: string) => Value): Value {
  try {
    return read(response.body.toString('utf8'));
  } catch {
    if (response.status >= 500)
      throw new OdooError('unreachable', `The server answered with status ${response.status}. Odoo may be restarting.`);
    throw notOdoo(response.url);
  }
}

export const parseJson = (response: SafeResponse): unknown => parseBody(response, JSON.parse);

export const notOdoo = (url: string) =>
  new OdooError('not-odoo', `${URL.parse(url)?.host ?? 'The server'} does not answer like Odoo. Check the address.`);

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
