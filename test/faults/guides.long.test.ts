import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { resourcePath } from '../../server/platform/resources.ts';
import { testPassword } from '../create-test-app.ts';
import type { TestServerProcess } from '../server-process.ts';
import { type FaultStage, setFaultStage } from './stage.ts';

// Real: a server process behind nginx, Caddy and Apache, each with the very block that docs/domain-lock.md shows, but for addresses and
// certificates. What is not installed is left out. Doubled: the model.

const host = 'pinchy.example.com';
const programs = { nginx: '/usr/sbin/nginx', caddy: '/usr/bin/caddy', apache: '/usr/sbin/apache2' };
type ProxyName = keyof typeof programs;

interface Place {
  directory: string;
  port: number;
  upstream: string;
}

const configurations: Record<ProxyName, (place: Place) => { text: string; args: (file: string) => string[] }> = {
  nginx: ({ directory, port, upstream }) => ({
    text: `pid ${directory}/pid; error_log stderr; daemon off; events {}
http { access_log off; client_body_temp_path ${directory}/body; proxy_temp_path ${directory}/proxy;
fastcgi_temp_path ${directory}/f; uwsgi_temp_path ${directory}/u; scgi_temp_path ${directory}/s;
${adapted(blockOf('nginx'), { directory, port, upstream })} }`,
    args: (file) => ['-c', file, '-p', directory],
  }),
  caddy: ({ directory, port, upstream }) => ({
    text: `{
  admin off
  auto_https disable_redirects
  skip_install_trust
  storage file_system ${directory}/caddy
}
${adapted(blockOf(''), { directory, port, upstream }).replace(`${host} {`, `${host}:${port} {\n  tls internal`)}`,
    args: (file) => ['run', '--config', file, '--adapter', 'caddyfile'],
  }),
  apache: ({ directory, port, upstream }) => ({
    text: `ServerName ${host}
Listen 127.0.0.1:${port}
PidFile ${directory}/pid
ErrorLog ${directory}/log
${['mpm_event', 'authz_core', 'ssl', 'socache_shmcb', 'proxy', 'proxy_http', 'headers']
  .map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`)
  .join('\n')}
${adapted(blockOf('apache'), { directory, port, upstream })}`,
    args: (file) => ['-f', file, '-D', 'FOREGROUND'],
  }),
};

/** The first block of a language in the guide. */
function blockOf(language: string): string {
  const guide = readFileSync(resourcePath('docs', 'domain-lock.md'), 'utf8');
  const block = new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'm').exec(guide)?.[1];
  if (!block) throw new Error(`The guide has no block for ${language || 'Caddy'}.`);
  return block;
}

const adapted = (block: string, { directory, port, upstream }: Place): string =>
  block
    .replaceAll('127.0.0.1:7777', upstream)
    .replace('listen 443', `listen 127.0.0.1:${port}`)
    .replace('*:443', `127.0.0.1:${port}`)
    .replaceAll(`/etc/ssl/${host}`, `${directory}/${host}`);

describe.each(Object.keys(programs) as ProxyName[])('behind %s, as the guide says', (name) => {
  const isInstalled = existsSync(programs[name]);
  let stage: FaultStage;
  let server: TestServerProcess;
  let proxy: ChildProcess;
  let port: number;
  let cookie = '';
  const directory = mkdtempSync(join(tmpdir(), 'pinchy-guide-'));

  beforeAll(async () => {
    if (!isInstalled) return;
    stage = await setFaultStage();
    server = await stage.start({ TRUSTED_PROXIES: '127.0.0.1' });
    port = await freePort();
    const pair = ['-keyout', `${directory}/${host}.key`, '-out', `${directory}/${host}.pem`];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', `/CN=${host}`, ...pair], {
      stdio: 'ignore',
    });
    const { text, args } = configurations[name]({ directory, port, upstream: new URL(server.url).host });
    const file = join(directory, 'configuration');
    writeFileSync(file, text);
    proxy = spawn(programs[name], args(file), {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { PATH: process.env['PATH'], HOME: directory },
    });
    await vi.waitFor(async () => expect((await call('GET', '/api/health')).status).toBe(200), {
      timeout: 20_000,
      interval: 200,
    });
  }, 120_000);
  afterAll(async () => {
    if (proxy && proxy.exitCode === null) {
      proxy.kill('SIGTERM');
      await once(proxy, 'exit');
    }
    await stage?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  test.skipIf(!isInstalled)('an account is made, and the browser’s own origin counts, port and all', async () => {
    const account = { name: 'Ada', email: 'ada@example.com', password: testPassword };
    expect((await call('POST', '/api/setup', account, 'https://elsewhere.example.com')).status).toBe(403);
    expect((await call('POST', '/api/setup', account)).status).toBe(201);
    const provider = { provider: 'ollama-local', baseUrl: stage.double.url };
    expect((await call('POST', '/api/setup/provider', provider)).status).toBe(200);
  });

  test.skipIf(!isInstalled)('an answer comes through the socket piece by piece, not all at its end', async () => {
    const agent = await call('POST', '/api/agents', { name: 'One', templateId: 'custom' });
    stage.double.respond(() => [{ text: 'word '.repeat(40), chunks: 40, delayMs: 50 }]);
    const socket = new WebSocket(`wss://127.0.0.1:${port}/api/ws`, {
      ...{ servername: host, rejectUnauthorized: false },
      headers: { host: `${host}:${port}`, origin: `https://${host}:${port}`, cookie },
    });
    await once(socket, 'open');
    const frames: { type: string; at: number }[] = [];
    socket.on('message', (data) => frames.push({ type: JSON.parse(String(data)).type as string, at: Date.now() }));
    const clientMessageId = crypto.randomUUID();
    socket.send(JSON.stringify({ type: 'message', agentId: agent.body.id, content: 'Hello', clientMessageId }));
    await vi.waitFor(() => expect(frames.map(({ type }) => type)).toContain('complete'), { timeout: 15_000 });
    const chunks = frames.filter(({ type }) => type === 'chunk');
    expect(chunks.length).toBeGreaterThan(10);
    expect((chunks.at(-1)?.at ?? 0) - (chunks[0]?.at ?? 0)).toBeGreaterThan(800);
    socket.close();
  });

  test.skipIf(!isInstalled)('the domain is locked to the very name and port, and others are refused', async () => {
    const locked = await call('PUT', '/api/settings/domain', { lockedDomain: `${host}:${port}` });
    expect(locked.status, JSON.stringify(locked.body)).toBe(200);
    expect(locked.body).toMatchObject({ lockedDomain: `${host}:${port}` });
    expect((await call('GET', '/api/users/me')).status).toBe(200);
    expect((await fetch(`${server.url}/api/users/me`)).status).toBe(403);
  });

  function call(
    method: string,
    path: string,
    body?: object,
    origin = `https://${host}:${port}`,
  ): Promise<{ status: number; body: { id?: string } }> {
    return new Promise((resolve, reject) => {
      const asking = httpsRequest(
        {
          ...{ host: '127.0.0.1', port, method, path, servername: host, rejectUnauthorized: false, agent: false },
          headers: { host: `${host}:${port}`, origin, cookie, ...(body && { 'content-type': 'application/json' }) },
        },
        (answer) => {
          const set = answer.headers['set-cookie']?.map((one) => one.split(';', 1)[0]) ?? [];
          if (set.length > 0) cookie = set.join('; ');
          let text = '';
          answer.setEncoding('utf8').on('data', (piece: string) => (text += piece));
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: text ? JSON.parse(text) : {} }));
        },
      );
      asking.on('error', reject).end(body && JSON.stringify(body));
    });
  }
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}
