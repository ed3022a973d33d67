import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { builtCommand } from '../../test/server-process.ts';
import { createLicenceService } from '../features/licence/licence.service.ts';

// Real: processes, the embedded database, HTTP. Nothing is doubled.

const password = 'correct horse battery';
const email = 'ada@example.com';
let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'pinchy-cli-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function pinchy(
  args: string[],
  options: { home?: string; input?: string; environment?: Record<string, string> } = {},
) {
  const env = { PATH: process.env['PATH'], PINCHY_HOME: options.home ?? join(root, 'home'), ...options.environment };
  const child = spawn(process.execPath, [builtCommand, ...args], { env, cwd: root });
  let out = '';
  let error = '';
  child.stdout.on('data', (data) => (out += data));
  child.stderr.on('data', (data) => (error += data));
  child.stdin.end(options.input ?? '');
  const [code] = (await once(child, 'close')) as [number];
  return { code, out, error };
}

async function startServer(home = join(root, 'home')) {
  await mkdir(join(root, 'data'), { recursive: true });
  const env = {
    PATH: process.env['PATH'],
    PINCHY_HOME: home,
    PORT: '0',
    DATA_ROOT: join(root, 'data'),
    LOG_LEVEL: 'silent',
  };
  const child = spawn(process.execPath, [builtCommand, 'start'], { env, cwd: root });
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data) => {
        output += data;
        const found = /ready at (\S+)/.exec(output)?.[1];
        if (found) resolve(found);
      });
    }
    child.once('exit', () => reject(new Error(output)));
  });
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
    post: (path: string, body: unknown, cookie = '') =>
      fetch(url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie },
        body: JSON.stringify(body),
      }),
    get: (path: string, cookie: string) => fetch(url + path, { headers: { cookie } }),
  };
}

type Server = Awaited<ReturnType<typeof startServer>>;
const cookieOf = (response: Response) => response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
const signIn = async (server: Server, secret: string) =>
  cookieOf(await server.post('/api/auth/sign-in/email', { email, password: secret }));

async function onDatabase(home: string, statement: string): Promise<void> {
  const secret = (await readFile(join(home, 'postgres', 'password'), 'utf8')).trim();
  const socket = encodeURIComponent(join(home, 'postgres', 'run'));
  const client = new Client({ connectionString: `postgres://pinchy:${secret}@localhost:5432/pinchy?host=${socket}` });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

describe('beside a running server, and without one', () => {
  test('reset of domain and password, backup and restore', async () => {
    const home = join(root, 'home');
    const server = await startServer();
    const admin = cookieOf(await server.post('/api/setup', { name: 'Ada', email, password }));
    const agent = { name: 'Guide', templateId: 'custom' };
    expect((await server.post('/api/agents', agent, admin)).status).toBe(201);

    await onDatabase(home, "insert into settings (key, value) values ('locked_domain', 'pinchy.example')");
    await onDatabase(
      home,
      `select pg_notify('pinchy', '{"origin":"test","signals":[{"kind":"setting","key":"locked_domain"}]}')`,
    );
    await expect.poll(async () => (await server.get('/api/agents', admin)).status).toBe(403);
    expect(await pinchy(['domain', 'reset'])).toMatchObject({
      code: 0,
      out: 'Pinchy is no longer locked to pinchy.example.\n',
    });
    await expect.poll(async () => (await server.get('/api/agents', admin)).status).toBe(200);
    expect((await pinchy(['domain', 'reset'])).out).toBe('No domain was locked.\n');

    const unknown = await pinchy(['admin', 'reset-password', 'nobody@example.com']);
    expect(unknown).toMatchObject({ code: 1, out: '' });
    expect(unknown.error.trim().split('\n')).toHaveLength(1);
    const reset = await pinchy(['admin', 'reset-password', email.toUpperCase()]);
    const nextPassword = reset.out.trim();
    expect(nextPassword).toMatch(/^[\w-]{20}$/);
    await expect.poll(async () => (await server.get('/api/agents', admin)).status).toBe(401);
    expect((await server.post('/api/auth/sign-in/email', { email, password })).status).toBe(401);
    const again = await signIn(server, nextPassword);
    const changes = await server.get('/api/audit?eventType=user.password_changed', again);
    expect(await changes.json()).toMatchObject({
      total: 1,
      entries: [{ actorType: 'system', detail: { method: 'shell' } }],
    });

    const running = join(root, 'running.tar.gz');
    expect(await pinchy(['backup', running])).toMatchObject({ code: 0 });
    expect((await stat(running)).mode & 0o777).toBe(0o600);
    expect((await server.get('/api/agents', again)).status, 'the commands stopped the database').toBe(200);
    expect(await pinchy(['backup', running])).toMatchObject({ code: 1 });
    expect((await pinchy(['restore', running, '--yes'])).error).toBe(
      'A Pinchy server runs on this database: stop it, then restore.\n',
    );
    await server.stop();

    const stopped = join(root, 'stopped.tar.gz');
    expect(await pinchy(['backup', stopped])).toMatchObject({ code: 0 });
    expect((await pinchy(['restore', stopped])).error).toContain('Add --yes');

    const elsewhere = join(root, 'elsewhere');
    expect(await pinchy(['restore', stopped], { home: elsewhere })).toMatchObject({ code: 0, error: '' });
    const restored = await startServer(elsewhere);
    expect((await restored.get('/api/agents', again)).status).toBe(401);
    const cookie = await signIn(restored, nextPassword);
    const agents = (await (await restored.get('/api/agents', cookie)).json()) as { name: string }[];
    expect(agents.map(({ name }) => name).sort()).toEqual(['Guide', 'Smithers']);
    expect(await (await restored.get('/api/audit/verify', cookie)).json()).toMatchObject({ valid: true, problems: [] });
    await restored.stop();
  }, 240_000);

  test('without an installation they say so and create none', async () => {
    const home = join(root, 'nothing');
    for (const args of [
      ['domain', 'reset'],
      ['admin', 'reset-password', email],
      ['backup', 'x.tar.gz'],
    ]) {
      const { code, error } = await pinchy(args, { home });
      expect([code, error.split('\n').length]).toEqual([1, 2]);
      expect(error).toContain('There is no Pinchy in');
    }
    await expect(stat(home)).rejects.toThrow('ENOENT');
  }, 90_000);
});

test('a port that is taken is one sentence, and the database does not stay behind', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  onTestFinished(() => void taken.close());
  const home = join(root, 'taken');
  const { port } = taken.address() as AddressInfo;
  const { code, error } = await pinchy(['start'], { home, environment: { PORT: String(port), LOG_LEVEL: 'warn' } });
  expect([code, error]).toEqual([1, expect.stringContaining(`Port ${port} on 127.0.0.1 is taken`)]);
  expect(error.trim().split('\n')).toHaveLength(1);
  await expect(stat(join(home, 'postgres', 'data', 'postmaster.pid'))).rejects.toThrow('ENOENT');
}, 90_000);

