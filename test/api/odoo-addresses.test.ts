import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startOdooDouble } from '../../testkit/odoo-double/odoo-double.ts';
import { createAdmin, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { connectOdoo, createAgentAtWork, credentialsFor } from '../odoo-fixture.ts';

// What stands between Pinchy and an Odoo, and addresses as people copy them: the sentence names the cause.

let server: TestApp;
let admin: TestUser;
beforeAll(async () => {
  server = await createTestApp({ environment: { ALLOW_PRIVATE_URLS: '1', RATE_LIMIT_API_PER_MINUTE: '100000' } });
  admin = await createAdmin(server.app);
});
afterAll(() => server?.close());

async function proxy(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const started = createServer(answer);
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
  return { url, close: () => new Promise((resolve) => started.close(resolve)) };
}

const page =
  (status: number, headers: Record<string, string> = {}) =>
  (_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'text/html', ...headers });
    response.end(`<!doctype html><title>${status}</title><h1>A page of a proxy</h1>`);
  };

/** As people reported it of clients that came to the wrong place: it says its version, and wants a session for all else. */
function expired({ url }: IncomingMessage, response: ServerResponse): void {
  const data = { name: 'odoo.http.SessionExpiredException', message: 'Session expired', debug: 'Traceback …' };
  const error = { code: 100, message: 'Odoo Session Expired', data };
  const answer = url?.endsWith('version_info') ? { result: { server_version: '17.0' } } : { error };
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ jsonrpc: '2.0', id: 1, ...answer }));
}

const trying = async (url: string) =>
  (await admin.request('POST', '/api/integrations/test', { type: 'odoo', credentials: credentialsFor({ url }) })).body;

describe('a proxy', () => {
  const cases: [string, Parameters<typeof proxy>[0], RegExp][] = [
    [
      'that limits requests',
      page(429, { 'retry-after': '30' }),
      /too many in a short time \(429\)\. Try again in 30 seconds/,
    ],
    [
      'that limits requests in JSON',
      (_request, response) =>
        response.writeHead(429, { 'content-type': 'application/json' }).end('{"message":"slow down"}'),
      /too many in a short time \(429\)/,
    ],
    ['that wants a sign-in', page(401, { 'www-authenticate': 'Basic realm="x"' }), /sign-in of its own \(401\)/],
    ['that refuses', page(403), /refused the request \(403\)/],
    ['whose Odoo is down', page(502), /status 502\. Odoo may be restarting/],
    [
      'that leads to https',
      page(301, { location: 'https://odoo.example.com/jsonrpc' }),
      /leads to https:\/\/odoo\.example\.com/,
    ],
    [
      'that leads elsewhere',
      page(308, { location: 'https://elsewhere.example.com/' }),
      /leads to https:\/\/elsewhere\.example\.com/,
    ],
    ['that shows a page', page(200), /does not answer like Odoo/],
    ['whose Odoo wants a session', expired, /wants the session of a browser/],
  ];
  test.each(cases)('%s is named', async (_name, answer, sentence) => {
    const { url, close } = await proxy(answer);
    const tried = await trying(url);
    await close();
    expect(tried).toMatchObject({ success: false, error: expect.stringMatching(sentence) });
    expect(tried.error).not.toContain('<');
  });

  test('that limits requests later on is told to the agent, and not taken for an Odoo that is gone', async () => {
    const odoo = await startOdooDouble({ version: '17.0' });
    const connectionId = await connectOdoo(admin, odoo);
    const agent = await createAgentAtWork(server, admin, { tools: ['odoo_read'] });
    await admin.request('PATCH', `/api/agents/${agent.agentId}/integrations`, {
      connectionId,
      enabled: true,
      accessLevel: 'read-only',
      models: ['res.partner'],
    });
    odoo.intercept(page(429, { 'retry-after': '7' }));
    const refused = await agent.call('odoo_read', { model: 'res.partner' });
    expect(refused).toMatchObject({ state: 'failed', summary: expect.stringMatching(/429.*in 7 seconds/) });
    odoo.intercept(null);
    expect((await agent.call('odoo_read', { model: 'res.partner' })).state).toBe('done');
    await odoo.close();
  });
});

describe('an address', () => {
  test.each(['/en', '/de_AT', '/web', '/odoo', '/web/login', '/de/shop'])(
    'with %s is told without it',
    async (path) => {
      const odoo = await startOdooDouble({ version: '18.0' });
      const tried = await trying(`${odoo.url}${path}`);
      await odoo.close();
      expect(tried).toEqual({
        success: false,
        error: `The Odoo is at ${odoo.url}: enter that address, without ${path}.`,
      });
    },
  );

  test('below a path of its host works where Odoo is there', async () => {
    const odoo = await startOdooDouble({ version: '17.0' });
    const { url, close } = await proxy((request, response) => {
      if (!request.url?.startsWith('/erp/')) return page(404)(request, response);
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        void fetch(`${odoo.url}${request.url!.slice(4)}`, {
          method: request.method!,
          headers: { 'content-type': request.headers['content-type'] ?? 'application/json' },
          ...(request.method === 'POST' && { body: Buffer.concat(parts) }),
        }).then(async (answer) => {
          response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
          response.end(await answer.text());
        });
      });
    });
    expect(await trying(`${url}/erp`)).toEqual({ success: true, version: '17.0' });
    await close();
    await odoo.close();
  });
});

test.each(['16.0', '17.0', '18.0', '19.0'])('an Odoo %s that answers on /jsonrpc alone is an Odoo', async (version) => {
  const odoo = await startOdooDouble({ version, onlyJsonRpc: true });
  expect(await trying(odoo.url)).toEqual({ success: true, version });
  const connectionId = await connectOdoo(admin, odoo);
  expect(connectionId).toBeTruthy();
  const databases = await admin.request('POST', '/api/integrations/databases', { url: odoo.url });
  expect(databases.body).toEqual({ databases: ['production'] });
  await odoo.close();
});
