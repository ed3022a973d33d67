import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { link, mkdir, open, rename, rmdir, unlink, type FileHandle } from 'node:fs/promises';
import { AppError, conflict } from '../../platform/errors.ts';
import { shown } from '../../tools/files/virtual-path.ts';
import { maxDocumentBytes } from '../../../contract/limits.ts';
import { virtualPathOf } from './document-name.ts';
import {
  changed,
  codeOf,
  enter,
  explainFault,
  findEntry,
  type HeldDirectory,
  isLink,
  withDirectory,
} from './held-directory.ts';

/** Hidden, so that nobody sees what is not whole or about to go; swept when a server was killed over it. */
export const leftoverName = /^\.pinchy-[0-9a-f-]{36}$/;
export const ownName = () => `.pinchy-${randomUUID()}`;

/** A document that was received in full and is not to be seen yet. */
export interface StagedDocument {
  /** Below the data root: where it is to stand. */
  names: readonly string[];
  size: number;
  /** The directory that holds it until then: the nearest that is there, so on the same file system. */
  heldIn: readonly string[];
  heldAs: string;
}

/** A step that was made, and how it is taken back. */
export type Undo = () => Promise<void>;

/**
 * Receives a document into a hidden file, on disk when this returns.
 * @throws AppError 409 for a name that is taken, 413 above the size, 507 without room; nothing is kept then
 */
export async function stageDocument(
  dataRoot: string,
  {
    base,
    relative,
    stream,
    replace,
  }: {
    base: readonly string[];
    relative: readonly string[];
    stream: AsyncIterable<Uint8Array>;
    replace: boolean;
  },
): Promise<StagedDocument> {
  return withDirectory(dataRoot, base, (directory) =>
    inNearest(directory, relative.slice(0, -1), async (nearest, missing) => {
      const name = relative.at(-1) ?? '';
      const names = [...nearest.names, ...missing, name];
      if (missing.length === 0) requireFree(await findEntry(nearest, name, 'folded'), names, replace);
      const heldAs = ownName();
      const size = await write(nearest, heldAs, stream);
      return { names, size, heldIn: nearest.names, heldAs };
    }),
  );
}

/** Calls `use` with the last directory of the way that is there, and the names from there on. */
async function inNearest<Value>(
  directory: HeldDirectory,
  way: readonly string[],
  use: (nearest: HeldDirectory, missing: readonly string[]) => Promise<Value>,
): Promise<Value> {
  const [name, ...further] = way;
  const found = name === undefined ? undefined : await findEntry(directory, name, 'folded');
  if (!found) return use(directory, way);
  const next = await enter(directory, found);
  try {
    return await inNearest(next, further, use);
  } finally {
    await next.close();
  }
}

async function write(directory: HeldDirectory, name: string, stream: AsyncIterable<Uint8Array>): Promise<number> {
  const path = shown(virtualPathOf(directory.names));
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  const handle = await open(directory.at(name), flags, 0o660).catch((error: unknown) => {
    throw explainFault(error, path);
  });
  try {
    const size = await writeAll(handle, stream);
    await handle.sync();
    return size;
  } catch (error) {
    await unlink(directory.at(name)).catch(() => undefined);
    throw explainFault(error, path);
  } finally {
    await handle.close();
  }
}

async function writeAll(handle: FileHandle, stream: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.byteLength;
    if (size > maxDocumentBytes) {
      throw new AppError('payload_too_large', `A document may have at most ${maxDocumentBytes / 1024 ** 2} MiB.`);
    }
    for (let written = 0; written < chunk.byteLength;) {
      written += (await handle.write(chunk, written, chunk.byteLength - written)).bytesWritten;
    }
  }
  return size;
}

/** @throws AppError 409 */
function requireFree(found: Awaited<ReturnType<typeof findEntry>>, names: readonly string[], replace: boolean): void {
  if (!found) return;
  const path = shown(virtualPathOf([...names.slice(0, -1), found.name]));
  if (found.stats.isSymbolicLink()) throw isLink(path);
  if (!found.stats.isFile()) throw conflict(`There is a directory ${path} already. Give the document another name.`);
  if (!replace)
    throw new AppError(
      'already_exists',
      `There is ${path} already. Replace it, or give the new document another name.`,
    );
}

/** Removes a staged document that is not to be placed. */
export async function dropStaged(dataRoot: string, staged: StagedDocument): Promise<void> {
  await withDirectory(dataRoot, staged.heldIn, (directory) => unlink(directory.at(staged.heldAs))).catch(
    () => undefined,
  );
}

