import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findNameProblems } from './name-problems.ts';

async function problemsOf(file: string, content: string): Promise<string[]> {
  const root = await mkdtemp(join(tmpdir(), 'pinchy-names-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  await mkdir(dirname(join(root, file)), { recursive: true });
  await writeFile(join(root, file), content);
  return findNameProblems(root);
}

test.each(['mostRows', 'longestWaitMs', 'largestFile', 'maximumRows', 'shortestPauseMs', 'smallestBytes'])(
  'a bound called %s is found with its line',
  async (name) => {
    const problems = await problemsOf('server/rows.ts', `// Rows.\nconst ${name} = 3;\n`);
    expect(problems).toEqual([`server/rows.ts:2 says ${name}: bounds are called max… or min…`]);
  },
);

test.each(['const maxRows = 3;', 'format({ maximumFractionDigits: 2 });', '// most Rows, almostEverything, maximum'])(
  '%s passes',
  async (line) => {
    expect(await problemsOf('web/rows.tsx', line)).toEqual([]);
  },
);
