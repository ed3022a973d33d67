import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stats } from 'node:fs';
import { openInside, statLink, type Opened, type OpenRequest } from './open-inside.ts';

export interface DirectoryEntry {
  name: string;
  kind: 'file' | 'directory';
  /** Links to directories are shown, but a recursive listing does not walk into them: they can form circles. */
  isLink: boolean;
  /** Undefined when it vanished meanwhile. */
  stats(): Promise<Stats | undefined>;
}

/** Directories with more entries than this are listed in part: a listing must fit into memory. */
export const maxEntries = 20_000;

/**
 * The visible entries of an opened directory, sorted by name: hidden ones, devices, FIFOs, sockets and links that leave
 * the allowed directories are left out.
 */
export async function readEntries(opened: Opened, request: Pick<OpenRequest, 'root' | 'roots'>, signal?: AbortSignal) {
  const entries: DirectoryEntry[] = [];
  let isCut = false;
  for await (const found of await opendir(opened.accessPath, { bufferSize: 256 })) {
    signal?.throwIfAborted();
    if (found.name.startsWith('.')) continue;
    if (entries.length >= maxEntries) {
      isCut = true;
      break;
    }
    const path = join(opened.accessPath, found.name);
    const stats = found.isSymbolicLink() ? await statLink(path, request) : undefined;
    const kind = (stats ?? found).isFile() ? 'file' : (stats ?? found).isDirectory() ? 'directory' : undefined;
    if (!kind) continue;
    entries.push({
      name: found.name,
      kind,
      isLink: stats !== undefined,
      stats: async () => stats ?? (await plainStats(path)),
    });
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { entries, isCut };
}

/** Opens a directory, reads its entries while it is open, and closes it. `use` may ask the entries for their stats. */
export async function withEntries<T>(
  request: Omit<OpenRequest, 'kind'>,
  signal: AbortSignal | undefined,
  use: (listing: { entries: DirectoryEntry[]; isCut: boolean }) => Promise<T> | T,
): Promise<T> {
  const opened = await openInside({ ...request, kind: 'directory' });
  try {
    return await use(await readEntries(opened, request, signal));
  } finally {
    await opened.handle.close();
  }
}

/** A name swapped for a link since it was read is not followed. */
async function plainStats(path: string): Promise<Stats | undefined> {
  const stats = await lstat(path).catch(() => undefined);
  return stats && (stats.isFile() || stats.isDirectory()) ? stats : undefined;
}
