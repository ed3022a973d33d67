import { readFileSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAdmin, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';

// The nginx block of the guide, with what nginx does for each of its headers, on a port that is not 443.

let server: TestApp;
let admin: TestUser;
let upstream: URL;
const closing: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  server = await createTestApp({ environment: { TRUSTED_PROXIES: '127.0.0.1' } });
  admin = await createAdmin(server.app);
  upstream = new URL(await server.listen());
});
afterAll(async () => {
  await Promise.all(closing.map((close) => close()));
  await server?.close();
});

const guide = readFileSync('docs/domain-lock.md', 'utf8');
const block = /```nginx\n([^]*?)```/.exec(guide)?.[1] ?? '';
const guideHeaders = [...block.matchAll(/proxy_set_header\s+(\S+)\s+"?([^";]+)"?;/g)].map(
  ([, name = '', value = '']) => [name.toLowerCase(), value] as const,
);

/** @param scheme what nginx would be asked with; TLS itself is not doubled */
async function startNginx(headers: readonly (readonly [string, string])[], scheme = 'https'): Promise<string> {
  const proxy = createServer((request, response) => {
    const given = request.headers;
    const host = given.host ?? '';
    const variables: Record<string, string> = {
      $host: host.replace(/:\d+$/, ''),
      $http_host: host,
      $scheme: scheme,
      $proxy_add_x_forwarded_for: [given['x-forwarded-for'], request.socket.remoteAddress].filter(Boolean).join(', '),
      $http_upgrade: given.upgrade ?? '',
    };
    const sent = Object.fromEntries(headers.map(([name, value]) => [name, variables[value] ?? value]));
    const passed = { ...given, ...sent, connection: 'close' };
    const onward = httpRequest(
      {
        host: upstream.hostname,
        port: upstream.port,
        method: request.method,
        path: request.url,
        headers: passed,
        setHost: false,
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 0, answer.headers);
        answer.pipe(response);
      },
    );
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => proxy.close(resolve)));
  return `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

const change = async (address: string, headers: Record<string, string>) => {
  const answer = await fetch(`http://${address}/api/users/me/context`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', cookie: admin.cookie, ...headers },
    body: JSON.stringify({ content: 'I sell chairs.' }),
  });
  return answer.status;
};

test('the guide has a block for nginx, Caddy, Traefik and Apache', () => {
  expect(guideHeaders.map(([name]) => name)).toEqual(
    expect.arrayContaining(['host', 'x-forwarded-for', 'x-forwarded-proto']),
  );
  for (const name of ['reverse_proxy 127.0.0.1:7777', 'loadBalancer', 'ProxyPreserveHost On'])
    expect(guide).toContain(name);
});

describe.each([
  ['as the guide has it now', guideHeaders],
  ['with $host, as it was', guideHeaders.map(([name, value]) => [name, name === 'host' ? '$host' : value] as const)],
])('nginx %s', (_name, headers) => {
  test('lets the own page change things on any port, and no other page', async () => {
    const address = await startNginx(headers);
    const own = `https://${address}`;
    expect(await change(address, { origin: own })).toBe(200);
    expect(await change(address, { origin: own, 'sec-fetch-site': 'same-origin' })).toBe(200);
    expect(await change(address, { origin: 'https://elsewhere.example' })).toBe(403);
    expect(await change(address, { origin: 'https://127.0.0.1.elsewhere.example' })).toBe(403);
    // Another port of the same host is another origin, and browsers say so.
    expect(await change(address, { origin: 'https://127.0.0.1:9', 'sec-fetch-site': 'same-site' })).toBe(403);
    expect(await change(address, { origin: `http://${address}` })).toBe(403);
  });
});

test('without a trusted proxy in between a page on another port is another one', async () => {
  expect(await change(upstream.host, { origin: `http://${upstream.hostname}:9` })).toBe(403);
  expect(await change(upstream.host, { origin: upstream.origin })).toBe(200);
  expect(await change(upstream.host, { host: upstream.hostname, origin: `http://${upstream.hostname}:9` })).toBe(403);
});
