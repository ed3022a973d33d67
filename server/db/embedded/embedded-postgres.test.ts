import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import type { EmbeddedPostgres } from './embedded-postgres.ts';
import { findPostmaster } from './postmaster.ts';

let root: string;
let directory: string;
let started: EmbeddedPostgres[];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'pinchy-db-')); // mode 0700: as root, PostgreSQL's own user cannot pass it
  directory = join(root, 'postgres');
  started = [];
});

afterEach(async () => {
  for (const postgres of started) await postgres.stop();
  await rm(root, { recursive: true, force: true });
});

async function start(at = directory): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ directory: at, log: () => {}, settings: { fsync: 'off' } });
  started.push(postgres);
  return postgres;
}

async function query(postgres: EmbeddedPostgres, statement: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

/** Starts the database in another process, and kills that process without a chance to clean up. */
async function startInProcessAndKill(killWhen: (output: string) => boolean): Promise<void> {
  const module = fileURLToPath(new URL('embedded-postgres.ts', import.meta.url));
  const script = `
    import { startEmbeddedPostgres } from ${JSON.stringify(module)};
    await startEmbeddedPostgres({ directory: ${JSON.stringify(directory)}, log: console.log, settings: { fsync: 'off' } });
    console.log('started');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  let output = '';
  for await (const chunk of child.stdout) {
    output += String(chunk);
    if (killWhen(output)) child.kill('SIGKILL');
  }
  await exited;
}

describe('embedded PostgreSQL', () => {
  test('answers, and keeps its data over a restart', async () => {
    const first = await start();
    expect(first.reused).toBe(false);
    await query(first, 'CREATE TABLE kept AS SELECT 42 AS value');
    await first.stop();
    expect(await findPostmaster(join(directory, 'data'))).toBeUndefined();

    const second = await start();
    expect(await query(second, 'SELECT value FROM kept')).toEqual([{ value: 42 }]);
    expect(await query(second, "SELECT current_setting('timezone') AS zone")).toEqual([{ zone: 'UTC' }]);
  });

  test('is reachable by nobody but its owner', async () => {
    const postgres = await start();
    for (const name of await readdir(directory)) {
      const { mode } = await stat(join(directory, name));
      expect(`${name} ${(mode & 0o077).toString(8)}`).toBe(`${name} 0`);
    }
    const wrong = new URL(postgres.url);
    wrong.password = 'wrong';
    await expect(query({ ...postgres, url: wrong.href }, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
  });

  test('goes on with the server of a killed process', async () => {
    await startInProcessAndKill((output) => output.includes('started'));
    const orphan = await findPostmaster(join(directory, 'data'));
    expect(orphan?.ready).toBe(true);

    const postgres = await start();
    expect(postgres.reused).toBe(true);
    expect(await query(postgres, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await postgres.stop();
    expect(await findPostmaster(join(directory, 'data'))).toBeUndefined();
  });

  test('starts after a kill of the server itself, although another process has its pid now', async () => {
    const first = await start();
    await query(first, 'CREATE TABLE kept AS SELECT 1 AS value');
    const pidFile = join(directory, 'data', 'postmaster.pid');
    const content = await readFile(pidFile, 'utf8');
    const postmaster = await findPostmaster(join(directory, 'data'));
    process.kill(postmaster?.pid ?? Number.NaN, 'SIGKILL');
    await writeFile(pidFile, content.replace(/^\d+/, String(process.ppid)));
    await writeFile(join(directory, 'run', '.s.PGSQL.5432.lock'), `${process.ppid}\n`);

    // By this call, or by the first, which looks after its server.
    const second = await start();
    expect(await query(second, 'SELECT value FROM kept')).toEqual([{ value: 1 }]);
  });

  test.each(['postgres', join('long'.repeat(30), 'postgres')])(
    'is started again at the same address when it ended by itself, in %s',
    async (name) => {
      const at = join(root, name);
      const postgres = await start(at);
      await query(postgres, 'CREATE TABLE kept AS SELECT 1 AS value');
      const killed = await findPostmaster(join(at, 'data'));
      process.kill(killed?.pid ?? Number.NaN, 'SIGKILL');
      const read = () => query(postgres, 'SELECT value FROM kept').catch(() => []);
      await expect.poll(async () => (await findPostmaster(join(at, 'data')))?.pid).not.toBe(killed?.pid);
      await expect.poll(read, { interval: 100 }).toEqual([{ value: 1 }]);
      await postgres.stop();
      expect(await findPostmaster(join(at, 'data'))).toBeUndefined();
    },
  );

  test('starts over when the creation of the database was killed in the middle', async () => {
    await startInProcessAndKill((output) => output.includes('Creating'));
    expect(await readdir(directory)).not.toContain('data');
    await mkdir(join(directory, 'data.new-left'), { recursive: true });

    const postgres = await start();
    expect(await query(postgres, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect((await readdir(directory)).filter((name) => name.startsWith('data'))).toEqual(['data']);
  });

  test('serves two that start at once, until the last of them stops', async () => {
    const [first, second] = await Promise.all([start(), start()]);
    expect([first.reused, second.reused].toSorted()).toEqual([false, true]);
    await first.stop();
    expect(await query(second, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await second.stop();
    expect(await findPostmaster(join(directory, 'data'))).toBeUndefined();
  });

  test('listens on the loopback address where the path is too long for a socket', async () => {
    const postgres = await start(join(root, 'long'.repeat(30), 'with spaces, commas and "quotes"'));
    expect(new URL(postgres.url).hostname).toBe('127.0.0.1');
    expect(await query(postgres, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('finds its socket in a directory with an awkward name', async () => {
    const postgres = await start(join(root, 'a b,"c"%d'));
    expect(await query(postgres, 'SELECT inet_server_addr() AS address')).toEqual([{ address: null }]);
  });

  test('says in one sentence why it cannot start', async () => {
    const first = await start();
    await first.stop();
    await writeFile(join(directory, 'data', 'PG_VERSION'), '17\n');
    await expect(start()).rejects.toThrow(/was written by PostgreSQL 17; this Pinchy runs 18/);
    await writeFile(join(directory, 'data', 'PG_VERSION'), '18\n');
    await rm(join(directory, 'password'));
    await expect(start()).rejects.toThrow(/its password is not/);
  });
});
