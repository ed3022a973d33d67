import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import { Client } from 'pg';
import { resourcePath } from '../platform/resources.ts';

/** Any constant would do, as long as every replica uses the same. */
export const migrationLock = 7_464_249_140;

/**
 * Brings the schema up to date. An advisory lock lets replicas start at once: one migrates, the others wait and find
 * nothing left to do.
 */
export async function migrate(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    // Whatever the role is set to: a migration takes as long as there are rows, and so does waiting for that of another.
    await client.query('set statement_timeout = 0; set lock_timeout = 0');
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await applyMigrations(drizzle(client), { migrationsFolder: resourcePath('server/db/migrations') });
  } finally {
    await client.end();
  }
}