describe('licences', () => {
  test('a key that was issued is one that its public key accepts', async () => {
    const keys = await pinchy(['license', 'keygen']);
    const terms = ['--org', 'Larkspur', '--seats', '5', '--days', '30', '--trial'];
    const { out, code } = await pinchy(['license', 'issue', ...terms], { input: keys.out });
    expect(code).toBe(0);
    const publicKey = /-----BEGIN PUBLIC[^]+/.exec(keys.out)?.[0];
    const licence = createLicenceService({ environmentKey: out.trim(), publicKey } as never);
    expect(await licence.isActive()).toBe(true);
    const other = createLicenceService({ environmentKey: `${out.trim().slice(0, -4)}AAAA`, publicKey } as never);
    expect(await other.isActive()).toBe(false);
    const claims = JSON.parse(Buffer.from(out.split('.')[1] ?? '', 'base64url').toString()) as Record<string, number>;
    expect(claims).toMatchObject({ iss: 'pinchy', type: 'trial', org: 'Larkspur', maxUsers: 5 });
    expect((claims['exp'] ?? 0) - (claims['iat'] ?? 0)).toBe(30 * 86_400);
  }, 90_000);

  test('keygen writes files that only their owner reads, and overwrites none', async () => {
    expect(await pinchy(['license', 'keygen', '--out', root])).toMatchObject({ code: 0 });
    const file = join(root, 'license-private.pem');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const before = await readFile(file, 'utf8');
    expect(await pinchy(['license', 'keygen', '--out', root])).toMatchObject({ code: 1 });
    expect(await readFile(file, 'utf8')).toBe(before);
  }, 90_000);

  test.each([
    [['--org', 'A', '--seats', '-1', '--days', '3']],
    [['--org', 'A', '--seats', '1']],
    [['--org', 'A', '--seats', '1', '--days', '3', '--private-key', 'missing.pem']],
  ])('issue refuses %j', async (args) => {
    const { code, out, error } = await pinchy(['license', 'issue', ...args]);
    expect([code, out]).toEqual([1, '']);
    expect(error).not.toContain('    at ');
  });
});
