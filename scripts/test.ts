import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runChecks } from './check.ts';

// Everything that must be true of a commit: the checks, then the tests of the server, then those in a browser against
// the built product. With arguments only the server tests that match: `npm test -- server/audit`.

interface Counts {
  passed: number;
  failed: number;
}

const root = join(import.meta.dirname, '..');
const filters = process.argv.slice(2);

async function runVitest(project: string): Promise<Counts> {
  const report = join(root, '.cache', `test-report-${project}-${process.pid}.json`);
  await mkdir(join(root, '.cache'), { recursive: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await run(
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--project',
    project,
    ...reporters,
    ...filters,
  );
  try {
    const counts = await readCounts(report);
    // A file that cannot be loaded, or an error outside any test, fails no test but the run.
    return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
  } catch {
    return { passed: 0, failed: 1 };
  } finally {
    await rm(report, { force: true });
  }
}

async function readCounts(report: string): Promise<Counts> {
  const { numPassedTests, numFailedTests } = JSON.parse(await readFile(report, 'utf8')) as Record<string, number>;
  return { passed: numPassedTests ?? 0, failed: numFailedTests ?? 0 };
}

function run(...args: string[]): Promise<number> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  return new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)));
}

async function testEverything(): Promise<Counts[]> {
  return [await runChecks(), await runVitest('server'), await runVitest('browser')];
}

const results = filters.length > 0 ? [await runVitest('server')] : await testEverything();
const passed = results.reduce((sum, counts) => sum + counts.passed, 0);
const failed = results.reduce((sum, counts) => sum + counts.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
