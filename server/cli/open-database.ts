import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { type Config, readConfig } from '../config.ts';
import { startEmbeddedPostgres } from '../db/embedded/embedded-postgres.ts';
import { explainConnectionError } from '../db/explain-connection-error.ts';
import { currentSchemaVersion, findSchemaVersion } from '../db/schema-version.ts';
import { StartError } from '../platform/errors.ts';
import { createLogger } from '../platform/logger.ts';
import { resourcePath } from '../platform/resources.ts';
import { createServices, type Services } from '../services.ts';
import { readFileSync } from 'node:fs';

export interface OpenDatabase {
  config: Config;
  databaseUrl: string;
  /** Stops an embedded database unless a server still uses it. */
  close(): Promise<void>;
}

/** The database of this environment, running: a server's own embedded one, one started for this command, or DATABASE_URL. */
export async function openDatabase(environment: NodeJS.ProcessEnv): Promise<OpenDatabase> {
  const config = readConfig(environment);
  if (config.databaseUrl) return { config, databaseUrl: config.databaseUrl, close: async () => {} };
  const embedded = await startEmbeddedPostgres({ directory: join(config.home, 'postgres'), log: () => {} });
  return { config, databaseUrl: embedded.url, close: () => embedded.stop() };
}

/** For commands on an installation that must be there already: looking for one must not create one. */
export function requireInstallation(environment: NodeJS.ProcessEnv): void {
  if (environment['DATABASE_URL']) return;
  const home = environment['PINCHY_HOME'] || '.pinchy';
  if (existsSync(join(home, 'postgres', 'data'))) return;
  throw new StartError(
    `There is no Pinchy in ${home}. Run this where Pinchy is started, or set PINCHY_HOME or DATABASE_URL as it has them.`,
  );
}

/** Runs `work` with the services of an installation, none of which is started: the server may run beside. */
export async function withServices<Result>(
  environment: NodeJS.ProcessEnv,
  work: (services: Services) => Promise<Result>,
): Promise<Result> {
  requireInstallation(environment);
  const database = await openDatabase(environment);
  try {
    await withClient(database.databaseUrl, requireCurrentSchema);
    const services = await createQuietServices(database);
    try {
      return await work(services);
    } finally {
      await services.stop();
    }
  } finally {
    await database.close();
  }
}

export function createQuietServices({
  config,
  databaseUrl,
}: Pick<OpenDatabase, 'config' | 'databaseUrl'>): Promise<Services> {
  return createServices({ config, databaseUrl, version: readVersion(), log: createLogger('warn') });
}

export async function withClient<Result>(
  databaseUrl: string,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 10_000,
    application_name: 'pinchy command',
    // Backup and restore take as long as there is data.
    options: '-c timezone=UTC -c statement_timeout=0 -c lock_timeout=0',
  });
  // A connection that breaks fails the query that waits for it; without a listener it would end the process instead.
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    throw explainConnectionError(error, databaseUrl) ?? error;
  }
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

export async function requireCurrentSchema(client: Client): Promise<void> {
  const version = await findSchemaVersion(client);
  if (version === currentSchemaVersion()) {
    const { rows } = await client.query("select 1 where to_regnamespace('audit_before') is not null");
    if (rows.length === 0) return;
    throw new StartError('The audit trail is of an older Pinchy: start this version once, so that it is carried over.');
  }
  throw new StartError(
    version === undefined
      ? 'The database is empty: start Pinchy once before you use this command.'
      : version < currentSchemaVersion()
        ? 'The database is of an older Pinchy: start this version once, so that it is brought up to date.'
        : 'The database is of a newer Pinchy: use that version for this command.',
  );
}

export function readVersion(): string {
  const manifest = JSON.parse(readFileSync(resourcePath('package.json'), 'utf8')) as { version: string };
  return manifest.version;
}
