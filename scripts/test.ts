import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runChecks } from './check.ts';
import { findTestProjects } from './test-projects.ts';

// Everything that must be true of a commit: the checks, then the tests of the server, then those in a browser against
// the built product. With arguments only the tests that match, in whichever of the two they are, or else in those that
// take minutes: `npm test -- server/audit`, `npm test -- test/browser/offline.test.ts`.

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
  // As in test:long: some tests are longer where they are asked for.
  const isLong = args.some((argument) => argument.endsWith('-long'));
  const env = isLong ? { LONG_RUN: '1', ...process.env } : process.env;
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env });
  return new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)));
}

async function testEverything(): Promise<Counts[]> {
  return [await runChecks(), await runVitest('server'), await runVitest('browser')];
}

async function testMatching(): Promise<Counts[]> {
  const projects = findTestProjects(root, filters);
  if (projects.length === 0) console.error(`No test file matches ${filters.join(' ')}.`);
  const results: Counts[] = projects.length === 0 ? [{ passed: 0, failed: 1 }] : [];
  for (const project of projects) results.push(await runVitest(project));
  return results;
}

const results = filters.length > 0 ? await testMatching() : await testEverything();
const passed = results.reduce((sum, counts) => sum + counts.passed, 0);
const failed = results.reduce((sum, counts) => sum + counts.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
