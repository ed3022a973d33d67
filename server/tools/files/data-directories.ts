import { opendir, realpath } from 'node:fs/promises';
import { type Opened, OpenFailure, openInside, type Root } from './open-inside.ts';
import { maxPathLength, shown, splitPath } from './virtual-path.ts';

export interface DataDirectory {
  /** Virtual, such as `/data/hr-policies`. */
  path: string;
  name: string;
}

/** Thrown for a path that cannot be granted to an agent; the message is for the admin who asked. */
export class InvalidDataDirectory extends Error {
  override name = 'InvalidDataDirectory';
}

/** Directories of one listing. */
const maxListed = 1_000;

/** As people count: 2 before 10. */
const byName = new Intl.Collator('en', { numeric: true });

/** The directories directly below the data root, sorted by name. Empty when the root does not exist or cannot be read. */
export async function listDataDirectories(dataRoot: string): Promise<DataDirectory[]> {
  const root = await realpath(dataRoot).catch(() => undefined);
  return root === undefined ? [] : listDirectoriesIn(dataRoot, { directory: root, below: [] });
}

/** Those directly below one that could be granted itself. Throws InvalidDataDirectory like `requireDataDirectory`. */
export async function listSubdirectories(dataRoot: string, virtualPath: string): Promise<DataDirectory[]> {
  return withDataDirectory(dataRoot, virtualPath, (opened, root) =>
    listDirectoriesIn(dataRoot, { directory: opened.accessPath, below: root.below }),
  );
}

async function listDirectoriesIn(
  dataRoot: string,
  { directory, below }: { directory: string; below: string[] },
): Promise<DataDirectory[]> {
  const opened = await opendir(directory).catch(() => undefined);
  if (!opened) return [];
  const names: string[] = [];
  for await (const entry of opened) {
    if (entry.name.startsWith('.')) continue;
    const isDirectory = entry.isSymbolicLink()
      ? await leadsToDirectory(dataRoot, [...below, entry.name])
      : entry.isDirectory();
    if (isDirectory) names.push(entry.name);
    if (names.length >= maxListed) break;
  }
  return names.sort(byName.compare).map((name) => ({ path: ['/data', ...below, name].join('/'), name }));
}

/**
 * Checks what an admin wants to put into `allowed_paths` and returns it normalised: `/data/x//y/` becomes `/data/x/y`.
 * Throws InvalidDataDirectory unless it is an existing, visible directory below `/data/`, at any depth.
 */
export const requireDataDirectory = (dataRoot: string, virtualPath: string): Promise<string> =>
  withDataDirectory(dataRoot, virtualPath, async (_opened, root) => root.virtualPath);

async function withDataDirectory<Value>(
  dataRoot: string,
  virtualPath: string,
  use: (opened: Opened, root: Root) => Promise<Value>,
): Promise<Value> {
  const name = shown(virtualPath);
  if (virtualPath.includes('\0') || virtualPath.length > maxPathLength) {
    throw new InvalidDataDirectory('This cannot be a path.');
  }
  const [first, ...below] = splitPath(virtualPath);
  if (!virtualPath.startsWith('/data/') || first !== 'data' || below.length === 0) {
    throw new InvalidDataDirectory(`${name} is not a directory under /data/.`);
  }
  if (below.some((part) => part.startsWith('.'))) throw new InvalidDataDirectory(`${name} is hidden.`);
  const root = rootFor(dataRoot, below);
  try {
    const opened = await openInside({ root, roots: [root], segments: [], kind: 'directory' });
    return await use(opened, root).finally(() => opened.handle.close());
  } catch (error) {
    if (error instanceof OpenFailure) throw new InvalidDataDirectory(`${name} is not a directory under /data/.`);
    throw error;
  }
}

async function leadsToDirectory(dataRoot: string, below: string[]): Promise<boolean> {
  const root = rootFor(dataRoot, below);
  try {
    const opened = await openInside({ root, roots: [root], segments: [], kind: 'directory' });
    await opened.handle.close();
    return true;
  } catch {
    return false;
  }
}

function rootFor(dataRoot: string, below: string[]): Root {
  return { virtualPath: `/data/${below.join('/')}`, anchor: dataRoot, below, linksTo: 'data' };
}
