import type { AddressPolicy } from '../../platform/address-guard.ts';
import { safeFetch, type SafeResponse } from '../../platform/safe-fetch.ts';
import { describeFault, describeFetchError, OdooError, type OdooFault } from './odoo-error.ts';

export interface OdooCredentials {
  url: string;
  db: string;
  login: string;
  apiKey: string;
}

export interface OdooVersion {
  /** 17 for `17.0`, 18 for `saas~18.2`. */
  major: number;
  /** As Odoo says it, such as `17.0` or `saas~18.2+e`. */
  text: string;
}

export interface OdooCall {
  model: string;
  method: string;
  /** The records, for methods that are called on records; an empty list counts. */
  ids?: number[];
  /** By the parameter names of odoo/orm/models.py. */
  parameters: Record<string, unknown>;
  /** Parameters that JSON-RPC needs by position: their names differ between versions, or Odoo treats the method apart. */
  positional?: string[];
  context?: Record<string, unknown>;
}

/** A way to call methods of Odoo's models as the user of the credentials. Throws OdooError. */
export interface OdooTransport {
  version: OdooVersion;
  call(call: OdooCall, signal?: AbortSignal): Promise<unknown>;
}

const timeoutMs = 30_000;
const maxBytes = 12 * 1024 * 1024;
const followRedirects = 3;
const userAgent = 'Pinchy';

/** JSON-2 from Odoo 19 on, where JSON-RPC is deprecated; JSON-RPC before. */
const firstWithJson2 = 19;

/** Finds out the version, signs in where the protocol needs it, and returns the way to call. */
export async function openTransport(
  credentials: OdooCredentials,
  policy: AddressPolicy,
  signal?: AbortSignal,
): Promise<OdooTransport> {
  const version = await detectVersion(credentials.url, policy, signal);
  return version.major >= firstWithJson2
    ? json2Transport(credentials, version, policy)
    : jsonRpcTransport(credentials, version, policy, signal);
}

/** The databases of an Odoo that lists them; none where it does not. */
export async function listDatabases(url: string, policy: AddressPolicy): Promise<string[]> {
  try {
    const names = await service({ url, service: 'db', method: 'list', args: [] }, policy);
    return Array.isArray(names) ? names.filter((name): name is string => typeof name === 'string').slice(0, 200) : [];
  } catch (error) {
    // `list_db = False` is answered as a failed login.
    if (error instanceof OdooError && ['credentials', 'access-denied', 'not-odoo', 'server'].includes(error.reason)) {
      await detectVersion(url, policy);
      return [];
    }
    throw error;
  }
}

async function detectVersion(url: string, policy: AddressPolicy, signal?: AbortSignal): Promise<OdooVersion> {
  let answer: unknown;
  try {
    answer = await rpc(endpointOf(url, '/web/webclient/version_info'), {}, policy, signal);
  } catch (error) {
    if (!(error instanceof OdooError) || error.reason !== 'not-odoo') throw error;
    const response = await request(endpointOf(url, '/web/version'), { method: 'GET' }, policy, signal);
    answer = parseJson(response);
  }
  const { server_version, server_version_info, version, version_info } = isRecord(answer) ? answer : {};
  const info = Array.isArray(server_version_info) ? server_version_info : version_info;
  const text = [server_version, version].find((value) => typeof value === 'string');
  const major = Number(/\d+/.exec(String(Array.isArray(info) ? info[0] : text))?.[0]);
  if (!Number.isInteger(major)) throw notOdoo(url);
  return { major, text: String(text ?? major).slice(0, 50) };
}

