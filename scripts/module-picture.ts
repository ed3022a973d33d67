import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Import, readImports } from './import-graph.ts';

// Draws which modules of the product import which into docs/architecture.md; with --check it only compares.

const root = join(import.meta.dirname, '..');
const file = join(root, 'docs/architecture.md');
const [begin, end] = ['<!-- modules: npm run modules -->', '<!-- end of modules -->'];

/** `server/chat/runs/x.ts` belongs to `server/chat`; files at the top of the server start and wire it, but for its settings. */
function moduleOf(path: string): string {
  const [top = '', second = ''] = path.split('/');
  if (top !== 'server') return top;
  if (second === 'config.ts') return 'server/platform';
  return second.endsWith('.ts') ? 'server' : `server/${second}`;
}

const isProduct = ({ from, to, isPackage }: Import) =>
  !isPackage && !/\.test\.tsx?$/.test(from) && !to.endsWith('.json') && moduleOf(from) !== moduleOf(to);

/** Without what follows from the others: whoever imports the database's importer may import the database. */
function withoutShortcuts(edges: Map<string, Set<string>>): [from: string, to: string][] {
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
    [...(edges.get(from) ?? [])].some((next) => {
      if (next === to) return true;
      if (seen.has(next)) return false;
      return reaches(next, to, seen.add(next));
    });
  const isBelow = (upper: string, lower: string) => reaches(upper, lower) && !reaches(lower, upper);
  return [...edges].flatMap(([from, targets]) =>
    [...targets]
      .filter((to) => ![...targets].some((other) => isBelow(other, to)))
      .map((to): [string, string] => [from, to]),
  );
}

function draw(): string {
  const edges = new Map<string, Set<string>>();
  for (const edge of readImports(root, ['{contract,server,web,openclaw-plugin}/**/*.{ts,tsx}']).filter(isProduct)) {
    const [from, to] = [moduleOf(edge.from), moduleOf(edge.to)];
    edges.set(from, (edges.get(from) ?? new Set()).add(to));
  }
  const lines = withoutShortcuts(edges).map(([from, to]) => `  ${from} --> ${to}`);
  return ['```mermaid', 'flowchart TD', ...lines.toSorted(), '```'].join('\n');
}

const text = readFileSync(file, 'utf8');
const [before, rest] = text.split(begin);
const after = rest?.split(end)[1];
if (before === undefined || after === undefined) throw new Error(`${file} has no place for the picture: ${begin}`);
const drawn = `${before}${begin}\n\n${draw()}\n\n${end}${after}`;
if (!process.argv.includes('--check')) writeFileSync(file, drawn);
else if (drawn !== text) {
  console.error('The picture of the modules in docs/architecture.md is out of date. Run: npm run modules');
  process.exitCode = 1;
}
