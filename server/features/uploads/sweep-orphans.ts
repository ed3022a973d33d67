import { lstat, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Executor } from '../../db/client.ts';
import { findKnownUploads, listAgentIds } from './upload.queries.ts';

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const stored = new RegExp(`^(${uuid})-`);
const partial = new RegExp(`^\\.${uuid}\\.partial$`);
const batchSize = 1_000;

/**
 * Removes files that no row tells of: what a server that was killed had received in part, or was about to remove. Only those of
 * agents that are there: a database that is not this directory's knows none.
 */
export async function sweepOrphans(
  db: Executor,
  { workspaceRoot, before }: { workspaceRoot: string; before: Date },
  signal?: AbortSignal,
): Promise<void> {
  for (const agentId of await listAgentIds(db)) {
    const uploads = join(workspaceRoot, agentId, 'uploads');
    for (const person of await entriesOf(uploads)) {
      if (!person.isDirectory()) continue;
      const directory = join(uploads, person.name);
      const names = (await entriesOf(directory)).filter((entry) => entry.isFile()).map(({ name }) => name);
      for (let start = 0; start < names.length; start += batchSize) {
        signal?.throwIfAborted();
        const batch = names.slice(start, start + batchSize);
        const ids = batch.flatMap((name) => stored.exec(name)?.[1] ?? []);
        const known = new Set(await findKnownUploads(db, ids));
        const isOrphan = (name: string) => {
          const id = stored.exec(name)?.[1];
          return id === undefined ? partial.test(name) : !known.has(id);
        };
        for (const name of batch.filter(isOrphan)) await removeOlder(join(directory, name), before);
      }
    }
  }
}

const entriesOf = (directory: string) => readdir(directory, { withFileTypes: true }).catch(() => []);

/** What is younger may be on its way: its row comes last. */
async function removeOlder(path: string, before: Date): Promise<void> {
  const stats = await lstat(path).catch(() => undefined);
  if (stats && stats.mtime < before) await unlink(path).catch(() => undefined);
}
