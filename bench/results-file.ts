import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const path = join(import.meta.dirname, 'results.md');

/** The results of everything; parts of benchmarks that run only by name stay as they are. */
export function writeResults(text: string): void {
  writeFileSync(path, [text.trim(), ...readParts().values()].join('\n\n') + '\n');
}

/** The results of one benchmark that runs only by name, in place of its former ones. */
export function writePart(name: string, text: string): void {
  const parts = readParts().set(name, `## ${name}\n\n${text.trim()}`);
  writeFileSync(path, [readMain(), ...parts.values()].join('\n\n') + '\n');
}

const read = () => (existsSync(path) ? readFileSync(path, 'utf8') : '');
const readMain = () => read().split(/^## /m, 1)[0]?.trim() ?? '';

function readParts(): Map<string, string> {
  const [, ...parts] = read().split(/^(?=## )/m);
  return new Map(parts.map((part) => [part.slice(3, part.indexOf('\n')).trim(), part.trim()]));
}
