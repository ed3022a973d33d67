import { opendir, realpath } from 'node:fs/promises';
import { OpenFailure, openInside, type Root } from './open-inside.ts';
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

/** The directories directly below the data root, sorted by name. Empty when the root does not exist or cannot be read. */
export async function listDataDirectories(dataRoot: string): Promise<DataDirectory[]> {
  const root = await realpath(dataRoot).catch(() => undefined);
  if (root === undefined) return [];
  const directory = await opendir(root).catch(() => undefined);
  if (!directory) return [];
  const names: string[] = [];
  for await (const entry of directory) {
    if (entry.name.startsWith('.')) continue;
    const isDirectory = entry.isSymbolicLink() ? await leadsToDirectory(dataRoot, entry.name) : entry.isDirectory();
    if (isDirectory) names.push(entry.name);
  }
  return names.sort().map((name) => ({ path: `/data/${name}`, name }));
}

/**
 * Checks what an admin wants to put into `allowed_paths` and returns it normalised: `/data/x//y/` becomes `/data/x/y`.
 * Throws InvalidDataDirectory unless it is an existing, visible directory below `/data/`, at any depth.
 */
export async function requireDataDirectory(dataRoot: string, virtualPath: string): Promise<string> {
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
    await opened.handle.close();
    return root.virtualPath;
  } catch (error) {
    if (error instanceof OpenFailure) throw new InvalidDataDirectory(`${name} is not a directory under /data/.`);
    throw error;
  }
}

async function leadsToDirectory(dataRoot: string, name: string): Promise<boolean> {
  const root = rootFor(dataRoot, [name]);
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
