import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../server/db/embedded/embedded-postgres.ts';
import { migrate } from '../server/db/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A superuser's URL of a PostgreSQL server that lives as long as the test run. */
    postgresUrl: string;
    /** The name of a migrated, empty database on it: `CREATE DATABASE … TEMPLATE …`. Never connect to it. */
    templateDatabase: string;
  }
}

const templateDatabase = 'pinchy_template';

/**
 * The product as it is shipped, built if it is stale: processes that tests start, and pages, are the ones people get. One
 * real PostgreSQL for the whole run, migrated once; each test file clones the template.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await promisify(execFile)(process.execPath, [join(import.meta.dirname, '../scripts/bootstrap.mjs'), 'build']);
  const directory = await mkdtemp(join(tmpdir(), 'pinchy-test-'));
  const postgres = await startEmbeddedPostgres({
    directory,
    log: () => {},
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  });
  const stop = async () => {
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await createDatabase(postgres.url);
    const templateUrl = new URL(postgres.url);
    templateUrl.pathname = `/${templateDatabase}`;
    await migrate(templateUrl.href);
  } catch (error) {
    await stop();
    throw error;
  }
  project.provide('postgresUrl', postgres.url);
  project.provide('templateDatabase', templateDatabase);
  return stop;
}

async function createDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${templateDatabase}`);
  } finally {
    await client.end();
  }
}
