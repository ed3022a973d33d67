import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OdooFault } from './fault.ts';
import { createOrm, type Named, type OdooUser, type Orm } from './orm.ts';
import { bindNamed, bindPositional, signatureOf } from './signatures.ts';
import { readXmlRpcCall, xmlRpcFault, xmlRpcResult } from './xml-rpc.ts';

export type { OdooUser } from './orm.ts';

export interface OdooDouble {
  /** The address without a trailing slash. */
  url: string;
  orm: Orm;
  /** Every request, newest last; `headers` and `body` as they came. */
  requests: { method: string; path: string; headers: IncomingMessage['headers']; body: string; call?: string }[];
  /** Answers every request so from now on: a function takes the request over, null goes back to normal. */
  intercept(handler: ((message: IncomingMessage, response: ServerResponse) => void) | null): void;
  close(): Promise<void>;
}

export interface OdooDoubleOptions {
  /** Such as `17.0`, `saas~18.2` or `19.0`. JSON-2 is there from 19 on. */
  version: string;
  databases?: string[];
  /** False as with `list_db = False` in Odoo's configuration. */
  listDatabases?: boolean;
  /** As behind a proxy that lets nothing but `/xmlrpc/2` through. */
  onlyXmlRpc?: boolean;
  /** As behind a proxy that lets nothing but `/jsonrpc` through. */
  onlyJsonRpc?: boolean;
  companies?: string[];
  users?: OdooUser[];
}

export const odooKey = 'odoo-test-key-0123456789abcdef';
export const defaultUser: OdooUser = { id: 7, name: 'API User', login: 'api@example.com', apiKey: odooKey };

/**
 * A real HTTP server that answers as Odoo does: https://www.odoo.com/documentation/17.0/developer/reference/external_api.html
 * (XML-RPC, JSON-RPC) and https://www.odoo.com/documentation/19.0/developer/reference/external_api.html (JSON-2).
 */
