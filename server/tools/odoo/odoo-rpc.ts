import type { AddressPolicy } from '../../platform/address-guard.ts';
import { describeFault, OdooError, type OdooFault } from './odoo-error.ts';
import { endpointOf, isRecord, notOdoo, parseBody, parseJson, requestOdoo } from './odoo-request.ts';
import { decodeXmlRpcAnswer, encodeXmlRpcCall } from './xml-rpc.ts';

interface RpcCall {
  service: 'common' | 'object' | 'db';
  method: string;
  args: unknown[];
}

/** Calls a service of Odoo's RPC, whichever of its two protocols carries it. Throws OdooError. */
export type OdooRpc = (call: RpcCall, signal?: AbortSignal) => Promise<unknown>;

/**
 * Does something over JSON-RPC, and where a proxy answers for that, over XML-RPC: it is the one that Odoo documents before 19,
 * so some let nothing else through.
 */
export async function overRpc<Result>(
  url: string,
  policy: AddressPolicy,
  work: (rpc: OdooRpc) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(jsonRpc(url, policy));
  } catch (error) {
    if (!(error instanceof OdooError) || !['not-odoo', 'proxy'].includes(error.reason)) throw error;
    try {
      return await work(xmlRpc(url, policy));
    } catch (second) {
      // Neither is let through: what the proxy said first is the cause.
      throw second instanceof OdooError && ['not-odoo', 'proxy'].includes(second.reason) ? error : second;
    }
  }
}

export const jsonRpc =
  (url: string, policy: AddressPolicy): OdooRpc =>
  (call, signal) =>
    callJsonRpc(endpointOf(url, '/jsonrpc'), call, policy, signal);

export async function callJsonRpc(
  url: string,
  params: object,
  policy: AddressPolicy,
  signal?: AbortSignal,
): Promise<unknown> {
  const body = JSON.stringify({ jsonrpc: '2.0', method: 'call', id: 1, params });
  const answer = parseJson(await requestOdoo(url, { method: 'POST', body }, policy, signal));
  if (!isRecord(answer) || !('result' in answer || isRecord(answer['error']))) throw notOdoo(url);
  if (!isRecord(answer['error'])) return answer['result'];
  const { data, message } = answer['error'];
  throw describeFault(faultOf(data) ?? { name: '', message: String(message) });
}

export const xmlRpc =
  (url: string, policy: AddressPolicy): OdooRpc =>
  async ({ service, method, args }, signal) => {
    const body = encodeXmlRpcCall(method, args);
    const request = { method: 'POST', contentType: 'text/xml', body } as const;
    const response = await requestOdoo(endpointOf(url, `/xmlrpc/2/${service}`), request, policy, signal);
    const answer = parseBody(response, decodeXmlRpcAnswer);
    if ('result' in answer) return answer.result;
    const fault = faultOfXml(answer.fault);
    // XML-RPC has no None, and Odoo finds that out once the method has returned and its changes are committed.
    if (fault.name !== 'TypeError' || !/cannot marshal None/.test(fault.message)) throw describeFault(fault);
    if (service === 'object' && !readingMethods.has(String(args[4]))) return null;
    throw new OdooError('server', 'Odoo cannot send this answer over XML-RPC. Let the proxy pass /jsonrpc as well.');
  };

/** Methods whose answer is what they are called for; the fifth argument of `execute_kw` names one. */
const readingMethods = new Set([
  ...['read', 'search', 'search_read', 'search_count', 'fields_get', 'default_get', 'context_get', 'create'],
  ...['read_group', 'formatted_read_group', 'check_access_rights', 'has_access'],
]);

/** An exception as Odoo serialises it in JSON. */
export function faultOf(value: unknown): OdooFault | undefined {
  if (!isRecord(value) || typeof value['name'] !== 'string') return undefined;
  return { name: value['name'], message: typeof value['message'] === 'string' ? value['message'] : '' };
}

/** `RPC_FAULT_CODE_*` of odoo/addons/base/controllers/rpc.py. The first is a bare traceback. */
function faultOfXml({ code, text }: { code: number; text: string }): OdooFault {
  if (code === 3) return { name: 'AccessDenied', message: text };
  if (code === 4) return { name: 'AccessError', message: text };
  if (code !== 2) return exceptionIn(text);
  // In the user's language; what stands in brackets is the same in all of them.
  const isMissing = /\([^():]+: [\w.]+\(\d+,?\)[^()]*: \d+\)/.test(text);
  return { name: isMissing ? 'MissingError' : 'UserError', message: text };
}

/** The exception below the last frame of a Python traceback, without the frames. */
function exceptionIn(traceback: string): OdooFault {
  const lines = traceback.trimEnd().split('\n');
  const lastFrame = lines.findLastIndex((line) => line.startsWith('  File "'));
  const start = lines.findIndex((line, index) => index > lastFrame && /^[A-Za-z_]/.test(line));
  const [, name = '', message = ''] = /^([\w.]+)(?:: ([^]*))?$/.exec(lines.slice(Math.max(start, 0)).join('\n')) ?? [];
  return { name, message: name === '' ? 'Odoo did not say what.' : message };
}
