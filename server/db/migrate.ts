import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import { Client } from 'pg';
import { StartError } from '../platform/errors.ts';
import { resourcePath } from '../platform/resources.ts';
import { currentSchemaVersion, findSchemaVersion } from './schema-version.ts';

/** Any constant would do, as long as every replica uses the same. */
export const migrationLock = 7_464_249_140;

/**
 * Brings the schema up to date. An advisory lock lets replicas start at once: one migrates, the others wait and find
 * nothing left to do.
 * @throws StartError when a newer Pinchy has changed the database already
 */
export async function migrate(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    // Whatever the role is set to: a migration takes as long as there are rows, and so does waiting for that of another.
    await client.query('set statement_timeout = 0; set lock_timeout = 0');
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await refuseNewerSchema(client);
    await applyMigrations(drizzle(client), { migrationsFolder: resourcePath('server/db/migrations') });
  } finally {
    await client.end();
  }
}

/** An older Pinchy would write rows that the newer one's tables do not allow, or miss what they demand. */
async function refuseNewerSchema(client: Client): Promise<void> {
  const version = await findSchemaVersion(client);
  if (version === undefined || version <= currentSchemaVersion()) return;
  throw new StartError(
    'A newer Pinchy has used this database, and an older one cannot go back: start the newer version again, or ' +
      'restore a backup that was made before the update into an empty PINCHY_HOME.',
  );
}