async function jsonRpcTransport(
  credentials: OdooCredentials,
  version: OdooVersion,
  policy: AddressPolicy,
  signal?: AbortSignal,
): Promise<OdooTransport> {
  const { url, db, login, apiKey } = credentials;
  const signedIn = await service(
    { url, service: 'common', method: 'authenticate', args: [db, login, apiKey, {}] },
    policy,
    signal,
  );
  if (typeof signedIn !== 'number')
    throw new OdooError('credentials', 'Odoo refused the login. Check the user name and the API key.');
  return {
    version,
    call({ model, method, ids, parameters, positional = [], context }, callSignal) {
      const named = Object.fromEntries(Object.entries(parameters).filter(([name]) => !positional.includes(name)));
      const args = [...(ids ? [ids] : []), ...positional.map((name) => parameters[name])];
      const call = [db, signedIn, apiKey, model, method, args, { ...named, ...(context && { context }) }];
      return service({ url, service: 'object', method: 'execute_kw', args: call }, policy, callSignal);
    },
  };
}

function json2Transport(credentials: OdooCredentials, version: OdooVersion, policy: AddressPolicy): OdooTransport {
  const { url, db, apiKey } = credentials;
  return {
    version,
    async call({ model, method, ids, parameters, context }, signal) {
      const path = `/json/2/${encodeURIComponent(model)}/${encodeURIComponent(method)}`;
      const body = JSON.stringify({ ...(ids && { ids }), ...parameters, ...(context && { context }) });
      const headers = { authorization: `bearer ${apiKey}`, 'x-odoo-database': db };
      const response = await request(endpointOf(url, path), { method: 'POST', headers, body }, policy, signal);
      const answer = parseJson(response);
      if (response.status >= 200 && response.status < 300) return answer;
      const fault = faultOf(answer);
      if (!fault) throw notOdoo(url);
      // The only NotFound that is not about the model: the database is not there, so neither are its routes.
      if (fault.name.endsWith('NotFound') && /requested URL was not found/i.test(fault.message)) {
        throw new OdooError('unknown-database', 'This Odoo has no database of that name.');
      }
      throw describeFault(fault, response.status);
    },
  };
}

function service(
  call: { url: string; service: string; method: string; args: unknown[] },
  policy: AddressPolicy,
  signal?: AbortSignal,
): Promise<unknown> {
  const { url, ...params } = call;
  return rpc(endpointOf(url, '/jsonrpc'), params, policy, signal);
}

async function rpc(url: string, params: object, policy: AddressPolicy, signal?: AbortSignal): Promise<unknown> {
  const body = JSON.stringify({ jsonrpc: '2.0', method: 'call', id: 1, params });
  const answer = parseJson(await request(url, { method: 'POST', body }, policy, signal));
  if (!isRecord(answer) || !('result' in answer || 'error' in answer)) throw notOdoo(url);
  if (answer['error'] === undefined) return answer['result'];
  const { data, message } = isRecord(answer['error']) ? answer['error'] : {};
  throw describeFault(faultOf(data) ?? { name: '', message: String(message) });
}

async function request(
  url: string,
  options: { method: 'GET' | 'POST'; headers?: Record<string, string>; body?: string },
  policy: AddressPolicy,
  signal?: AbortSignal,
): Promise<SafeResponse> {
  const headers = { accept: 'application/json', 'user-agent': userAgent, ...options.headers };
  try {
    return await safeFetch(url, {
      ...policy,
      ...options,
      headers: options.body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
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
const endpointOf = (url: string, path: string) => `${url.replace(/\/+$/, '')}${path}`;

function parseJson(response: SafeResponse): unknown {
  try {
    return JSON.parse(response.body.toString('utf8'));
  } catch {
    if (response.status >= 500)
      throw new OdooError('unreachable', `The server answered with status ${response.status}. Odoo may be restarting.`);
    throw notOdoo(response.url);
  }
}

function faultOf(value: unknown): OdooFault | undefined {
  if (!isRecord(value) || typeof value['name'] !== 'string') return undefined;
  return { name: value['name'], message: typeof value['message'] === 'string' ? value['message'] : '' };
}

const notOdoo = (url: string) =>
  new OdooError('not-odoo', `${URL.parse(url)?.host ?? 'The server'} does not answer like Odoo. Check the address.`);

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
