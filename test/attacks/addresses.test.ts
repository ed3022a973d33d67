import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { Endpoint } from '../../contract/endpoint.ts';
import { endpoints } from '../../contract/endpoints.ts';
import { startModelDouble, type ModelDouble } from '../../testkit/model-double.ts';
import { connectClient } from '../chat/chat-client.ts';
import { createAdmin, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';

// Addresses that people and models give, in every form that means another machine than it says.

/** Where clouds hand out credentials: never, whatever is allowed. */
const metadata = [
  'http://169.254.169.254/',
  'http://169.254.169.254./',
  'http://2852039166/',
  'http://0xa9fea9fe/',
  'http://0xA9.0xFE.0xA9.0xFE/',
  'http://0251.0376.0251.0376/',
  'http://169.254.43518/',
  'http://169.16689662/',
  'http://①⑥⑨.②⑤④.①⑥⑨.②⑤④/',
  'http://169。254。169。254/',
  'http://[::ffff:169.254.169.254]/',
  'http://[::ffff:a9fe:a9fe]:80/',
  'http://[::a9fe:a9fe]/',
  'http://[::ffff:0:a9fe:a9fe]/',
  'http://[64:ff9b::a9fe:a9fe]/',
  'http://[64:ff9b:1::a9fe:a9fe]/',
  'http://[2002:a9fe:a9fe::]/',
  'http://[2001:0:a9fe:a9fe::]/',
  'http://[::5efe:a9fe:a9fe]/',
  'http://[fe80::a9fe:a9fe]/',
  'http://[fd00:ec2::254]/',
  'http://[fd00:ec2::23]/v1/credentials',
  'http://[fd20:ce::254]/',
  'http://[fd00:42::42]/',
  'http://169.254.170.2/v2/credentials',
  'http://169.254.170.23/v1/credentials',
  'http://100.100.100.200/',
  'http://192.0.0.192/',
  'http://168.63.129.16/',
];

/** This machine, in forms that only look like something else; `0` stands for the port. */
const loopback = [
  'http://127.0.0.1:0/',
  'http://127.0.0.1.:0/',
  'http://127.1:0/',
  'http://127.8.9.10:0/',
  'http://2130706433:0/',
  'http://0x7f000001:0/',
  'http://0177.0.0.1:0/',
  'http://①②⑦.⓪.⓪.①:0/',
  'http://0.0.0.0:0/',
  'http://[::]:0/',
  'http://[::1]:0/',
  'http://[::ffff:127.0.0.1]:0/',
  'http://[::ffff:7f00:1]:0/',
  'http://[::127.0.0.1]:0/',
  'http://[64:ff9b::7f00:1]:0/',
  'http://[2002:7f00:1::]:0/',
  'http://localhost:0/',
  'http://LOCALHOST:0/',
  'http://example.com@127.0.0.1:0/',
  'http://127.0.0.1:0#@example.com/',
  'http://127.0.0.1:0\\@example.com/',
];
const notTheWeb = [
  'file:///etc/passwd',
  'ftp://127.0.0.1/',
  'gopher://127.0.0.1:0/_x',
  'data:text/plain,x',
  'javascript:alert(1)',
];

let strict: TestApp;
let lenient: TestApp;
let double: ModelDouble;
/** Listens on every address of this machine; any request is one too many. */
let canary: Server;
let canaryRequests: string[] = [];
let port: number;
beforeAll(async () => {
  canary = createServer((request, response) => {
    canaryRequests.push(`${request.method} ${request.url}`);
    response.end('{}');
  });
  await new Promise<void>((done) => canary.listen(0, done));
  port = (canary.address() as AddressInfo).port;
  double = await startModelDouble({ kind: 'ollama-local' });
  strict = await createTestApp();
  lenient = await createTestApp({ environment: { ALLOW_PRIVATE_URLS: '1' } });
});
beforeEach(() => void (canaryRequests = []));
afterAll(async () => {
  await strict?.close();
  await lenient?.close();
  await double?.close();
  canary?.closeAllConnections();
  await new Promise((done) => canary.close(done));
});

const admins = new Map<TestApp, Promise<TestUser>>();
const adminOf = (server: TestApp) => admins.get(server) ?? admins.set(server, createAdmin(server.app)).get(server)!;

const odoo = (url: string) => ({ url, db: 'd', login: 'l', apiKey: 'k' });
/** A connection to try other addresses on; its own is only stored. */
async function connectionOf(admin: TestUser): Promise<string> {
  const body = { type: 'odoo', name: 'Odoo', credentials: odoo('https://8.8.8.8') };
  return (await admin.request('POST', '/api/integrations', body)).body.id;
}

type Way = (admin: TestUser, url: string) => Promise<{ status: number; body: unknown }>;
/** Every endpoint that takes an address. */
const ways: Record<string, Way> = {
  'POST /api/setup/provider': (admin, baseUrl) =>
    admin.request('POST', '/api/setup/provider', { provider: 'ollama-local', baseUrl }),
  'POST /api/settings/providers': (admin, baseUrl) =>
    admin.request('POST', '/api/settings/providers', { provider: 'ollama-local', baseUrl }),
  'POST /api/integrations': (admin, url) =>
    admin.request('POST', '/api/integrations', { type: 'odoo', name: 'Odoo', credentials: odoo(url) }),
  'PATCH /api/integrations/:connectionId': async (admin, url) =>
    admin.request('PATCH', `/api/integrations/${await connectionOf(admin)}`, { credentials: odoo(url) }),
  'POST /api/integrations/test': (admin, url) =>
    admin.request('POST', '/api/integrations/test', { type: 'odoo', credentials: odoo(url) }),
  'POST /api/integrations/:connectionId/test': async (admin, url) =>
    admin.request('POST', `/api/integrations/${await connectionOf(admin)}/test`, { credentials: odoo(url) }),
  'POST /api/integrations/databases': (admin, url) => admin.request('POST', '/api/integrations/databases', { url }),
};

test('every endpoint that takes an address is tried here', () => {
  const takesAddress = (declaration: Endpoint) =>
    declaration.body &&
    /"(url|baseUrl|[a-z]+Url)":/.test(
      JSON.stringify(z.toJSONSchema(declaration.body, { io: 'input', unrepresentable: 'any' })),
    );
  const found = (Object.values(endpoints) as Endpoint[]).filter(takesAddress);
  expect(found.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(Object.keys(ways).toSorted());
});

const refusal = /is not allowed|only http|user name or password|not a web address|enter (an|the plain) address/i;

/** A 400, or the 200 of a test that says what is wrong. That nobody answered is no refusal. */
function expectRefused({ status, body }: { status: number; body: unknown }, what: string): void {
  const { success, error } = body as { success?: boolean; error?: string };
  expect([status, success], `${what}: ${JSON.stringify(body)}`).toEqual(
    success === false ? [200, false] : [400, undefined],
  );
  expect(error, what).toMatch(refusal);
}

describe.each(Object.keys(ways))('%s', (way) => {
  test('reaches no metadata service, also where private networks are allowed', async () => {
    const admin = await adminOf(lenient);
    for (const url of metadata) expectRefused(await ways[way]!(admin, url), url);
  });

  test('reaches nothing on this machine unless that is allowed, and nothing but the web', async () => {
    const admin = await adminOf(strict);
    // A local Ollama may be here by design.
    const own = way.endsWith('provider') || way.endsWith('providers') ? [] : loopback;
    for (const url of [...own, ...notTheWeb])
      expectRefused(await ways[way]!(admin, url.replace(':0', `:${port}`)), url);
    expect(canaryRequests).toEqual([]);
  });
});

test('a model that fetches pages reaches none of them either', async () => {
  for (const [server, urls] of [
    [lenient, metadata],
    [strict, [...loopback, ...notTheWeb, ...metadata]],
  ] as const) {
    const admin = await adminOf(server);
    await admin.request('POST', '/api/settings/providers', { provider: 'ollama-local', baseUrl: double.url });
    const agent = { name: 'Reader', templateId: 'custom', allowedTools: ['pinchy_web_fetch'] };
    const agentId = (await admin.request('POST', '/api/agents', agent)).body.id;
    const client = await connectClient(`${(await server.listen()).replace('http', 'ws')}/api/ws`, {
      cookie: admin.cookie,
    });
    const tried = urls.map((url) => url.replace(':0', `:${port}`));
    double.respondNext(tried.map((url) => ({ toolCall: { name: 'pinchy_web_fetch', input: { url } } })));
    client.say(agentId, 'Read these.');
    await client.next('complete', undefined, 15_000);
    const ends = client.all('tool').filter(({ state }) => state !== 'running');
    expect(ends).toHaveLength(tried.length);
    for (const end of ends) {
      expect(end.state, JSON.stringify(end)).toBe('denied');
      expect(end.summary, JSON.stringify(end)).toMatch(refusal);
    }
    await client.close();
  }
  expect(canaryRequests).toEqual([]);
});
