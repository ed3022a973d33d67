import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { StartError } from './errors.ts';

/**
 * Agents read below DATA_ROOT, so nothing that PINCHY_HOME holds may lie there, nor the other way round: keys, the
 * database, what people uploaded. Links are followed, and a directory is known by its number, so that a mount of it
 * elsewhere, or another spelling where case does not count, is the same one.
 * @throws StartError
 */
export function requireSeparate(home: string, dataRoot: string): void {
  const kept = [home, ...entriesOf(home), ...entriesOf(join(home, 'secrets'))].map(realPathOf);
  const readable = [dataRoot, ...entriesOf(dataRoot).filter((entry) => !lstatSync(entry).isSymbolicLink())].map(
    realPathOf,
  );
  if (kept.some((path) => isWithin(path, readable)) || isWithin(realPathOf(dataRoot), kept)) {
    throw new StartError(
      `PINCHY_HOME (${home}) and DATA_ROOT (${dataRoot}) lie within each other, directly or through a link or mount: agents could read the keys and the database. Set them to directories apart from each other.`,
    );
  }
}

function entriesOf(directory: string): string[] {
  try {
    return readdirSync(directory).map((name) => join(directory, name));
  } catch {
    return [];
  }
}

/** Also of what is not there yet: it will be made below the nearest directory that is. */
function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realPathOf(parent), basename(path));
  }
}

/** Whether a path is one of these directories or lies in one. */
function isWithin(path: string, directories: string[]): boolean {
  const known = new Set(directories.flatMap((directory) => [directory, ...numberOf(directory)]));
  for (let at = path; ; at = dirname(at)) {
    if (known.has(at) || numberOf(at).some((number) => known.has(number))) return true;
    if (dirname(at) === at) return false;
  }
}

function numberOf(path: string): string[] {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found?.isDirectory() ? [`${found.dev}:${found.ino}`] : [];
}
