import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { parseAllowedUrl, resolveAllowed, type Resolve } from './address-guard.ts';
import { classifyAddress } from './classify-address.ts';
import { createGuardedFetch, safeFetch, SafeFetchError, type SafeFetchOptions } from './safe-fetch.ts';

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(
    servers.splice(0).map((server) => (server.closeAllConnections(), new Promise((done) => server.close(done)))),
  );
});

async function serve(listener: RequestListener): Promise<{ url: string; port: number }> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port };
}

const defaults: SafeFetchOptions = { allowPrivate: true, maxBytes: 1000, timeoutMs: 2000, followRedirects: 0 };
const reasonOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'answered',
    (error: unknown) => (error instanceof SafeFetchError ? error.reason : String(error)),
  );

test.each([
  ['8.8.8.8', 'public'],
  ['2606:4700::1111', 'public'],
  ['10.1.2.3', 'private'],
  ['172.31.255.255', 'private'],
  ['172.32.0.1', 'public'],
  ['192.168.0.1', 'private'],
  ['100.64.0.1', 'private'],
  ['fd12:3456::1', 'private'],
  ['fec0::1', 'private'],
  ['127.8.9.1', 'loopback'],
  ['::1', 'loopback'],
  ['0.0.0.0', 'loopback'],
  ['::', 'loopback'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['169.254.169.254', 'link-local'],
  ['fe80::1', 'link-local'],
  ['fe80::1%eth0', 'link-local'],
  ['[fe80::1]', 'link-local'],
  ['::ffff:169.254.169.254', 'link-local'],
  ['::ffff:a9fe:a9fe', 'link-local'],
  ['::169.254.169.254', 'link-local'],
  ['64:ff9b::a9fe:a9fe', 'link-local'],
  ['2002:a9fe:a9fe::', 'link-local'],
  ['fd00:ec2::254', 'link-local'],
  ['fd00:0ec2:0:0:0:0:0:0254', 'link-local'],
  ['fd00:ec2::23', 'link-local'],
  ['fd00:42::42', 'link-local'],
  ['100.100.100.200', 'link-local'],
  ['168.63.129.16', 'link-local'],
  ['::ffff:10.0.0.1', 'private'],
  ['224.0.0.1', 'other'],
  ['255.255.255.255', 'other'],
  ['ff02::1', 'other'],
  ['::5efe:a9fe:a9fe', 'other'],
  ['64:ff9b:1::a9fe:a9fe', 'other'],
  ['4000::1', 'other'],
  ['not an address', 'other'],
])('%s is %s', (address, kind) => expect(classifyAddress(address)).toBe(kind));

test.each([
  'http://169.254.169.254/latest/meta-data',
  'http://2852039166/',
  'http://0xa9fea9fe/',
  'http://0251.0376.0251.0376/',
  'http://169.254.43518/',
  'http://[::ffff:169.254.169.254]/',
  'http://[::ffff:a9fe:a9fe]:80/',
  'http://[fd00:ec2::254]/',
  'http://[fe80::1]/',
  'http://169。254。169。254/',
  'http://user:password@example.com/',
  'http://user@example.com/',
  'ftp://example.com/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'gopher://example.com/',
  '',
  'example.com',
])('never fetches %s, even where private addresses are allowed', async (url) => {
  expect(() => parseAllowedUrl(url, { allowPrivate: true })).toThrow(/address|allowed/);
  expect(await reasonOf(safeFetch(url, defaults))).toBe('forbidden-address');
});

test('private addresses need permission', async () => {
  const { url, port } = await serve((_request, response) => response.end('inside'));
  for (const address of [
    url,
    `http://2130706433:${port}`,
    `http://[::ffff:127.0.0.1]:${port}`,
    `http://localhost:${port}`,
  ]) {
    expect(await reasonOf(safeFetch(address, { ...defaults, allowPrivate: false }))).toBe('forbidden-address');
  }
  expect((await safeFetch(url, defaults)).body.toString()).toBe('inside');
});

describe('DNS', () => {
  test('a name that answers public first and private second never connects to the private one', async () => {
    let requests = 0;
    const { port } = await serve((_request, response) => (requests++, response.end('inside')));
    let lookups = 0;
    const resolve: Resolve = async () => [{ address: ++lookups === 1 ? '8.8.8.8' : '127.0.0.1', family: 4 }];
    const policy = { allowPrivate: false, resolve };
    expect(await resolveAllowed('rebinding.test', policy)).toEqual([{ address: '8.8.8.8', family: 4 }]);
    expect(await reasonOf(safeFetch(`http://rebinding.test:${port}/`, { ...defaults, ...policy }))).toBe(
      'forbidden-address',
    );
    expect([requests, lookups]).toEqual([0, 2]);
  });

  test('the address that was checked is the one that is dialled: one look-up a connection', async () => {
    const { port } = await serve((_request, response) => response.end('hello'));
    let lookups = 0;
    const resolve: Resolve = async () => (lookups++, [{ address: '127.0.0.1', family: 4 }]);
    const answer = await safeFetch(`http://ollama.test:${port}/`, { ...defaults, resolve });
    expect([answer.body.toString(), lookups]).toEqual(['hello', 1]);
  });

  test('one forbidden address among good ones is enough to refuse', async () => {
    const resolve: Resolve = async () => [
      { address: '127.0.0.1', family: 4 },
      { address: 'fe80::1', family: 6 },
    ];
    expect(await reasonOf(safeFetch('http://mixed.test/', { ...defaults, resolve }))).toBe('forbidden-address');
  });

  test('a name without an address says so', async () => {
    const resolve: Resolve = () => Promise.reject(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }));
    expect(await reasonOf(safeFetch('http://nowhere.test/', { ...defaults, resolve }))).toBe('unknown-host');
  });

  test('the streaming fetch is guarded as well', async () => {
    const resolve: Resolve = async () => [{ address: '169.254.169.254', family: 4 }];
    const guarded = createGuardedFetch({ allowPrivate: true, resolve, silenceMs: 1000 });
    await expect(guarded('http://metadata.test/')).rejects.toThrow('fetch failed');
    await expect(guarded('http://169.254.169.254/')).rejects.toThrow(/not allowed/);
  });
});

