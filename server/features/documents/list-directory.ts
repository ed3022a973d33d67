import { lstat, opendir, stat } from 'node:fs/promises';
import type { DirectoryContent } from '../../../contract/documents.ts';
import { maxEntries } from '../../tools/files/directory-entries.ts';
import { virtualPathOf } from './document-name.ts';
import { type HeldDirectory, isWritable, withDirectory } from './held-directory.ts';

/** Of a data root that is not there: its page says so. */
const nothing = { path: '/data', writable: false, directories: [], documents: [], total: 0, isComplete: true };

const order = new Intl.Collator('en', { numeric: true });

/** The visible directories and documents directly in a directory; links are left out. @throws AppError 404 */
export async function listDirectory(
  dataRoot: string,
  names: readonly string[],
  { page, limit }: { page: number; limit: number },
): Promise<DirectoryContent> {
  const isThere = names.length > 0 || (await stat(dataRoot).catch(() => undefined))?.isDirectory() === true;
  if (!isThere) return nothing;
  return withDirectory(dataRoot, names, async (directory) => {
    const found = await readNames(directory);
    const path = virtualPathOf(directory.names);
    const pathOf = (name: string) => ({ path: `${path}/${name}`, name });
    const onPage = found.documents.sort(order.compare).slice((page - 1) * limit, page * limit);
    const documents = [];
    for (const name of onPage) {
      const stats = await lstat(directory.at(name)).catch(() => undefined);
      if (stats?.isFile()) {
        documents.push({ ...pathOf(name), size: stats.size, modifiedAt: stats.mtime.toISOString() });
      }
    }
    return {
      path,
      writable: await isWritable(directory),
      directories: found.directories.sort(order.compare).map(pathOf),
      documents,
      total: found.documents.length,
      isComplete: found.isComplete,
    };
  });
}

async function readNames(directory: HeldDirectory) {
  const directories: string[] = [];
  const documents: string[] = [];
  for await (const entry of await opendir(directory.at('.'), { bufferSize: 256 })) {
    if (entry.name.startsWith('.')) continue;
    if (directories.length + documents.length >= maxEntries) return { directories, documents, isComplete: false };
    if (entry.isDirectory()) directories.push(entry.name);
    else if (entry.isFile()) documents.push(entry.name);
  }
  return { directories, documents, isComplete: true };
}
