import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createAdmin, createTestApp, type TestAppOptions } from '../../../test/create-test-app.ts';
import { mountSmallDisk } from '../../../test/faults/small-disk.ts';
import { builtCommand, startServerProcess } from '../../../test/server-process.ts';
import { query } from '../../../test/test-database.ts';
import { findFreePort } from '../../../testkit/find-free-port.ts';
import { startModelDouble } from '../../../testkit/model-double.ts';
import { createBackup } from '../backup/create-backup.ts';
import { type DoctorReport, examineInstallation } from './doctor.ts';
import { writeReport } from './write-report.ts';

// Real: PostgreSQL, servers, processes, disks. Only the model's provider is doubled. The tests' database is faster than
// it is safe, so on it the doctor always finds something wrong.

const keys = {
  ENCRYPTION_KEY: 'test encryption key of 32 characters',
  BETTER_AUTH_SECRET: 'test sign-in secret of 32 characters',
  AUDIT_HMAC_SECRET: 'test audit secret of 32 characters..',
};

async function createInstallation(options: TestAppOptions = {}) {
  const app = await createTestApp(options);
  onTestFinished(() => app.close());
  const environment = {
    PINCHY_HOME: app.home,
    DATA_ROOT: app.dataRoot,
    DATABASE_URL: app.databaseUrl,
    PORT: String(await findFreePort()),
    ...keys,
    ...options.environment,
  };
  return { app, environment };
}

const of = (report: DoctorReport, about: string) => report.findings.filter((finding) => finding.about === about);

async function runDoctor(args: string[], environment: Record<string, string>) {
  const env = { PATH: process.env['PATH'], ...environment };
  const child = spawn(process.execPath, [builtCommand, 'doctor', ...args], { env, cwd: tmpdir() });
  let out = '';
  let error = '';
  child.stdout.on('data', (data) => (out += data));
  child.stderr.on('data', (data) => (error += data));
  const [code] = (await once(child, 'close')) as [number];
  return { code, out, error };
}

