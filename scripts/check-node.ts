import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findBehind, type PinnedNode } from './pinned-node.ts';

// Says which of the pinned packages with Node.js is behind the newest of its line, and ends with 1 if one is: security
// releases come in there. Asks the package registry, so it is no part of `npm test`.

const root = join(import.meta.dirname, '..');
const run = promisify(execFile);
const { optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  optionalDependencies: Record<string, string>;
};

const pinned: PinnedNode[] = [];
for (const [name, version] of Object.entries(optionalDependencies)) {
  if (!name.startsWith('node-')) continue;
  const { stdout } = await run('npm', ['view', name, 'versions', '--json'], { cwd: root });
  pinned.push({ name, version, published: JSON.parse(stdout) as string[] });
}
const problems = findBehind(pinned);
for (const problem of problems) console.error(problem);
if (problems.length === 0) console.log(pinned.map(({ name, version }) => `${name} ${version} is current`).join('\n'));
process.exitCode = problems.length > 0 ? 1 : 0;
