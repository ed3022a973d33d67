import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { OpenFailure } from '../../tools/files/open-inside.ts';
import { openDocument } from './open-document.ts';

export interface FoundFile {
  name: string;
  size: number;
  /** Milliseconds since 1970. */
  modified: number;
  /** Device and inode. */
  file: string;
}

export interface FoundDirectory {
  files: FoundFile[];
  /** Names of directories in it. */
  directories: string[];
}

/**
 * What lies in a directory: no links, nothing hidden, nothing but files and directories. Undefined when it is not there
 * (any more); `unreadable` when it cannot be looked into, which says nothing about what is in it.
 */
export async function readDirectory(
  dataRoot: string,
  virtualPath: string,
): Promise<FoundDirectory | 'unreadable' | undefined> {
  if (virtualPath === '/data') return readTop(dataRoot);
  let opened;
  try {
    opened = await openDocument(dataRoot, virtualPath, 'directory');
  } catch (error) {
    if (error instanceof OpenFailure) return error.reason === 'unreadable' ? 'unreadable' : undefined;
    throw error;
  }
  try {
    return await list(opened.accessPath);
  } catch {
    return 'unreadable';
  } finally {
    await opened.handle.close();
  }
}

/** Files directly below the data root belong to no directory that could be granted. */
async function readTop(dataRoot: string): Promise<FoundDirectory | 'unreadable'> {
  try {
    return { files: [], directories: (await list(dataRoot)).directories };
  } catch {
    return 'unreadable';
  }
}

async function list(accessPath: string): Promise<FoundDirectory> {
  const found: FoundDirectory = { files: [], directories: [] };
  for await (const entry of await opendir(accessPath, { bufferSize: 256 })) {
    if (entry.name.startsWith('.') || entry.name.includes('\ufffd')) continue;
    if (entry.isDirectory()) found.directories.push(entry.name);
    if (!entry.isFile()) continue;
    const stats = await lstat(join(accessPath, entry.name), { bigint: true }).catch(() => undefined);
    if (!stats?.isFile()) continue;
    const modified = Number(stats.mtimeNs / 1_000n) / 1_000;
    found.files.push({ name: entry.name, size: Number(stats.size), modified, file: `${stats.dev}:${stats.ino}` });
  }
  found.directories.sort();
  return found;
}
