import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { Endpoint } from '../../contract/endpoint.ts';
import { endpoints } from '../../contract/endpoints.ts';
import { startModelDouble, type ModelDouble } from '../../testkit/model-double.ts';
import { metadataServices } from '../../server/platform/metadata-services.ts';
import { metadataAddresses, spellingsOf } from './address-spellings.ts';
import { connectClient } from '../chat/chat-client.ts';
import { createAdmin, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';

// Addresses that people and models give, in every form that means another machine than it says.

/** Where clouds hand out credentials: never, whatever is allowed. Every service, two of them in every spelling. */
const metadata = [
  ...metadataAddresses.flatMap((address) => spellingsOf(address).slice(0, 1)),
  ...['169.254.169.254', 'fd00:c1::a9fe:a9fe'].flatMap(spellingsOf),
  ...metadataServices.flatMap(({ names = [] }) => names).flatMap((name) => [name, `${name.toUpperCase()}.`]),
  ...['①⑥⑨.②⑤④.①⑥⑨.②⑤④', 'fd00:a9fe:a9fe::1', 'fd00:c1::a9fe:a9fe', 'fd00:100::100:200', 'fd20:ce::254'].map((host) =>
    host.includes(':') ? `[${host}]` : host,
  ),
].map((host) => `http://${host}/`);

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
  const environment = { RATE_LIMIT_API_PER_MINUTE: '100000' };
  strict = await createTestApp({ environment });
  lenient = await createTestApp({ environment: { ...environment, ALLOW_PRIVATE_URLS: '1' } });
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

test.each(Object.keys(ways))('%s reaches Pinchy itself under no name', async (way) => {
  const admin = await adminOf(lenient);
  const { port: own } = new URL(await listening(lenient));
  for (const url of [...loopback, ...ownAddresses()]) {
    const tried = url.replace(':0', `:${own}`);
    expectRefused(await ways[way]!(admin, tried), tried);
  }
});

test('integrations and a local Ollama may be on this machine, where that is allowed', async () => {
  const admin = await adminOf(lenient);
  for (const way of ['POST /api/integrations/test', 'POST /api/settings/providers'])
    await ways[way]!(admin, `http://127.0.0.1:${port}/`);
  expect(canaryRequests.length).toBeGreaterThan(1);
});

/** This machine, by the addresses of its network cards. */
const ownAddresses = () =>
  Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .filter(({ address }) => !address.includes('%') && !address.startsWith('fe80'))
    .map(({ address, family }) => `http://${family === 'IPv6' ? `[${address}]` : address}:0/`);

const addressOf = new Map<TestApp, Promise<string>>();
const listening = (server: TestApp) => addressOf.get(server) ?? addressOf.set(server, server.listen()).get(server)!;

test.each([
  ['where private networks are refused', () => strict],
  ['where integrations may reach them', () => lenient],
])('a model that fetches pages reaches none of them either, %s', async (_where, serverOf) => {
  const server = serverOf();
  const address = await listening(server);
  const admin = await adminOf(server);
  await admin.request('POST', '/api/settings/providers', { provider: 'ollama-local', baseUrl: double.url });
  const agent = { name: 'Reader', templateId: 'custom', allowedTools: ['pinchy_web_fetch'] };
  const agentId = (await admin.request('POST', '/api/agents', agent)).body.id;
  const client = await connectClient(`${address.replace('http', 'ws')}/api/ws`, { cookie: admin.cookie });
  const here = [...loopback, ...ownAddresses()];
  const tried = [
    ...[...here, ...notTheWeb, ...metadata].map((url) => url.replace(':0', `:${port}`)),
    ...here.map((url) => url.replace(':0/', `:${new URL(address).port}/metrics`)),
    ...['10.0.0.1', '172.16.0.1', '192.168.0.1', '[fd12::1]', '100.64.0.1'].map((host) => `http://${host}/`),
  ];
  const batch = 40;
  for (let from = 0; from < tried.length; from += batch) {
    const urls = tried.slice(from, from + batch);
    const [before, answers] = [client.all('tool').length, client.all('complete').length];
    double.respondNext(urls.map((url) => ({ toolCall: { name: 'pinchy_web_fetch', input: { url } } })));
    client.say(agentId, 'Read these.');
    await expect.poll(() => client.all('complete').length).toBe(answers + 1);
    const ends = client
      .all('tool')
      .slice(before)
      .filter(({ state }) => state !== 'running');
    expect(ends).toHaveLength(urls.length);
    for (const end of ends) {
      expect(end.state, JSON.stringify(end)).toBe('denied');
      expect(end.summary, JSON.stringify(end)).toMatch(refusal);
    }
  }
  await client.close();
  expect(canaryRequests).toEqual([]);
});

test('no admin names this machine, or a metadata service, as a host that an agent may read', async () => {
  const admin = await adminOf(lenient);
  const agentId = (await admin.request('POST', '/api/agents', { name: 'Reader', templateId: 'custom' })).body.id;
  for (const host of [
    'localhost',
    'x.localhost',
    '127.0.0.1',
    '127.1.2.3',
    '::1',
    '0.0.0.0',
    '169.254.169.254',
    '8.8.8.8',
    'fd00:c1::a9fe:a9fe',
  ]) {
    const body = { pluginConfig: { web_private_hosts: [host] } };
    const answer = await admin.request('PATCH', `/api/agents/${agentId}`, body);
    expect([host, answer.status]).toEqual([host, 400]);
  }
});
