import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readImports } from './import-graph.ts';

// What a process loads before anybody asks it for anything is memory that it takes for ever.

const imports = readImports(join(import.meta.dirname, '..'), ['server/**/*.ts', 'contract/**/*.ts']);

/** The packages that are loaded with a file, and by which way. */
function loadedWith(start: string): Map<string, string[]> {
  const ways = new Map([[start, [start]]]);
  const packages = new Map<string, string[]>();
  for (const [file, way] of ways) {
    for (const { from, to, isPackage, typeOnly, dynamic } of imports) {
      if (from !== file || typeOnly || dynamic) continue;
      const known = isPackage ? packages : ways;
      if (!known.has(to)) known.set(to, [...way, to]);
    }
  }
  return packages;
}

const needless = [
  '@ai-sdk/anthropic',
  '@ai-sdk/google',
  '@ai-sdk/openai',
  '@ai-sdk/provider-utils',
  '@e965/xlsx',
  '@openclaw/gateway-client',
  '@pydantic/genai-prices',
  'ai',
  'mdast-util-from-markdown',
  'pdfjs-dist',
  'undici',
];

test('a start loads nothing that only answers, documents or what is fetched have use for', () => {
  const packages = loadedWith('server/main.ts');
  // The test itself sees what is loaded.
  expect(packages.has('fastify') && packages.has('drizzle-orm')).toBe(true);
  expect(needless.flatMap((name) => packages.get(name)?.join(' → ') ?? [])).toEqual([]);
});
