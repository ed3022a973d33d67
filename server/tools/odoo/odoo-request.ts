import type { AddressPolicy } from '../../platform/address-guard.ts';
import { safeFetch, type SafeResponse } from '../../platform/safe-fetch.ts';
import { describeFetchError, OdooError } from './odoo-error.ts';
import { counted } from '../../platform/counted.ts';

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
    const response = await safeFetch(url, {
      ...policy,
      method,
      headers: body === undefined ? headers : { ...headers, 'content-type': contentType },
      ...(body !== undefined && { body }),
      maxBytes,
      timeoutMs,
      followRedirects,
      stayOnOrigin: true,
      signal,
    });
    const refusal = refusalOf(url, response);
    if (refusal) throw refusal;
    return response;
  } catch (error) {
    if (error instanceof OdooError) throw error;
    throw describeFetchError(error);
  }
}

/** What stands before an Odoo and answers in its place; undefined for what Odoo itself may have answered. */
function refusalOf(url: string, response: SafeResponse): OdooError | undefined {
  const { status, headers } = response;
  if (status < 400 || (status !== 429 && isOfOdoo(response))) return undefined;
  const { host } = new URL(url);
  const wait = Number(headers.get('retry-after'));
  switch (status) {
    case 401:
    case 407:
      return new OdooError(
        'proxy',
        `A proxy before ${host} asks for a sign-in of its own (${status}). Let Pinchy through it without one.`,
      );
    case 403:
      return new OdooError(
        'proxy',
        `A proxy or firewall before ${host} refused the request (403). Let Pinchy’s address through to Odoo’s API.`,
      );
    case 413:
      return new OdooError('proxy', `The proxy before ${host} refused the request as too large (413).`);
    case 429:
      return new OdooError(
        'busy',
        `The proxy before ${host} refused the request: too many in a short time (429). Try again ${wait > 0 ? `in ${counted(wait, 'second', 'seconds')}` : 'in a moment'}; ` +
          'if it goes on, allow Pinchy more requests there.',
      );
    default:
      return status >= 500
        ? new OdooError('unreachable', `The server answered with status ${status}. Odoo may be restarting.`)
        : undefined;
  }
}

/** Whether Odoo wrote it: its faults have a name, its XML is a method's answer. */
function isOfOdoo({ body }: SafeResponse): boolean {
  const text = body.toString('utf8');
  if (/<methodResponse/.test(text.slice(0, 1_000))) return true;
  try {
    const answer: unknown = JSON.parse(text);
    return isRecord(answer) && ('jsonrpc' in answer || typeof answer['name'] === 'string');
  } catch {
    return false;
  }
}

/** Odoo may live below a path of its host. */
export const endpointOf = (url: string, path: string) => `${url.replace(/(?<!\/)\/+$/, '')}${path}`;

/** Reads a body that Odoo would have written; anything else is a proxy's, or another program's. */
export function parseBody<Value>(response: SafeResponse, read: (text: string) => Value): Value {
  try {
    return read(response.body.toString('utf8'));
  } catch {
    throw notOdoo(response.url);
  }
}

export const parseJson = (response: SafeResponse): unknown => parseBody(response, JSON.parse);

export const notOdoo = (url: string) =>
  new OdooError('not-odoo', `${URL.parse(url)?.host ?? 'The server'} does not answer like Odoo. Check the address.`);

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
