import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';

// Real: the script, the archive, the processes that run from what was unpacked. Nothing is doubled.

const run = promisify(execFile);
const script = join(import.meta.dirname, '..', 'package.ts');
const { version } = JSON.parse(await readFile(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
  version: string;
};
const name = `pinchy-${version}-${process.platform}-${process.arch}`;
const account = { email: 'ada@example.com', password: 'correct horse battery' };

let directory: string;
/** What was unpacked, in a directory with nothing else. */
let unpacked: string;

const pack = (...args: string[]) => run(process.execPath, [script, ...args], { maxBuffer: 1e7 });

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pinchy-package-'));
  await pack('--output', directory);
  await mkdir(join(directory, 'there'));
  await run('tar', ['xzf', join(directory, `${name}.tar.gz`), '-C', join(directory, 'there')]);
  unpacked = join(directory, 'there', name);
}, 240_000);
afterAll(() => rm(directory, { recursive: true, force: true }));

/** A machine on which nothing is installed: neither a PATH nor a home, and nothing of this one's environment. */
function pinchy(args: string[], { from = unpacked, environment = {} as Record<string, string> } = {}) {
  const env = { PATH: '', HOME: join(directory, 'no-home'), PORT: '0', LOG_LEVEL: 'warn', ...environment };
  const child = spawn('./pinchy', args, { cwd: from, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { output: '' };
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => (said.output += data.toString()));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number, output: said.output }));
  return { child, ended, said };
}

async function start(args: string[], options: Parameters<typeof pinchy>[1] = {}) {
  const { child, ended, said } = pinchy(args, options);
  let url: string | undefined;
  await expect
    .poll(
      () => {
        if (child.exitCode !== null) throw new Error(said.output);
        return (url = /https?:\/\/localhost:\d+/.exec(/ready at .*|Open .*/.exec(said.output)?.[0] ?? '')?.[0]);
      },
      { timeout: 90_000 },
    )
    .toBeDefined();
  return {
    url: url!,
    post: (path: string, body: object) =>
      fetch(url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    async stop() {
      child.kill('SIGTERM');
      expect((await ended).code).toBe(0);
    },
  };
}

async function listFiles(root: string): Promise<Map<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = new Map<string, string>();
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isSymbolicLink()) files.set(path.slice(root.length), `→ ${await readlink(path)}`);
    if (entry.isFile())
      files.set(
        path.slice(root.length),
        createHash('sha256')
          .update(await readFile(path))
          .digest('hex'),
      );
  }
  return files;
}

test('it holds what runs and what the law asks for, and nothing else', async () => {
  const files = [...(await listFiles(unpacked)).keys()];
  const top = new Set(files.map((file) => file.split('/')[1]));
  expect([...top].sort()).toEqual(
    ['LICENSE', 'THIRD-PARTY-LICENCES.txt', 'bin', 'dist', 'node_modules', 'openclaw-gateway'].concat([
      'openclaw-plugin',
      'package.json',
      'pinchy',
      'sbom.cdx.json',
      'server',
    ]),
  );
  expect(files.filter((file) => /\.map$|\.test\.|\.d\.ts$|\.tsx$|\.a$/.test(file))).toEqual([]);
  const sizes = await Promise.all(files.map(async (file) => (await lstat(join(unpacked, file))).size));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(250e6);
  const packages = JSON.parse(await readFile(join(unpacked, 'sbom.cdx.json'), 'utf8')) as {
    components: { name: string; version?: string; licenses?: object[]; purl: string }[];
  };
  const names = packages.components.map((component) => component.name);
  expect(names).toEqual(expect.arrayContaining(['node', 'postgresql', 'openssl', 'icu', 'fastify', 'react', 'pino']));
  for (const tool of ['vitest', 'typescript', 'vite', 'knip']) expect(names).not.toContain(tool);
  const licences = await readFile(join(unpacked, 'THIRD-PARTY-LICENCES.txt'), 'utf8');
  for (const component of packages.components) {
    expect(component.version, component.name).toMatch(/^\d/);
    if (component.purl.startsWith('pkg:npm/')) expect(licences).toContain(`${component.name} ${component.version}`);
  }
  // What this machine is, and where it got its packages, stays here.
  for (const file of ['sbom.cdx.json', 'package.json', 'THIRD-PARTY-LICENCES.txt'])
    expect(await readFile(join(unpacked, file), 'utf8')).not.toMatch(
      /"resolved"|"type": "distribution"|\/work\/|\/root\//,
    );
});

