import type { Client } from 'pg';
import { editionOf } from './editions.ts';
import type { FoundFile } from './walk-directory.ts';

interface KnownFile extends FoundFile {
  id: string;
}

/** Writes what is new or other in one directory; returns the ids of documents that are not there any more. */
export async function noteDirectory(client: Client, path: string, files: FoundFile[]): Promise<string[]> {
  const directoryId = await directoryIdOf(client, path);
  const { rows: known } = await client.query<KnownFile>(
    'select id, name, size::float8 as size, modified, file from knowledge_documents where directory_id = $1',
    [directoryId],
  );
  const knownByName = new Map(known.map((row) => [row.name, row]));
  const added = files.filter((file) => !knownByName.has(file.name));
  const changed = files.flatMap((file) => {
    const row = knownByName.get(file.name);
    return row && (row.size !== file.size || row.modified !== file.modified || row.file !== file.file)
      ? [{ ...file, id: row.id }]
      : [];
  });
  if (added.length > 0) await addFiles(client, directoryId, added);
  if (changed.length > 0) await changeFiles(client, changed);
  const names = new Set(files.map((file) => file.name));
  return known.filter((row) => !names.has(row.name)).map((row) => row.id);
}

async function directoryIdOf(client: Client, path: string): Promise<number> {
  const { rows: known } = await client.query<{ id: number }>('select id from knowledge_directories where path = $1', [
    path,
  ]);
  if (known[0]) return known[0].id;
  const { rows } = await client.query<{ id: number }>(
    'insert into knowledge_directories (path) values ($1) returning id',
    [path],
  );
  return rows[0]?.id ?? 0;
}

async function addFiles(client: Client, directoryId: number, files: FoundFile[]): Promise<void> {
  const editions = files.map((file) => editionOf(file.name));
  await client.query(
    `insert into knowledge_documents (directory_id, name, size, modified, file, series, edition)
      select $1, * from unnest($2::text[], $3::bigint[], $4::float8[], $5::text[], $6::text[], $7::text[])`,
    [
      directoryId,
      ...columnsOf(files),
      editions.map((one) => one?.series ?? null),
      editions.map((one) => one?.edition ?? null),
    ],
  );
}

/** What is known of them stays searchable until they are read again. */
async function changeFiles(client: Client, files: KnownFile[]): Promise<void> {
  const [, ...columns] = columnsOf(files);
  await client.query(
    `update knowledge_documents set size = changed.size, modified = changed.modified, file = changed.file,
        state = 'pending', attempts = 0
      from unnest($1::bigint[], $2::bigint[], $3::float8[], $4::text[]) as changed(id, size, modified, file)
      where knowledge_documents.id = changed.id`,
    [files.map((file) => file.id), ...columns],
  );
}

const columnsOf = (files: FoundFile[]) => [
  files.map((file) => file.name),
  files.map((file) => file.size),
  files.map((file) => file.modified),
  files.map((file) => file.file),
];

/**
 * Documents that are gone and have appeared elsewhere as the same file keep what was read of them: only their names are
 * indexed anew. The others are removed.
 */
export async function settleGone(client: Client, goneIds: string[]): Promise<void> {
  for (let start = 0; start < goneIds.length; start += 1_000) {
    const ids = goneIds.slice(start, start + 1_000);
    await client.query('begin');
    const { rows: moved } = await client.query<Moved>(
      `select distinct on (former.id) former.id as former_id, added.id as added_id, added.directory_id, added.name,
          added.series, added.edition
        from knowledge_documents former join knowledge_documents added on added.file = former.file
          and added.size = former.size and added.modified = former.modified
          and added.block_id is null and added.state = 'pending' and added.id <> former.id
        where former.id = any($1) and former.state in ('indexed', 'stale')`,
      [ids],
    );
    for (const row of moved) await move(client, row);
    const movedIds = new Set(moved.map((row) => row.former_id));
    await client.query('delete from knowledge_documents where id = any($1)', [ids.filter((id) => !movedIds.has(id))]);
    await client.query('commit');
  }
}

interface Moved {
  former_id: string;
  added_id: string;
  directory_id: number;
  name: string;
  series: string | null;
  edition: string | null;
}

async function move(client: Client, row: Moved): Promise<void> {
  const { rowCount } = await client.query('delete from knowledge_documents where id = $1', [row.added_id]);
  // Two names of one file vanished, and one new one is there: it has its document already.
  if (rowCount === 0) {
    await client.query('delete from knowledge_documents where id = $1', [row.former_id]);
    return;
  }
  await client.query(
    `update knowledge_documents set directory_id = $2, name = $3, series = $4, edition = $5, state = 'stale', attempts = 0
      where id = $1`,
    [row.former_id, row.directory_id, row.name, row.series, row.edition],
  );
}
