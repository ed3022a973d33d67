import { readdir, readFile, lstat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { mirroredFiles } from '../../features/agents/workspace-files.ts';
import type { Config } from '../../config.ts';
import { currentSchemaVersion } from '../../db/schema-version.ts';
import {
  createQuietServices,
  type OpenDatabase,
  openDatabase,
  readVersion,
  requireCurrentSchema,
  requireInstallation,
  withClient,
} from '../open-database.ts';
import { type ArchiveWriter, writeArchive } from './archive.ts';
import { anchorName, completeName, type Manifest, manifestName, secretFiles, tablesToCopy } from './backup-format.ts';
import { systemAuthority } from '../../db/authority.ts';

export interface BackupResult {
  rows: number;
  files: number;
}

const chunkBytes = 4 * 1024 * 1024;

/**
 * Writes everything an installation is made of into one file: the database as it is at one moment (a single snapshot,
 * whatever is written meanwhile), then the workspaces, the secrets and the audit trail's anchor.
 */
export async function createBackup(options: { environment: NodeJS.ProcessEnv; file: string }): Promise<BackupResult> {
  requireInstallation(options.environment);
  const database = await openDatabase(options.environment);
  const { config, databaseUrl } = database;
  const result = { rows: 0, files: 0 };
  try {
    await withClient(databaseUrl, async (client) => {
      await requireCurrentSchema(client);
      await writeArchive(resolve(options.file), async (archive) => {
        // Before the snapshot, so that the trail in it leads at least this far.
        const anchor = await readFile(join(config.home, anchorName)).catch(() => undefined);
        const rows = await addDatabase(client, archive);
        // After it: a file is stored before the row that names it, so none can be missing.
        const files = await addDirectory(archive, join(config.home, 'workspaces'), 'workspaces');
        await addSecrets(archive, config);
        if (anchor) await archive.add(anchorName, anchor);
        await archive.add(completeName, JSON.stringify({ rows, files }));
        result.files = files;
        result.rows = Object.values(rows).reduce((sum, count) => sum + count, 0);
      });
    });
    await recordBackup(database, result);
  } finally {
    await database.close();
  }
  return result;
}

/** A backup holds everything, keys included: that one was made belongs into the trail. */
async function recordBackup(database: OpenDatabase, { rows, files }: BackupResult): Promise<void> {
  const services = await createQuietServices(database);
  try {
    await services.signals.transaction(systemAuthority, (tx) =>
      services.audit.record(tx, { eventType: 'backup.created', actor: { type: 'system' }, detail: { rows, files } }),
    );
  } finally {
    await services.stop();
  }
}

async function addDatabase(client: Client, archive: ArchiveWriter): Promise<Record<string, number>> {
  await client.query('begin isolation level repeatable read read only');
  const tables: Manifest['tables'] = [];
  for (const name of tablesToCopy()) tables.push({ name, columns: await listColumns(client, name) });
  const manifest: Manifest = {
    format: 1,
    version: readVersion(),
    createdAt: new Date().toISOString(),
    schemaVersion: currentSchemaVersion(),
    tables,
    sequences: await readSequences(client),
  };
  await archive.add(manifestName, JSON.stringify(manifest, null, 2));
  const rows: Record<string, number> = {};
  for (const table of tables) rows[table.name] = await addTable(client, archive, table);
  await client.query('commit');
  return rows;
}

async function listColumns(client: Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select attname as name from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [client.escapeIdentifier(table)],
  );
  return rows.map((row) => row.name);
}

/** Sequences know no snapshots, but only grow: read after it was taken, they are beyond every id in it. */
async function readSequences(client: Client): Promise<Manifest['sequences']> {
  const { rows } = await client.query<{ name: string }>(
    `select sequence.relname as name from pg_depend
     join pg_class sequence on sequence.oid = pg_depend.objid and sequence.relkind = 'S'
     where pg_depend.refobjid = any($1::regclass[]) order by 1`,
    [tablesToCopy().map((name) => client.escapeIdentifier(name))],
  );
  const sequences: Manifest['sequences'] = [];
  for (const { name } of rows) {
    const value = await client.query<{ last_value: string; is_called: boolean }>(
      `select last_value, is_called from ${client.escapeIdentifier(name)}`,
    );
    sequences.push({ name, value: value.rows[0]?.last_value ?? '1', called: value.rows[0]?.is_called ?? false });
  }
  return sequences;
}

/** Adds a table in chunks of whole rows: COPY's text format has a line for each, whatever its values hold. */
async function addTable(
  client: Client,
  archive: ArchiveWriter,
  { name, columns }: Manifest['tables'][number],
): Promise<number> {
  const list = columns.map((column) => client.escapeIdentifier(column)).join(', ');
  const stream = client.query(copyTo(`copy ${client.escapeIdentifier(name)} (${list}) to stdout`));
  let waiting: Buffer[] = [];
  let size = 0;
  let chunk = 0;
  const flush = async (bytes: Buffer) => {
    if (bytes.length > 0) await archive.add(`database/${name}/${String(++chunk).padStart(6, '0')}`, bytes);
  };
  for await (const data of stream as AsyncIterable<Buffer>) {
    waiting.push(data);
    size += data.length;
    if (size < chunkBytes) continue;
    const all = Buffer.concat(waiting);
    const end = all.lastIndexOf('\n') + 1;
    await flush(all.subarray(0, end));
    waiting = [all.subarray(end)];
    size = all.length - end;
  }
  await flush(Buffer.concat(waiting));
  return stream.rowCount ?? 0;
}

/** Regular files only: links are not followed, and half-written files of the server begin with a dot. */
/** What only mirrors the database is written anew at the next start. */
const isMirrored = (name: string): boolean => {
  const [, , file, ...below] = name.split('/');
  return file !== undefined && below.length === 0 && mirroredFiles.includes(file.replace(/\.next$/, ''));
};

async function addDirectory(archive: ArchiveWriter, directory: string, name: string): Promise<number> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  let files = 0;
  for (const entry of entries) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) files += await addDirectory(archive, path, `${name}/${entry.name}`);
    if (!entry.isFile() || entry.name.endsWith('.partial') || isMirrored(`${name}/${entry.name}`)) continue;
    const stats = await lstat(path).catch(() => undefined);
    if (!stats) continue;
    await archive.addFile(`${name}/${entry.name}`, path, stats.size);
    files += 1;
  }
  return files;
}

async function addSecrets(archive: ArchiveWriter, { encryptionKey, authSecret, audit }: Config): Promise<void> {
  const values = [encryptionKey, authSecret, audit.secret];
  for (const [index, { name }] of secretFiles.entries()) await archive.add(`secrets/${name}`, `${values[index]}\n`);
}