test('packed again it is the same file, its checksum is beside it, and the image holds the same', async () => {
  const archive = join(directory, `${name}.tar.gz`);
  const checksum = createHash('sha256')
    .update(await readFile(archive))
    .digest('hex');
  expect(await readFile(`${archive}.sha256`, 'utf8')).toBe(`${checksum}  ${name}.tar.gz\n`);
  const again = join(directory, 'again');
  await mkdir(again);
  await pack('--output', again);
  expect(await readFile(join(again, `${name}.tar.gz.sha256`), 'utf8')).toBe(`${checksum}  ${name}.tar.gz\n`);
  await pack('--unpacked', join(directory, 'image'));
  expect(await listFiles(join(directory, 'image'))).toEqual(await listFiles(unpacked));
}, 240_000);

test('it starts, makes a backup and is updated with neither Node nor npm, and refuses to go back', async () => {
  const first = await start(['start']);
  expect((await first.post('/api/setup', { name: 'Ada', ...account })).status).toBe(201);
  expect(await (await fetch(first.url)).text()).toContain('<script');
  const file = join(directory, 'there', 'backup.tar.gz');
  expect(await pinchy(['backup', file]).ended).toMatchObject({ code: 0 });
  expect((await stat(file)).size).toBeGreaterThan(1_000);
  expect(await pinchy(['doctor']).ended).toMatchObject({
    code: 0,
    output: expect.stringMatching(/Audit trail +Verified/),
  });
  await first.stop();
  expect((await readdir(join(directory, 'there'))).sort()).toEqual([
    ...['.pinchy', '.pinchy-documents'],
    ...['backup.tar.gz', name],
  ]);

  // The next version is unpacked beside, and the old one thrown away.
  const next = join(directory, 'there', name.replace(version, '99.0.0'));
  await cp(unpacked, next, { recursive: true, verbatimSymlinks: true });
  await rename(unpacked, join(directory, 'old'));
  // Called by a link, as one on the PATH would be.
  await symlink(join(next, 'pinchy'), join(directory, 'there', 'pinchy'));
  const second = await start(['start'], { from: join(directory, 'there') });
  expect((await second.post('/api/auth/sign-in/email', account)).status).toBe(200);

  const home = join(directory, 'there', '.pinchy');
  const password = (await readFile(join(home, 'postgres', 'password'), 'utf8')).trim();
  const socket = encodeURIComponent(join(home, 'postgres', 'run'));
  const client = new Client({ connectionString: `postgres://pinchy:${password}@localhost/pinchy?host=${socket}` });
  await client.connect();
  await client.query("insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 99999999999999)");
  await client.end();
  await second.stop();

  await rename(join(directory, 'old'), unpacked);
  const refused = await pinchy(['start']).ended;
  expect(refused).toEqual({ code: 1, output: expect.stringMatching(/^A newer Pinchy has used this database.+\n$/) });
  await writeFile(join(home, 'postgres', 'data', 'PG_VERSION'), '19\n');
  const newer = await pinchy(['start']).ended;
  expect(newer.code).toBe(1);
  expect(newer.output).toMatch(
    /^The database in \S+ was written by PostgreSQL 19; this Pinchy runs 18\. Start the newer/,
  );
}, 240_000);

test('the demo runs from it, and keeps nothing', async () => {
  const temporary = join(directory, 'temporary');
  await mkdir(temporary);
  const before = await readdir(join(directory, 'there'));
  const files = await listFiles(unpacked);
  const demo = await start(['demo'], { environment: { TMPDIR: temporary } });
  expect((await fetch(`${demo.url}/api/health`)).status).toBe(200);
  await demo.stop();
  expect(await readdir(temporary)).toEqual([]);
  expect(await readdir(join(directory, 'there'))).toEqual(before);
  // Where it lies belongs to root, as in the image, nothing could be completed.
  expect(await listFiles(unpacked)).toEqual(files);
}, 240_000);