test('beside a running server and without one: a page, or JSON, that names nobody and nothing', async () => {
  const home = await mkdtemp(join(tmpdir(), 'pinchy-doctor-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const environment = { PINCHY_HOME: home, DATA_ROOT: `${home}-data`, PORT: String(await findFreePort()) };
  const server = await startServerProcess({ ...environment, BACKGROUND_JOBS: '1' });
  const account = { name: 'Ada Lovelace', email: 'ada@lovelace.example', password: 'correct horse battery' };
  const body = JSON.stringify(account);
  await fetch(`${server.url}/api/setup`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });

  const running = await runDoctor([], environment);
  expect(running).toMatchObject({ code: 0, error: '' });
  expect(running.out).toMatch(/the server is running\n/);
  expect(running.out).toMatch(/✓ Server +Running at port \d+, \d+ MB of memory, 0 open chats/);
  expect(running.out).toMatch(
    /✓ Database +PostgreSQL 18\.\d+, embedded, \d+ MB \(index of documents: \d+ MB\), \d+ of 60 connections/,
  );
  for (const about of ['Versions', 'Disk', 'Memory', 'Keys', 'Clock', 'Queues', 'Background jobs', 'Audit trail'])
    expect(running.out).toMatch(new RegExp(`^[✓!] ${about} `, 'm'));
  expect(running.out).toMatch(/! Backup +None was made yet\.\n +→ Run pinchy backup/);
  expect((await fetch(`${server.url}/api/health`)).status, 'the doctor stopped the database').toBe(200);
  await server.stop();

  const listOwn = async () => (await readdir(home)).concat(await readdir(join(home, 'secrets'))).sort();
  const before = await listOwn();
  const stopped = await runDoctor(['--json'], environment);
  const report = JSON.parse(stopped.out) as DoctorReport;
  expect([stopped.code, report.server, report.health]).toEqual([0, 'stopped', 'well']);
  expect(of(report, 'Server')[0]?.says).toMatch(/^Not running: port \d+ is free/);
  expect(await listOwn()).toEqual(before);
  for (const text of [running.out, stopped.out])
    for (const hidden of [home, hostname(), tmpdir(), 'ada@', 'Lovelace']) expect(text).not.toContain(hidden);
}, 120_000);

test('where there is no installation it says so, and makes none', async () => {
  const home = join(tmpdir(), `pinchy-nowhere-${process.pid}`);
  const embedded = await runDoctor([], { PINCHY_HOME: home });
  expect(embedded).toMatchObject({ code: 1, out: '', error: expect.stringMatching(/^There is no Pinchy in .+\n$/) });
  const external = await runDoctor([], { PINCHY_HOME: home, DATABASE_URL: 'postgres://127.0.0.1:1/none' });
  expect(external).toMatchObject({ code: 1, out: '', error: expect.stringMatching(/^There is no Pinchy in .+\n$/) });
  await expect(stat(home)).rejects.toThrow('ENOENT');
}, 60_000);

test('unsafe settings of the database', async () => {
  const { environment } = await createInstallation();
  const report = await examineInstallation(environment);
  expect(report.health).toBe('wrong');
  expect(of(report, 'Database')).toContainEqual({
    about: 'Database',
    health: 'wrong',
    says: 'fsync is off: a power cut may lose what was acknowledged.',
    next: 'Set fsync to on.',
  });
  expect(of(report, 'Audit trail')[0]).toMatchObject({ health: 'well' });
  expect(writeReport(report)).toMatch(/✗ Database +fsync is off.+\n +→ Set fsync to on\./);
});

test('a database that does not answer, without saying where it is', async () => {
  const { environment } = await createInstallation();
  const url = `postgres://someone:hidden-password@db.larkspur.example:${await findFreePort()}/books`;
  for (const DATABASE_URL of [url, url.replace('db.larkspur.example', '127.0.0.1')]) {
    const report = await examineInstallation({ ...environment, DATABASE_URL });
    expect(of(report, 'Database')[0]).toMatchObject({
      health: 'wrong',
      says: expect.stringMatching(/does not answer/),
    });
    expect(JSON.stringify(report)).not.toMatch(/larkspur|hidden-password|someone|books/);
  }
});

test('a database of an older or a newer Pinchy', async () => {
  const { environment, app } = await createInstallation();
  const move = (by: number) =>
    query(app.databaseUrl, 'update drizzle.__drizzle_migrations set created_at = created_at + $1', [by]);
  await move(1e9);
  const newer = await examineInstallation(environment);
  expect(of(newer, 'Database').at(-1)).toMatchObject({ health: 'wrong', says: 'It is of a newer Pinchy.' });
  await move(-2e9);
  const older = await examineInstallation(environment);
  expect(of(older, 'Database').at(-1)).toMatchObject({ health: 'notice', says: 'It is of an older Pinchy.' });
});

test('keys that are not those of the database, that are lost, or that others can read', async () => {
  const { environment, app } = await createInstallation();
  await app.services.start();
  const other = await examineInstallation({ ...environment, ENCRYPTION_KEY: 'x'.repeat(40) });
  expect(of(other, 'Keys')).toEqual([
    expect.objectContaining({ health: 'wrong', says: 'The database was written with another ENCRYPTION_KEY.' }),
  ]);
  expect(JSON.stringify(other)).not.toContain('xxxx');

  const { BETTER_AUTH_SECRET: _left, ...without } = environment;
  const lost = await examineInstallation(without);
  expect(of(lost, 'Keys')[0]).toMatchObject({ health: 'wrong', says: 'Neither set nor kept: BETTER_AUTH_SECRET.' });
  await expect(stat(join(app.home, 'secrets', 'auth-secret'))).rejects.toThrow('ENOENT');

  await mkdir(join(app.home, 'secrets'), { recursive: true });
  await writeFile(join(app.home, 'secrets', 'auth-secret'), `${keys.BETTER_AUTH_SECRET}\n`);
  await chmod(join(app.home, 'secrets', 'auth-secret'), 0o644);
  expect(of(await examineInstallation(without), 'Keys')[0]).toMatchObject({
    health: 'notice',
    says: 'Others on this machine may read PINCHY_HOME/secrets.',
  });
});

test('providers that answer, refuse and are not there', async () => {
  const double = await startModelDouble({ kind: 'anthropic', apiKey: 'sk-right-key' });
  onTestFinished(() => double.close());
  const { environment, app } = await createInstallation({ environment: { ANTHROPIC_BASE_URL: double.url } });
  expect(of(await examineInstallation(environment), 'Providers')[0]).toMatchObject({ health: 'notice' });
  const admin = await createAdmin(app.app);
  await admin.request('POST', '/api/settings/providers', { provider: 'anthropic', apiKey: 'sk-right-key' });
  const good = await examineInstallation(environment);
  expect(of(good, 'Provider Anthropic')[0]).toMatchObject({
    health: 'well',
    says: expect.stringMatching(/\d+ models/),
  });
  expect(of(good, 'Clock')[0]?.says).toBe("Agrees with the database's and a provider's.");

  double.respondToModelList([{ error: 'auth' }]);
  expect(of(await examineInstallation(environment), 'Provider Anthropic')[0]).toMatchObject({ health: 'wrong' });
  await double.close();
  const gone = await examineInstallation(environment);
  expect(of(gone, 'Provider Anthropic')[0]).toMatchObject({ health: 'wrong', next: expect.stringMatching(/network/) });
  expect(JSON.stringify(gone)).not.toContain('sk-right-key');

  const own = 'http://models.larkspur.invalid:11434';
  await query(app.databaseUrl, "insert into settings (key, value) values ('ollama_local_base_url', $1)", [own]);
  const report = await examineInstallation(environment);
  expect(of(report, 'Provider Ollama')[0]).toMatchObject({ health: 'wrong' });
  expect(JSON.stringify(report)).not.toContain('larkspur');
});

test('a clock that is off', async () => {
  const { environment, app } = await createInstallation();
  const shift = join(app.home, 'shift');
  await writeFile(shift, String(3_600_000));
  const preload = join(import.meta.dirname, '../../../testkit/shifted-clock.ts');
  const shifted = { ...environment, SHIFTED_CLOCK: shift, NODE_OPTIONS: `--import ${preload}` };
  const { code, out } = await runDoctor(['--json'], shifted);
  const [clock] = of(JSON.parse(out) as DoctorReport, 'Clock');
  expect([code, clock?.health]).toEqual([1, 'wrong']);
  expect(clock?.says).toMatch(/^3(59\d|60\d) seconds ahead of the database's\.$/);

  // The machine's clock was set back: what is in the trail is from the future.
  await query(app.databaseUrl, 'alter table audit_entries disable trigger user');
  await createAdmin(app.app);
  await query(app.databaseUrl, "update audit_entries set timestamp = now() + interval '2 hours'");
  const report = await examineInstallation(environment);
  expect(of(report, 'Clock')[0]?.says).toMatch(/^7(19\d|20\d) seconds behind the newest entry of the audit trail/);
  expect(of(report, 'Audit trail')[0]).toMatchObject({
    health: 'wrong',
    says: expect.stringMatching(/^Does not verify/),
  });
}, 60_000);

test('a disk that is full', async ({ skip }) => {
  const disk = mountSmallDisk(32);
  if (!disk) return skip();
  onTestFinished(() => disk.remove());
  const { environment } = await createInstallation();
  disk.fill();
  const report = await examineInstallation({ ...environment, PINCHY_HOME: disk.directory });
  expect(of(report, 'Disk')[0]).toMatchObject({ health: 'wrong', says: expect.stringMatching(/^0 MB of \d+ MB/) });
  expect(JSON.stringify(report)).not.toContain(disk.directory);
});

test('a port that another program holds, and a server that is not where it is looked for', async () => {
  const other = createServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  const { environment, app } = await createInstallation();
  await app.services.start();
  await expect.poll(async () => (await query(app.databaseUrl, 'select 1 from replicas')).length).toBe(1);
  const report = await examineInstallation({ ...environment, PORT: String((other.address() as AddressInfo).port) });
  expect(of(report, 'Server')[0]).toMatchObject({ health: 'wrong', says: expect.stringMatching(/^Another program/) });
  expect(of(report, 'Processes')[0]).toMatchObject({ health: 'notice', next: expect.stringMatching(/PORT and HOST/) });
});

test('what proxies sent, and the locked domain, which is not named', async () => {
  const { environment, app } = await createInstallation({ environment: { TRUSTED_PROXIES: '10.1.2.3' } });
  const url = await app.listen();
  const here = { ...environment, PORT: new URL(url).port };
  const knock = () => fetch(`${url}/api/health`, { headers: { 'x-forwarded-for': '203.0.113.7' } });
  await knock();
  await knock();
  const unknown = await examineInstallation(here);
  expect(of(unknown, 'Domain and proxy')).toEqual([
    expect.objectContaining({ says: 'No domain is locked, so Pinchy may be reached without HTTPS.' }),
    expect.objectContaining({
      health: 'notice',
      says: expect.stringMatching(/^2 requests came through a proxy that TRU/),
    }),
  ]);
  await query(app.databaseUrl, "insert into settings (key, value) values ('locked_domain', 'pinchy.invalid')");
  const locked = await examineInstallation(environment);
  expect(of(locked, 'Domain and proxy')[0]?.says).toMatch(/^Locked to a domain, which does not answer/);
  expect(JSON.stringify(locked)).not.toContain('pinchy.invalid');
});

test('a trusted proxy that ends HTTPS without saying so', async () => {
  const { environment, app } = await createInstallation({ environment: { TRUSTED_PROXIES: '127.0.0.1' } });
  const url = await app.listen();
  const here = { ...environment, PORT: new URL(url).port };
  await fetch(`${url}/api/health`, { headers: { 'x-forwarded-for': '203.0.113.7' } });
  expect(of(await examineInstallation(here), 'Domain and proxy')[1]?.next).toMatch(/X-Forwarded-Proto/);
  await fetch(`${url}/api/health`, { headers: { 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'https' } });
  expect(of(await examineInstallation(here), 'Domain and proxy')[1]).toMatchObject({ health: 'well' });
});

test('how old the last backup is', async () => {
  const { environment, app } = await createInstallation();
  await createBackup({ environment, file: join(app.home, 'backup.tar.gz') });
  expect(of(await examineInstallation(environment), 'Backup')[0]).toMatchObject({
    health: 'well',
    says: expect.stringMatching(/^The last one was made 0 minutes ago/),
  });
  await query(app.databaseUrl, 'alter table audit_entries disable trigger user');
  await query(app.databaseUrl, "update audit_entries set timestamp = timestamp - interval '9 days'");
  expect(of(await examineInstallation(environment), 'Backup')[0]).toMatchObject({
    health: 'notice',
    says: 'The last one was made 9 days ago.',
  });
});

test('a gateway that is not there, and an environment that cannot be used', async () => {
  const { environment } = await createInstallation();
  const OPENCLAW_URL = `ws://127.0.0.1:${await findFreePort()}`;
  const report = await examineInstallation({ ...environment, AGENT_RUNTIME: 'openclaw', OPENCLAW_URL });
  expect(of(report, 'OpenClaw Gateway')[0]).toMatchObject({ health: 'notice' });
  const unusable = await examineInstallation({ ...environment, TRUSTED_PROXIES: 'proxy.larkspur.example' });
  expect(of(unusable, 'Configuration')[0]).toMatchObject({
    health: 'wrong',
    says: expect.stringMatching(/^The environment variable TRUSTED_PROXIES must hold addresses/),
  });
});

test('background jobs that failed or wait for nobody', async () => {
  const { environment, app } = await createInstallation({ environment: { BACKGROUND_JOBS: '1' } });
  await app.services.start();
  await expect
    .poll(() => query(app.databaseUrl, "select 1 from pg_tables where schemaname = 'jobs' and tablename = 'schedule'"))
    .toHaveLength(1);
  await expect.poll(() => query(app.databaseUrl, 'select 1 from jobs.schedule')).toHaveLength(7);
  await query(
    app.databaseUrl,
    "insert into jobs.job (name, state, start_after) values ('uploads.sweep', 'created', now() - interval '3 hours')",
  );
  expect(of(await examineInstallation(environment), 'Background jobs')[0]).toMatchObject({
    health: 'notice',
    says: 'Waiting: 1, the oldest for 3 hours.',
  });
  await query(app.databaseUrl, "update jobs.job set state = 'failed', completed_on = now()");
  expect(of(await examineInstallation(environment), 'Background jobs')[0]).toMatchObject({
    health: 'wrong',
    says: 'Failed within a day: uploads.sweep.',
  });
}, 60_000);
