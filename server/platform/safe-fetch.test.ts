import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, isIP } from 'node:net';
import { metadataAddresses, spellingsOf } from '../../test/attacks/address-spellings.ts';
import { metadataServices } from './metadata-services.ts';
import { holdOwnPort } from './own-addresses.ts';
import { connectDatabase } from '../db/client.ts';
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
  ['169.254.169.254', 'metadata'],
  ['fe80::1', 'metadata'],
  ['fe80::1%eth0', 'metadata'],
  ['[fe80::1]', 'metadata'],
  ['::ffff:169.254.169.254', 'metadata'],
  ['::ffff:a9fe:a9fe', 'metadata'],
  ['::169.254.169.254', 'metadata'],
  ['64:ff9b::a9fe:a9fe', 'metadata'],
  ['2002:a9fe:a9fe::', 'metadata'],
  ['fd00:ec2::254', 'metadata'],
  ['fd00:0ec2:0:0:0:0:0:0254', 'metadata'],
  ['fd00:ec2::23', 'metadata'],
  ['fd00:42::42', 'metadata'],
  ['100.100.100.200', 'metadata'],
  ['168.63.129.16', 'metadata'],
  ['::ffff:10.0.0.1', 'private'],
  ['224.0.0.1', 'other'],
  ['255.255.255.255', 'other'],
  ['ff02::1', 'other'],
  ['::5efe:a9fe:a9fe', 'metadata'],
  ['64:ff9b:1::a9fe:a9fe', 'metadata'],
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

describe('metadata services', () => {
  const addresses = metadataAddresses.flatMap((address) =>
    spellingsOf(address).map((host) => [address, host] as const),
  );

  test('are refused in every spelling', async () => {
    expect(addresses.length).toBeGreaterThan(300);
    for (const [, host] of addresses)
      expect([host, await reasonOf(safeFetch(`http://${host}/`, defaults))]).toEqual([host, 'forbidden-address']);
  });

  test('are refused under their names, whatever those lead to', async () => {
    const { port } = await serve((_request, response) => response.end('inside'));
    const resolve: Resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    for (const name of metadataServices.flatMap(({ names = [] }) => names))
      for (const host of [name, name.toUpperCase(), `${name}.`])
        expect([host, await reasonOf(safeFetch(`http://${host}:${port}/`, { ...defaults, resolve }))]).toEqual([
          host,
          'forbidden-address',
        ]);
  });

  test('are refused where any name leads to them, in each form that an answer of DNS can have', async () => {
    const answers = addresses.flatMap(([, host]) => {
      const bare = host.replace(/^\[|\](:\d+)?$/g, '').replace('%25', '%');
      return isIP(bare) ? [bare] : [];
    });
    expect(answers.length).toBeGreaterThan(150);
    for (const address of answers) {
      const resolve: Resolve = async () => [{ address, family: isIP(address) }];
      for (const policy of [{ allowPrivate: true }, { allowPrivate: true, onlyHosts: ['wiki.test'] }])
        expect([address, await reasonOf(safeFetch('http://wiki.test/', { ...defaults, ...policy, resolve }))]).toEqual([
          address,
          'forbidden-address',
        ]);
    }
  });
});

describe('hosts that an admin named', () => {
  const elsewhere: Resolve = async (host) => [
    { address: host === 'here.test' ? '127.0.0.1' : '10.255.255.254', family: 4 },
  ];
  const fetchFrom = (url: string, onlyHosts: string[], allowPrivate = true) =>
    reasonOf(safeFetch(url, { ...defaults, timeoutMs: 300, allowPrivate, onlyHosts, resolve: elsewhere }));

  test.each(['http://wiki.test/', 'http://WIKI.test./', 'http://10.255.255.254/', 'http://0x0afffffe/'])(
    'are dialled as %s, where private networks are allowed',
    async (url) => {
      const named = ['wiki.test', '10.255.255.254'];
      // What is there, if anything, is the network's business.
      expect(await fetchFrom(url, named)).not.toBe('forbidden-address');
      expect(await fetchFrom(url, [])).toBe('forbidden-address');
      expect(await fetchFrom(url, named, false)).toBe('forbidden-address');
    },
  );

  test.each(['http://sub.wiki.test/', 'http://wikitest/', 'http://xwiki.test/', 'http://10.255.255.253/'])(
    'do not cover %s',
    async (url) => expect(await fetchFrom(url, ['wiki.test', '10.255.255.254'])).toBe('forbidden-address'),
  );

  test('are not this machine, whatever name it has', async () => {
    let requests = 0;
    const { port } = await serve((_request, response) => (requests++, response.end('inside')));
    for (const host of ['here.test', '127.0.0.1'])
      expect(await fetchFrom(`http://${host}:${port}/`, [host])).toBe('forbidden-address');
    expect(requests).toBe(0);
  });

  test('a connection that one caller may open is not another one’s to use', async () => {
    const { port } = await serve((_request, response) => response.end('inside'));
    const options = { ...defaults, resolve: elsewhere };
    const url = `http://here.test:${port}/`;
    expect((await safeFetch(url, options)).body.toString()).toBe('inside');
    expect(await reasonOf(safeFetch(url, { ...options, onlyHosts: ['here.test'] }))).toBe('forbidden-address');
  });
});

test('what this process listens on is never dialled, however it is asked for', async () => {
  const { port } = await serve((_request, response) => response.end('inside'));
  const resolve: Resolve = async () => [{ address: '127.0.0.1', family: 4 }];
  const release = holdOwnPort(port);
  const urls = ['127.0.0.1', '[::ffff:127.0.0.1]', 'localhost', 'own.test'].map((host) => `http://${host}:${port}/`);
  const all = { ...defaults, allowThisMachine: true, resolve };
  for (const url of urls) expect([url, await reasonOf(safeFetch(url, all))]).toEqual([url, 'forbidden-address']);
  const guarded = createGuardedFetch({ allowPrivate: true, resolve, silenceMs: 1000 });
  await expect(guarded(`http://own.test:${port}/`)).rejects.toThrow('fetch failed');
  release();
  expect(await reasonOf(safeFetch(urls[0]!, all))).toBe('answered');
});

test.each([
  ['postgres://pinchy:x@127.0.0.1:PORT/pinchy', 'forbidden-address'],
  ['postgresql://localhost:PORT/pinchy', 'forbidden-address'],
  ['postgres://pinchy@[::1]:PORT/pinchy?sslmode=disable', 'forbidden-address'],
  ['postgres://pinchy@localhost:PORT/pinchy?host=/run/postgresql', 'answered'],
  ['postgres://pinchy@db.example.com:PORT/pinchy', 'answered'],
])('the port of the database at %s is dialled by nobody else', async (databaseUrl, expected) => {
  const { url, port } = await serve((_request, response) => response.end('inside'));
  const connection = connectDatabase(databaseUrl.replace('PORT', String(port)));
  expect(await reasonOf(safeFetch(url, defaults))).toBe(expected);
  await connection.close();
  expect(await reasonOf(safeFetch(url, defaults))).toBe('answered');
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
  expect(performance.now() - started).toBeLessThan(10_000);
});

test('a signal stops it, and a closed port is unreachable', async () => {
  const { url } = await serve(() => {});
  expect(await reasonOf(safeFetch(url, { ...defaults, signal: AbortSignal.timeout(50) }))).toBe('aborted');
  expect(await reasonOf(safeFetch('http://127.0.0.1:1/', defaults))).toBe('unreachable');
});