export interface PlacedDocument {
  /** Below the data root, as it is on disk. */
  names: readonly string[];
  size: number;
  /** Bytes of the document that it took the place of; undefined for a new one. */
  replacedSize: number | undefined;
}

/**
 * Shows a staged document under its name, with the directories on its way. Every step goes to `undo`, and what is to be
 * done once nothing is taken back any more to `settle`. Called while nobody else changes documents.
 * @throws AppError 409
 */
export async function placeDocument(
  dataRoot: string,
  staged: StagedDocument,
  { replace, undo, settle }: { replace: boolean; undo: Undo[]; settle: Undo[] },
): Promise<PlacedDocument> {
  return withDirectory(dataRoot, staged.heldIn, async (directory) => {
    const way = staged.names.slice(staged.heldIn.length, -1);
    return inMade(dataRoot, directory, way, undo, async (target) => {
      const asked = staged.names.at(-1) ?? '';
      const found = await findEntry(target, asked, 'folded');
      requireFree(found, [...target.names, asked], replace);
      const name = found?.name ?? asked;
      const from = directory.at(staged.heldAs);
      if (found) await exchange(dataRoot, target, { from, name, undo, settle });
      else await show(dataRoot, target, { from, name, undo });
      return { names: [...target.names, name], size: staged.size, replacedSize: found?.stats.size };
    });
  });
}

/** Calls `use` with the directory at the end of a way, made where it was missing. */
async function inMade<Value>(
  dataRoot: string,
  directory: HeldDirectory,
  way: readonly string[],
  undo: Undo[],
  use: (target: HeldDirectory) => Promise<Value>,
): Promise<Value> {
  const [name, ...further] = way;
  if (name === undefined) return use(directory);
  const found = (await findEntry(directory, name, 'folded')) ?? (await makeIn(dataRoot, directory, name, undo));
  const next = await enter(directory, found);
  try {
    return await inMade(dataRoot, next, further, undo, use);
  } finally {
    await next.close();
  }
}

/** Makes a directory in another. @throws AppError 409 */
export async function makeIn(dataRoot: string, parent: HeldDirectory, name: string, undo: Undo[]) {
  const path = shown(virtualPathOf([...parent.names, name]));
  await mkdir(parent.at(name), 0o770).catch((error: unknown) => {
    if (codeOf(error) === 'EEXIST') throw changed();
    throw explainFault(error, path);
  });
  undo.push(() => withDirectory(dataRoot, parent.names, (directory) => rmdir(directory.at(name))));
  const made = await findEntry(parent, name, 'spelling');
  if (!made) throw changed();
  return made;
}

interface Step {
  from: string;
  name: string;
  undo: Undo[];
}

/** Under a name that nobody has, whoever else takes it at this moment. */
async function show(dataRoot: string, target: HeldDirectory, { from, name, undo }: Step): Promise<void> {
  try {
    await link(from, target.at(name));
    await unlink(from);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw changed();
    if (!lacksLinks(error)) throw explainFault(error, shown(virtualPathOf(target.names)));
    const reserved = await open(target.at(name), 'wx', 0o660).catch((fault: unknown) => {
      throw codeOf(fault) === 'EEXIST' ? changed() : explainFault(fault, shown(virtualPathOf(target.names)));
    });
    await reserved.close();
    await rename(from, target.at(name));
  }
  undo.push(() => withDirectory(dataRoot, target.names, (directory) => unlink(directory.at(name))));
}

/** In the place of another document, which is kept hidden until nothing is taken back any more. */
async function exchange(
  dataRoot: string,
  target: HeldDirectory,
  { from, name, undo, settle }: Step & { settle: Undo[] },
): Promise<void> {
  const former = ownName();
  const inTarget = (work: (directory: HeldDirectory) => Promise<void>) => () =>
    withDirectory(dataRoot, target.names, work);
  try {
    await link(target.at(name), target.at(former)).catch((error: unknown) => {
      if (!lacksLinks(error)) throw error;
      return rename(target.at(name), target.at(former));
    });
    undo.push(inTarget((directory) => rename(directory.at(former), directory.at(name))));
    await rename(from, target.at(name));
    settle.push(inTarget((directory) => unlink(directory.at(former))));
  } catch (error) {
    throw explainFault(error, shown(virtualPathOf(target.names)));
  }
}

/** File systems such as those of Windows, and some of networks, have no second names for a file. */
const lacksLinks = (error: unknown) =>
  ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(String(codeOf(error)));
