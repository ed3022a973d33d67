import type { AddressPolicy } from '../../platform/address-guard.ts';
import { describeFault, OdooError } from './odoo-error.ts';
import { endpointOf, isRecord, notOdoo, parseJson, requestOdoo } from './odoo-request.ts';
import { callJsonRpc, faultOf, jsonRpc, type OdooRpc, overRpc, xmlRpc } from './odoo-rpc.ts';

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
  /** Parameters that RPC needs by position: their names differ between versions, or Odoo treats the method apart. */
  positional?: string[];
  context?: Record<string, unknown>;
}

/** A way to call methods of Odoo's models as the user of the credentials. Throws OdooError. */
export interface OdooTransport {
  version: OdooVersion;
  call(call: OdooCall, signal?: AbortSignal): Promise<unknown>;
}

/** JSON-2 from Odoo 19 on, where the RPC before it is deprecated. */
const firstWithJson2 = 19;

/** Finds out the version, signs in where the protocol needs it, and returns the way to call. */
export async function openTransport(
  credentials: OdooCredentials,
  policy: AddressPolicy,
  signal?: AbortSignal,
): Promise<OdooTransport> {
  const version = await detectVersion(credentials.url, policy, signal);
  const signIn = () => overRpc(credentials.url, policy, (rpc) => rpcTransport(rpc, credentials, version, signal));
  if (version.major < firstWithJson2) return signIn();
  const transport = json2Transport(credentials, version, policy);
  try {
    await transport.call({ model: 'res.users', method: 'context_get', parameters: {} }, signal);
  } catch (error) {
    // Where it is not let through, the RPC may be. Any other fault shows at the first call.
    if (!isNotOdoo(error)) return transport;
    return signIn().catch((second: unknown) => {
      if (isNotOdoo(second)) return transport;
      throw second;
    });
  }
  return transport;
}

/** Something else than Odoo answered there, which may be a proxy that lets other paths through. */
const isNotOdoo = (error: unknown): error is OdooError =>
  error instanceof OdooError && ['not-odoo', 'proxy', 'redirect'].includes(error.reason);

/** The databases of an Odoo that lists them; none where it does not. */
export async function listDatabases(url: string, policy: AddressPolicy): Promise<string[]> {
  try {
    const names = await overRpc(url, policy, (rpc) => rpc({ service: 'db', method: 'list', args: [] }));
    return Array.isArray(names) ? names.filter((name): name is string => typeof name === 'string').slice(0, 200) : [];
  } catch (error) {
    // `list_db = False` is answered as a failed login.
    if (
      error instanceof OdooError &&
      ['credentials', 'access-denied', 'not-odoo', 'proxy', 'redirect', 'server'].includes(error.reason)
    ) {
      await detectVersion(url, policy);
      return [];
    }
    throw error;
  }
}

async function detectVersion(url: string, policy: AddressPolicy, signal?: AbortSignal): Promise<OdooVersion> {
  const ways = [
    () => callJsonRpc(endpointOf(url, '/web/webclient/version_info'), {}, policy, signal),
    async () => parseJson(await requestOdoo(endpointOf(url, '/web/version'), { method: 'GET' }, policy, signal)),
    () => jsonRpc(url, policy)({ service: 'common', method: 'version', args: [] }, signal),
    () => xmlRpc(url, policy)({ service: 'common', method: 'version', args: [] }, signal),
  ];
  let told: OdooError | undefined;
  for (const ask of ways) {
    try {
      const version = versionOf(await ask());
      if (version) return version;
    } catch (error) {
      // Where a proxy lets some paths through only, the others are refused in its own way.
      if (!isNotOdoo(error)) throw error;
      // Where it leads is a better clue than that a path is closed.
      if (told?.reason !== 'redirect') told = error.reason === 'redirect' ? error : (told ?? error);
    }
  }
  throw (await misplacedOdoo(url, policy, signal)) ?? told ?? notOdoo(url);
}

/** A page of Odoo was entered instead of the address of the Odoo: a language, `/web`, `/odoo`. */
async function misplacedOdoo(url: string, policy: AddressPolicy, signal?: AbortSignal): Promise<OdooError | undefined> {
  const { origin, pathname } = new URL(url);
  if (pathname === '/') return undefined;
  try {
    await detectVersion(origin, policy, signal);
    return new OdooError(
      'not-odoo',
      `The Odoo is at ${origin}: enter that address, without ${pathname.slice(0, 100)}.`,
    );
  } catch (error) {
    if (error instanceof OdooError) return undefined;
    throw error;
  }
}

function versionOf(answer: unknown): OdooVersion | undefined {
  const { server_version, server_version_info, version, version_info } = isRecord(answer) ? answer : {};
  const info = Array.isArray(server_version_info) ? server_version_info : version_info;
  const text = [server_version, version].find((value) => typeof value === 'string');
  const major = Number(/\d+/.exec(String(Array.isArray(info) ? info[0] : text))?.[0]);
  return Number.isInteger(major) ? { major, text: String(text ?? major).slice(0, 50) } : undefined;
}

async function rpcTransport(
  rpc: OdooRpc,
  { db, login, apiKey }: OdooCredentials,
  version: OdooVersion,
  signal?: AbortSignal,
): Promise<OdooTransport> {
  const signedIn = await rpc({ service: 'common', method: 'authenticate', args: [db, login, apiKey, {}] }, signal);
  if (typeof signedIn !== 'number')
    throw new OdooError('credentials', 'Odoo refused the login. Check the user name and the API key.');
  return {
    version,
    call({ model, method, ids, parameters, positional = [], context }, callSignal) {
      const named = Object.fromEntries(Object.entries(parameters).filter(([name]) => !positional.includes(name)));
      const args = [...(ids ? [ids] : []), ...positional.map((name) => parameters[name])];
      const call = [db, signedIn, apiKey, model, method, args, { ...named, ...(context && { context }) }];
      return rpc({ service: 'object', method: 'execute_kw', args: call }, callSignal);
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
      const response = await requestOdoo(endpointOf(url, path), { method: 'POST', headers, body }, policy, signal);
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
