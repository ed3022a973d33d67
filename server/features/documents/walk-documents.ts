import type { Dirent } from 'node:fs';
import { lstat, opendir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { leftoverName } from './staged-document.ts';

/** Every entry below a directory, without following links; what cannot be looked into is left out. */
async function* walk(directory: string, withHidden: boolean): AsyncGenerator<{ entry: Dirent; path: string }> {
  const waiting = [directory];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const opened = await opendir(next, { bufferSize: 256 }).catch(() => undefined);
    if (!opened) continue;
    for await (const entry of opened) {
      if (!withHidden && entry.name.startsWith('.')) continue;
      const path = join(next, entry.name);
      yield { entry, path };
      if (entry.isDirectory() && !entry.name.startsWith('.')) waiting.push(path);
    }
  }
}

/** Bytes of all documents below a directory, each counting a block of the disk at least. */
export async function measureDocuments(directory: string, minBytes: number): Promise<number> {
  let bytes = 0;
  for await (const { entry, path } of walk(directory, false)) {
    if (!entry.isFile()) continue;
    const stats = await lstat(path).catch(() => undefined);
    bytes += Math.max(stats?.size ?? 0, minBytes);
  }
  return bytes;
}

/** How many documents there are below a directory, hidden ones too. */
export async function countDocuments(directory: string): Promise<{ documents: number; bytes: number }> {
  let documents = 0;
  let bytes = 0;
  for await (const { entry, path } of walk(directory, true)) {
    if (entry.isDirectory()) continue;
    documents += 1;
    bytes += (await lstat(path).catch(() => undefined))?.size ?? 0;
  }
  return { documents, bytes };
}

/** Removes what a killed server left: documents that were not received in full, or on their way out, for a day. */
export async function sweepLeftovers(dataRoot: string, before: Date, signal?: AbortSignal): Promise<void> {
  for await (const { entry, path } of walk(dataRoot, true)) {
    signal?.throwIfAborted();
    if (!leftoverName.test(entry.name)) continue;
    const stats = await lstat(path).catch(() => undefined);
    if (stats && stats.ctime < before) await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}
