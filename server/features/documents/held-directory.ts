import { constants, type Stats } from 'node:fs';
import { access, lstat, open, opendir, readlink, realpath, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, conflict, notFound } from '../../platform/errors.ts';
import { maxEntries } from '../../tools/files/directory-entries.ts';
import { shown } from '../../tools/files/virtual-path.ts';
import { foldName, virtualPathOf } from './document-name.ts';

const flags = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** A directory at or below the data root, reached name by name without following a link, and held open. */
export interface HeldDirectory {
  /** Below the data root, as they are on disk. */
  names: readonly string[];
  /** Leads to a name in this very directory, whatever its own name points to by now. */
  at(name: string): string;
  close(): Promise<void>;
}

/** What stands under a name: exactly, or else in another spelling of the same letters. */
export interface FoundEntry {
  name: string;
  stats: Stats;
}

/**
 * Calls `use` with the directory that the names lead to. Composed and decomposed letters are the same in a name.
 * @throws AppError 404 for one that is not there, 409 for a link on the way
 */
export async function withDirectory<Value>(
  dataRoot: string,
  names: readonly string[],
  use: (directory: HeldDirectory) => Promise<Value>,
): Promise<Value> {
  let directory = await holdRoot(dataRoot);
  try {
    for (const name of names) directory = await enterExisting(directory, name);
    return await use(directory);
  } finally {
    await directory.close();
  }
}

/** The directory of that name within another, which is closed. @throws AppError 404 or 409 */
async function enterExisting(parent: HeldDirectory, name: string): Promise<HeldDirectory> {
  try {
    const found = await findEntry(parent, name, 'spelling');
    if (!found) throw notFound(shown(virtualPathOf([...parent.names, name])));
    return await enter(parent, found);
  } finally {
    await parent.close();
  }
}

/** Opens a directory in another one. @throws AppError 409 for a link or a file */
export async function enter(parent: HeldDirectory, { name, stats }: FoundEntry): Promise<HeldDirectory> {
  const path = shown(virtualPathOf([...parent.names, name]));
  if (stats.isSymbolicLink()) throw isLink(path);
  if (!stats.isDirectory()) throw conflict(`${path} is not a directory.`);
  const handle = await open(parent.at(name), flags).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR' || codeOf(error) === 'ELOOP') throw changed();
    throw explainFault(error, path);
  });
  return hold(handle, [...parent.names, name], parent.at(name));
}

async function holdRoot(dataRoot: string): Promise<HeldDirectory> {
  try {
    const real = await realpath(dataRoot);
    return await hold(await open(real, flags), [], real);
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') throw noRoot();
    throw explainFault(error, '/data');
  }
}

/** Linux shows an open directory under a path of its own, so no name on the way to it counts any more. */
async function hold(handle: FileHandle, names: readonly string[], openedAs: string): Promise<HeldDirectory> {
  const descriptor = `/proc/self/fd/${handle.fd}`;
  const isShown = await readlink(descriptor).then(
    () => true,
    () => false,
  );
  const base = isShown ? descriptor : openedAs;
  return { names, at: (name) => join(base, name), close: () => handle.close() };
}

/**
 * What a directory has under a name. `spelling` takes composed for decomposed letters, `folded` also upper for lower
 * case, for what must not stand beside each other. @throws AppError 409 when there is too much to look through
 */
export async function findEntry(
  directory: HeldDirectory,
  name: string,
  likeness: 'spelling' | 'folded',
): Promise<FoundEntry | undefined> {
  const exact = await lookAt(directory, name);
  if (exact) return exact;
  const key = likeness === 'folded' ? foldName : (text: string) => text.normalize('NFC');
  let entries = 0;
  for await (const entry of await opendir(directory.at('.'), { bufferSize: 256 })) {
    entries += 1;
    if (entries >= maxEntries) {
      throw conflict(
        `${shown(virtualPathOf(directory.names))} has more than ${maxEntries.toLocaleString('en')} entries. Make another directory.`,
      );
    }
    if (key(entry.name) === key(name)) return lookAt(directory, entry.name);
  }
  return undefined;
}

async function lookAt(directory: HeldDirectory, name: string): Promise<FoundEntry | undefined> {
  try {
    return { name, stats: await lstat(directory.at(name)) };
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENAMETOOLONG') return undefined;
    throw explainFault(error, shown(virtualPathOf(directory.names)));
  }
}

export const isWritable = (directory: HeldDirectory): Promise<boolean> =>
  access(directory.at('.'), constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );

export const isLink = (path: string) =>
  conflict(`${path} is a link on the server. Name the directory or document itself, or change the link there.`);

export const changed = () => conflict('Somebody changed this directory at the same moment. Look again, then retry.');

const noRoot = () =>
  conflict('The server has no directory for documents. Make the one that DATA_ROOT names, /data unless set otherwise.');

export const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

/** A system's error in words, without its path: what cannot be written, and where there is no room. */
export function explainFault(error: unknown, path: string): unknown {
  switch (codeOf(error)) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return conflict(
        `Pinchy may not write to ${path} on its server. Give its account the right to, or change the documents on the server itself.`,
      );
    case 'ENOSPC':
    case 'EDQUOT':
      return new AppError(
        'storage_full',
        'The disk for documents is full. Free some space on the server, then try again.',
      );
    case 'ENAMETOOLONG':
      return conflict('The path is too long for the file system of the server. Shorten the names.');
    default:
      return error;
  }
}