export async function startOdooDouble(options: OdooDoubleOptions): Promise<OdooDouble> {
  const {
    version,
    databases = ['production'],
    listDatabases = true,
    onlyXmlRpc = false,
    onlyJsonRpc = false,
    companies = ['My Company'],
    users = [defaultUser],
  } = options;
  const major = Number(/\d+/.exec(version)?.[0]);
  const minor = Number(/\.(\d+)/.exec(version)?.[1] ?? 0);
  const versionInfo = [version.startsWith('saas') ? `saas~${major}` : major, minor, 0, 'final', 0, ''];
  const orm = createOrm(companies);
  const requests: OdooDouble['requests'] = [];
  let interceptor: ((message: IncomingMessage, response: ServerResponse) => void) | null = null;

  const findUser = (test: (user: OdooUser) => boolean) => {
    const user = users.find(test);
    if (user)
      orm.table('res.users').set(user.id, {
        id: user.id,
        name: user.name,
        login: user.login,
        company_id: 1,
        company_ids: companies.map((_, index) => index + 1),
      });
    return user;
  };

  function requireDatabase(name: unknown): void {
    if (!databases.includes(String(name))) {
      throw new OdooFault(
        'psycopg2.OperationalError',
        `connection to server on socket "/var/run/postgresql/.s.PGSQL.5432" failed: FATAL:  database "${String(name)}" does not exist\n`,
      );
    }
  }

  /** What XML-RPC and JSON-RPC share. */
  function dispatch(params: Named, recorded: OdooDouble['requests'][number]): unknown {
    const args = (params['args'] ?? []) as unknown[];
    const target = `${String(params['service'])}.${String(params['method'])}`;
    recorded.call = target;
    switch (target) {
      case 'common.version':
        return {
          server_version: version,
          server_version_info: versionInfo,
          server_serie: version,
          protocol_version: 1,
        };
      case 'common.login':
      case 'common.authenticate': {
        requireDatabase(args[0]);
        return findUser(({ login, apiKey }) => login === args[1] && apiKey === args[2])?.id ?? false;
      }
      case 'db.list':
        if (!listDatabases) throw new OdooFault('odoo.exceptions.AccessDenied', 'Access Denied');
        return databases;
      case 'object.execute_kw': {
        const [database, uid, key, model, method, positional = [], named = {}] = args as [
          string,
          number,
          string,
          string,
          string,
          unknown[],
          Named,
        ];
        requireDatabase(database);
        recorded.call = `${model}.${method}`;
        const user = findUser(({ id, apiKey }) => id === uid && apiKey === key);
        if (!user) throw new OdooFault('odoo.exceptions.AccessDenied', 'Access Denied');
        if (!orm.models[model]) throw new OdooFault('odoo.exceptions.UserError', `Object ${model} doesn't exist`);
        const bound = bindPositional(signatureOf(model, method, major), method, positional, named);
        return orm.call(user, model, method, bound.ids, bound.named);
      }
      default:
        throw new OdooFault('builtins.KeyError', `'${target}'`);
    }
  }

  function json2(
    message: IncomingMessage,
    path: string,
    body: Named,
    recorded: OdooDouble['requests'][number],
  ): unknown {
    const [, model = '', method = ''] = /^\/json\/2\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
    recorded.call = `${model}.${method}`;
    const database = message.headers['x-odoo-database'];
    // Without a database Odoo serves no database's routes; with several it cannot choose one.
    if (database === undefined ? databases.length !== 1 : !databases.includes(String(database))) {
      throw new OdooFault('werkzeug.exceptions.NotFound', 'The requested URL was not found on the server.');
    }
    if (message.method !== 'POST' || !model)
      throw new OdooFault('werkzeug.exceptions.NotFound', 'Did you mean POST /json/2/<model>/<method>?');
    const key = /^bearer (.+)$/i.exec(message.headers.authorization ?? '')?.[1];
    const user = key === undefined ? undefined : findUser(({ apiKey }) => apiKey === key);
    if (!user) throw new OdooFault('werkzeug.exceptions.Unauthorized', 'Invalid apikey');
    if (!orm.models[model]) throw new OdooFault('werkzeug.exceptions.NotFound', `the model '${model}' does not exist`);
    let bound;
    try {
      bound = bindNamed(signatureOf(model, method, major), { model, method }, body);
    } catch (error) {
      if (error instanceof OdooFault && error.exception === 'builtins.AttributeError')
        throw new OdooFault('werkzeug.exceptions.NotFound', error.message);
      throw error;
    }
    return orm.call(user, model, method, bound.ids, bound.named);
  }

  function send(response: ServerResponse, status: number, body: unknown): void {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(body));
  }

  async function answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (message.url ?? '/').split('?')[0] as string;
    const text = await readBody(message);
    const recorded: OdooDouble['requests'][number] = {
      method: message.method ?? '',
      path,
      headers: message.headers,
      body: text,
    };
    requests.push(recorded);
    if (interceptor) return interceptor(message, response);
    if (onlyJsonRpc && path !== '/jsonrpc') return sendPage(response, 404, 'Not Found');
    const service = /^\/xmlrpc\/2\/(common|object|db)$/.exec(path)?.[1];
    if (service && message.method === 'POST') return sendXml(response, answerXml(service, text, recorded));
    if (onlyXmlRpc) return sendPage(response, 403, 'Forbidden');
    const body = parse(text);
    if (path === '/web/version' && major >= 19) return send(response, 200, { version_info: versionInfo, version });
    if (path === '/web/webclient/version_info' || path === '/jsonrpc') {
      if (message.method !== 'POST') return send(response, 405, { error: 'Method Not Allowed' });
      const id = body['id'] ?? null;
      try {
        const result =
          path === '/jsonrpc'
            ? dispatch((body['params'] ?? {}) as Named, recorded)
            : dispatch({ service: 'common', method: 'version' }, recorded);
        return send(response, 200, { jsonrpc: '2.0', id, result });
      } catch (error) {
        return send(response, 200, {
          jsonrpc: '2.0',
          id,
          error: { code: 200, message: 'Odoo Server Error', data: faultBody(error) },
        });
      }
    }
    if (path.startsWith('/json/2') && major >= 19) {
      try {
        return send(response, 200, json2(message, path, body, recorded));
      } catch (error) {
        return send(response, error instanceof OdooFault ? error.status : 500, faultBody(error));
      }
    }
    sendPage(response, 404, 'Not Found');
  }

  function answerXml(service: string, text: string, recorded: OdooDouble['requests'][number]): string {
    try {
      const { method, args } = readXmlRpcCall(text);
      return xmlRpcResult(dispatch({ service, method, args }, recorded));
    } catch (error) {
      return xmlRpcFault(error instanceof OdooFault ? error : new OdooFault('builtins.RuntimeError', String(error)));
    }
  }

  const server = createServer((message, response) => {
    answer(message, response).catch((error: unknown) => {
      if (!response.headersSent) send(response, 500, faultBody(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    orm,
    requests,
    intercept: (handler) => void (interceptor = handler),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function sendPage(response: ServerResponse, status: number, title: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
  response.end(`<!doctype html>\n<html lang=en>\n<title>${status} ${title}</title>\n<h1>${title}</h1>`);
}

function sendXml(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8' });
  response.end(body);
}

/** Odoo's serialised exception, traceback included. */
function faultBody(error: unknown): object {
  const fault = error instanceof OdooFault ? error : new OdooFault('builtins.RuntimeError', String(error));
  return {
    name: fault.exception,
    debug: `Traceback (most recent call last):\n  File "/opt/odoo/odoo/http.py", line 1986, in _transactioning\n${fault.exception}: ${fault.message}\n`,
    message: fault.message,
    arguments: [fault.message],
    context: {},
  };
}

async function readBody(message: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

function parse(text: string): Named {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Named) : {};
  } catch {
    return {};
  }
}
