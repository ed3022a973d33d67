import type { Client } from 'pg';
import { noteDirectory, settleGone } from './directory-changes.ts';
import type { PassScope } from './messages.ts';
import { readDirectory } from './walk-directory.ts';

/** Compares directories with what is known of them, and writes what is new, changed, moved or gone. */
export async function lookThrough(client: Client, dataRoot: string, scope: PassScope): Promise<void> {
  // Nothing is forgotten because a disk does not answer; what cannot be opened is not shown either.
  if ((await readDirectory(dataRoot, '/data')) === 'unreadable') return;
  const known = await readTree(client);
  const gone: { ids: string[]; paths: string[] } = { ids: [], paths: [] };
  const isWhole = scope === 'all';
  const waiting = isWhole ? ['/data'] : [...scope];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const found = await readDirectory(dataRoot, path);
    if (found === 'unreadable') continue;
    if (found === undefined) {
      gone.paths.push(path);
      continue;
    }
    if (path !== '/data') gone.ids.push(...(await noteDirectory(client, path, found.files)));
    const below = found.directories.map((name) => `${path}/${name}`);
    const there = new Set(below);
    gone.paths.push(...(known.children.get(path) ?? []).filter((child) => !there.has(child)));
    waiting.push(...below.filter((child) => isWhole || !known.paths.has(child)));
  }
  const { rows } = await client.query<{ id: string }>(
    `select document.id from knowledge_documents document join knowledge_directories directory on directory.id = directory_id
      where exists (select from unnest($1::text[]) as gone(path)
        where directory.path = gone.path or starts_with(directory.path, gone.path || '/'))`,
    [gone.paths],
  );
  await settleGone(client, [...gone.ids, ...rows.map((row) => row.id)]);
  await client.query(
    `delete from knowledge_directories as directory where exists (select from unnest($1::text[]) as gone(path)
      where directory.path = gone.path or starts_with(directory.path, gone.path || '/'))`,
    [gone.paths],
  );
}

async function readTree(client: Client): Promise<{ paths: Set<string>; children: Map<string, string[]> }> {
  const { rows } = await client.query<{ path: string }>('select path from knowledge_directories');
  const children = new Map<string, string[]>();
  for (const { path } of rows) {
    const parent = path.slice(0, path.lastIndexOf('/'));
    const siblings = children.get(parent);
    if (siblings) siblings.push(path);
    else children.set(parent, [path]);
  }
  return { paths: new Set(rows.map((row) => row.path)), children };
}