describe('redirects', () => {
  test('are an error unless allowed', async () => {
    const { url } = await serve((_request, response) => response.writeHead(302, { location: '/elsewhere' }).end());
    expect(await reasonOf(safeFetch(url, defaults))).toBe('redirect');
    expect(await reasonOf(safeFetch(url, { ...defaults, followRedirects: 3 }))).toBe('redirect');
  });

  test('are checked like the first address', async () => {
    const { url, port } = await serve((request, response) => {
      const target = request.url === '/metadata' ? 'http://169.254.169.254/' : `http://127.0.0.1:${port}/`;
      response.writeHead(302, { location: target }).end();
    });
    expect(await reasonOf(safeFetch(`${url}/metadata`, { ...defaults, followRedirects: 5 }))).toBe('forbidden-address');
    const resolve: Resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    expect(await reasonOf(safeFetch(`${url}/metadata`, { ...defaults, resolve, followRedirects: 5 }))).toBe(
      'forbidden-address',
    );
  });

  test('carry keys within an origin only', async () => {
    const seen: Record<string, unknown>[] = [];
    const other = await serve((request, response) => (seen.push(request.headers), response.end('other')));
    const { url } = await serve((request, response) => {
      if (request.url === '/same') return void (seen.push(request.headers), response.end('same'));
      response.writeHead(307, { location: request.url === '/out' ? other.url : '/same' }).end();
    });
    const headers = { authorization: 'Bearer secret', 'x-api-key': 'secret', cookie: 'a=secret', accept: 'text/plain' };
    await safeFetch(`${url}/in`, { ...defaults, headers, followRedirects: 1 });
    await safeFetch(`${url}/out`, { ...defaults, headers, followRedirects: 1 });
    expect(seen[0]).toMatchObject(headers);
    expect(seen[1]).toMatchObject({ accept: 'text/plain' });
    expect(JSON.stringify(seen[1])).not.toContain('secret');
  });

  test('never carry a body to another origin', async () => {
    const other = await serve((_request, response) => response.end('other'));
    const { url } = await serve((_request, response) => response.writeHead(307, { location: other.url }).end());
    expect(await reasonOf(safeFetch(url, { ...defaults, method: 'POST', body: 'secret', followRedirects: 1 }))).toBe(
      'redirect',
    );
  });
});

test('stops reading at the size limit', async () => {
  let closed = false;
  const { url } = await serve((_request, response) => {
    response.on('close', () => void (closed = true));
    const timer = setInterval(() => (response.destroyed ? clearInterval(timer) : response.write('x'.repeat(500))), 5);
  });
  expect(await reasonOf(safeFetch(url, defaults))).toBe('too-large');
  await expect.poll(() => closed).toBe(true);
});

test('gives up in time, before the headers and within the body', async () => {
  const { url } = await serve((request, response) => {
    if (request.url === '/body') response.write('begun');
  });
  const started = performance.now();
  expect(await reasonOf(safeFetch(url, { ...defaults, timeoutMs: 150 }))).toBe('timeout');
  expect(await reasonOf(safeFetch(`${url}/body`, { ...defaults, timeoutMs: 150 }))).toBe('timeout');
  expect(performance.now() - started).toBeLessThan(1500);
});

test('a signal stops it, and a closed port is unreachable', async () => {
  const { url } = await serve(() => {});
  expect(await reasonOf(safeFetch(url, { ...defaults, signal: AbortSignal.timeout(50) }))).toBe('aborted');
  expect(await reasonOf(safeFetch('http://127.0.0.1:1/', defaults))).toBe('unreachable');
});
