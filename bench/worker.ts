import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { migrate } from '../server/db/migrate.ts';
import { benches } from './benches.ts';

// Runs one benchmark in a process of its own, so that none inherits another's memory, and sends its results.

const [name = ''] = process.argv.slice(2);
const postgresUrl = process.env['BENCH_POSTGRES_URL'] ?? '';
const closers: (() => Promise<unknown>)[] = [];
let databases = 0;

async function onPostgres(statement: string): Promise<void> {
  const client = new Client({ connectionString: postgresUrl });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

async function createDatabase(): Promise<string> {
  const database = `bench_${name.replaceAll('-', '_')}_${process.pid}_${databases++}`;
  await onPostgres(`create database ${database}`);
  closers.push(() => onPostgres(`drop database if exists ${database} with (force)`));
  const url = new URL(postgresUrl);
  url.pathname = `/${database}`;
  await migrate(url.href);
  return url.href;
}

async function close(): Promise<void> {
  for (const closer of closers.splice(0).toReversed()) {
    await closer().catch((error: unknown) => console.error('A benchmark did not clean up:', error));
  }
}

process.on('SIGTERM', () => void close().finally(() => process.exit(1)));

const directory = await mkdtemp(join(tmpdir(), 'pinchy-bench-'));
closers.push(() => rm(directory, { recursive: true, force: true, maxRetries: 5 }));
try {
  const run = await benches[name]?.load();
  const results = await run?.({ createDatabase, directory, onEnd: (closer) => void closers.push(closer) });
  process.send?.(results ?? []);
} finally {
  await close();
}
process.disconnect?.();
