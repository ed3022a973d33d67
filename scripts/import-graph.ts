import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseSync } from 'oxc-parser';

export interface Import {
  /** The importing file, relative to the root. */
  from: string;
  /** A file relative to the root, or the name of a package. */
  to: string;
  isPackage: boolean;
  /** Types vanish when the code runs. */
  typeOnly: boolean;
  dynamic: boolean;
}

/** Every import and re-export of the TypeScript sources below these directories and in these files. */
export function readImports(root: string, patterns: string[]): Import[] {
  return globSync(patterns, { cwd: root }).flatMap((file) => readFileImports(root, file));
}

function readFileImports(root: string, file: string): Import[] {
  const source = readFileSync(join(root, file), 'utf8');
  const { module } = parseSync(file, source);
  const found: Import[] = [];
  const add = (specifier: string, typeOnly: boolean, dynamic: boolean) => {
    const isPackage = !specifier.startsWith('.');
    const to = isPackage
      ? packageName(specifier)
      : relative(root, join(root, dirname(file), specifier.replace(/\?.*/, '')));
    found.push({ from: file, to, isPackage, typeOnly, dynamic });
  };
  for (const { moduleRequest, entries } of module.staticImports) {
    add(moduleRequest.value, entries.length > 0 && entries.every((entry) => entry.isType), false);
  }
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, isType } of entries) if (moduleRequest) add(moduleRequest.value, isType, false);
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const [, specifier] = /^['"`]([^'"`$]+)['"`]$/.exec(source.slice(moduleRequest.start, moduleRequest.end)) ?? [];
    if (specifier) add(specifier, false, true);
  }
  return found;
}

function packageName(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Files that need one another to be loaded first, as one path per circle. */
export function findCycles(imports: Import[]): string[][] {
  const graph = new Map<string, string[]>();
  for (const { from, to, isPackage, typeOnly, dynamic } of imports) {
    if (!isPackage && !typeOnly && !dynamic) graph.set(from, [...(graph.get(from) ?? []), to]);
  }
  const cycles: string[][] = [];
  const finished = new Set<string>();
  const path: string[] = [];
  const visit = (file: string) => {
    if (finished.has(file)) return;
    if (path.includes(file)) {
      cycles.push([...path.slice(path.indexOf(file)), file]);
      return;
    }
    path.push(file);
    for (const next of graph.get(file) ?? []) visit(next);
    path.pop();
    finished.add(file);
  };
  for (const file of graph.keys()) visit(file);
  return cycles;
}
