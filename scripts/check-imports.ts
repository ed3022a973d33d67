import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findCycles, readImports } from './import-graph.ts';
import type { Import } from './import-graph.ts';

// Imports point from the outer layers to the inner ones only, and never in a circle. (dependency-cruiser would be the
// tool for this, but it reads TypeScript through the compiler's JavaScript interface, which TypeScript 7 has not.)

const root = join(import.meta.dirname, '..');
const isTest = (file: string) => /\.test\.tsx?$|\.bench\.ts$/.test(file);
const isTooling = (file: string) => /^(test|bench|scripts)\//.test(file) || isTest(file);

/** From the inside out. A file belongs to the first pattern that matches; a layer may import itself and those before. */
const layers: RegExp[][] = [
  [/^contract\//],
  [/^server\/(db|platform)\//, /^server\/config\.ts$/],
  [/^server\/audit\//],
  [/^server\/http\//],
  [/^server\/(runtime|tools|providers|knowledge)\//],
  [/^server\/(features|chat|channels)\//],
  [/^server\/(services|wire-\w+|limiters|build-server)\.ts$/],
  [/^server\//],
];
const layerOf = (file: string) => layers.findIndex((patterns) => patterns.some((pattern) => pattern.test(file)));
/** The rooms of the chat: each may import those before it. */
const rooms = ['conversations', 'runs', 'replicas', 'sockets'];
const roomOf = (file: string) => rooms.indexOf(/^server\/chat\/([^/]+)\//.exec(file)?.[1] ?? '');
const featureOf = (file: string) => /^server\/features\/([^/]+)\//.exec(file)?.[1];

interface Rule {
  name: string;
  breaks(edge: Import): boolean;
}

const rules: Rule[] = [
  { name: 'the imported file exists', breaks: ({ to, isPackage }) => !isPackage && !existsSync(join(root, to)) },
  {
    name: 'contract imports only zod and itself',
    breaks: ({ from, to, isPackage }) =>
      from.startsWith('contract/') && !isTest(from) && (isPackage ? to !== 'zod' : !to.startsWith('contract/')),
  },
  {
    name: 'web imports only web and contract',
    breaks: ({ from, to, isPackage }) =>
      from.startsWith('web/') && !isTest(from) && (isPackage ? to.startsWith('node:') : !/^(web|contract)\//.test(to)),
  },
  {
    name: 'server imports only server and contract',
    breaks: ({ from, to, isPackage }) =>
      from.startsWith('server/') && !isTest(from) && !isPackage && !/^(server|contract)\/|\.json$/.test(to),
  },
  {
    name: 'the testkit, doubles of the outside world, does not know the server',
    breaks: ({ from, to, isPackage }) => from.startsWith('testkit/') && !isPackage && /^(server|web|test)\//.test(to),
  },
  {
    name: 'the product does not import tests and tools',
    breaks: ({ from, to, isPackage }) => !isTooling(from) && !isPackage && (isTooling(to) || isTest(to)),
  },
  {
    name: 'layers import inwards',
    breaks: ({ from, to, isPackage }) =>
      from.startsWith('server/') && !isTest(from) && !isPackage && layerOf(to) > layerOf(from),
  },
  {
    name: `the rooms of server/chat import inwards: ${rooms.join(' ← ')}`,
    breaks: ({ from, to, isPackage }) =>
      !isPackage && !isTest(from) && roomOf(from) >= 0 && (roomOf(to) > roomOf(from) || to === 'server/chat/chat.ts'),
  },
  {
    name: "features reach one another through services, never through another's queries",
    breaks: ({ from, to, isPackage }) =>
      !isPackage &&
      !isTest(from) &&
      to.endsWith('.queries.ts') &&
      featureOf(from) !== undefined &&
      featureOf(from) !== featureOf(to),
  },
];

const imports = readImports(root, ['{contract,server,web,testkit,test,bench,scripts,openclaw-plugin}/**/*.{ts,tsx}']);
const problems = [
  ...imports.flatMap((edge) =>
    rules.filter((rule) => rule.breaks(edge)).map((rule) => `${edge.from} imports ${edge.to}: ${rule.name}`),
  ),
  ...findCycles(imports).map((cycle) => `a circle: ${cycle.join(' → ')}`),
];
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
