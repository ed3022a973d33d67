import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The entry of a worker thread or process beside the file that starts it: its source in development and tests, else its own bundle beside
 * or above the server's bundle.
 * @param from `import.meta.url` of the file that starts it
 * @param name such as `extract-worker`
 */
export function workerFile(from: string, name: string): string {
  const candidates = [`./${name}.ts`, `./${name}.js`, `../${name}.js`];
  const files = candidates.map((candidate) => fileURLToPath(new URL(candidate, from)));
  const file = files.find((candidate) => existsSync(candidate));
  if (file === undefined) throw new Error(`A worker's file (${name}.js) is missing from the build.`);
  return file;
}
