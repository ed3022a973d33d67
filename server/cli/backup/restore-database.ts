import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { migrationLock } from '../../db/migrate.ts';
import { currentSchemaVersion, findSchemaVersion, listMigrations } from '../../db/schema-version.ts';
import { StartError } from '../../platform/errors.ts';
import { readArchive } from './archive.ts';
import { completeSchema, completeName, isKept, listTables, type Manifest } from './backup-format.ts';
import { readText, damaged } from './archive.ts';

/**
 * Refuses what a restore must not touch, and tells whether it would replace something. Keeps servers from starting
 * until the connection ends: they wait for the same lock to migrate.
 */
export async function examineTarget(client: Client): Promise<{ isInUse: boolean }> {
  await client.query('select pg_advisory_lock($1)', [migrationLock]);
  const { rows: servers } = await client.query(
    `select 1 from pg_stat_activity where datname = current_database() and application_name = 'pinchy signals'`,
  );
  if (servers.length > 0) throw new StartError('A Pinchy server runs on this database: stop it, then restore.');
  const version = await findSchemaVersion(client);
  if (version !== undefined && version > currentSchemaVersion()) {
    throw new StartError('The database is of a newer Pinchy: restore with that version.');
  }
  const { rows: tables } = await client.query<{ name: string }>(
    `select relname as name from pg_class
     where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f') and relname = any($1)`,
    [listTables()],
  );
  if (version === undefined && tables.length > 0) {
    throw new StartError(`The database holds tables that are not Pinchy's (${tables[0]?.name}): use an empty one.`);
  }
  if (!tables.some(({ name }) => name === 'users')) return { isInUse: false };
  const { rows: users } = await client.query('select 1 from users limit 1');
  return { isInUse: users.length > 0 };
}

/** Replaces Pinchy's tables by those of a backup. Called inside a transaction. */
export async function loadDatabase(client: Client, file: string, manifest: Manifest): Promise<void> {
  await dropEverything(client);
  await createSchema(client, manifest.schemaVersion);
  const rows = new Map<string, number>();
  let complete: { rows: Record<string, number> } | undefined;
  for await (const entry of readArchive(file)) {
    const { name } = entry.header;
    const [, tableName] = /^database\/([^/]+)\//.exec(name) ?? [];
    const table = manifest.tables.find((one) => one.name === tableName && isKept(one.name));
    if (table) {
      rows.set(table.name, (rows.get(table.name) ?? 0) + (await loadChunk(client, table, Readable.from(entry))));
    } else if (name === completeName) complete = completeSchema.parse(JSON.parse(await readText(entry)));
    else entry.resume();
  }
  const isWhole = Object.entries(complete?.rows ?? {}).every(
    ([table, count]) => !isKept(table) || (rows.get(table) ?? 0) === count,
  );
  if (!complete || !isWhole) throw new StartError(damaged(file));
  for (const { name, value, called } of manifest.sequences) {
    await client.query('select setval($1::regclass, $2::bigint, $3)', [client.escapeIdentifier(name), value, called]);
  }
}

/** Drops the tables rather than their rows: the audit trail's triggers refuse to delete. */
async function dropEverything(client: Client): Promise<void> {
  const tables = listTables();
  const { rows: functions } = await client.query<{ signature: string }>(
    `select distinct tgfoid::regprocedure::text as signature from pg_trigger
     join pg_class on pg_class.oid = tgrelid
     where not tgisinternal and relnamespace = current_schema()::regnamespace and relname = any($1)`,
    [tables],
  );
  const list = tables.map((name) => client.escapeIdentifier(name)).join(', ');
  await client.query(`drop table if exists ${list} cascade`);
  // What an audit trail of an earlier format left, should nobody have started Pinchy since.
  await client.query('drop schema if exists audit_before cascade');
  for (const { signature } of functions) await client.query(`drop function if exists ${signature}`);
}

/** Builds the schema as it was when the backup was made; what came since is migrated after the restore. */
async function createSchema(client: Client, schemaVersion: number): Promise<void> {
  await client.query('create schema if not exists drizzle');
  await client.query(
    'create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)',
  );
  await client.query('delete from drizzle.__drizzle_migrations');
  for (const { sql, hash, folderMillis } of listMigrations()) {
    if (folderMillis > schemaVersion) break;
    for (const statement of sql) if (statement.trim()) await client.query(statement);
    await client.query('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)', [
      hash,
      folderMillis,
    ]);
  }
}

async function loadChunk(client: Client, table: Manifest['tables'][number], content: Readable): Promise<number> {
  const columns = table.columns.map((column) => client.escapeIdentifier(column)).join(', ');
  const copy = client.query(copyFrom(`copy ${client.escapeIdentifier(table.name)} (${columns}) from stdin`));
  await pipeline(content, copy);
  return copy.rowCount ?? 0;
}
