import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator';
import type { ClientBase } from 'pg';
import { resourcePath } from '../platform/resources.ts';

/** The migrations that this version of Pinchy brings, in order; a schema's version is its last one's `folderMillis`. */
export const listMigrations = (): MigrationMeta[] =>
  readMigrationFiles({ migrationsFolder: resourcePath('server', 'db', 'migrations') });

export const currentSchemaVersion = (): number => listMigrations().at(-1)?.folderMillis ?? 0;

/** The version of a database's schema; undefined where Pinchy never was. */
export async function findSchemaVersion(client: ClientBase): Promise<number | undefined> {
  const table = await client.query<{ found: boolean }>(
    "select to_regclass('drizzle.__drizzle_migrations') is not null as found",
  );
  if (!table.rows[0]?.found) return undefined;
  const { rows } = await client.query<{ version: string | null }>(
    'select max(created_at) as version from drizzle.__drizzle_migrations',
  );
  return rows[0]?.version == null ? undefined : Number(rows[0].version);
}
