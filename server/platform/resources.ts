import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

let root: string | undefined;

/**
 * The absolute path of a file or directory that ships with Pinchy, such as `resourcePath('server/db/migrations')` or
 * `resourcePath('dist', 'web')`. Found from the sources and from the bundle in dist/server alike.
 */
export function resourcePath(...segments: string[]): string {
  root ??= findRoot(import.meta.dirname);
  return join(root, ...segments);
}

function findRoot(start: string): string {
  let directory = start;
  while (!existsSync(join(directory, 'package.json'))) {
    const parent = dirname(directory);
    if (parent === directory) throw new Error(`Pinchy's own files are not around ${start}.`);
    directory = parent;
  }
  return directory;
}
