import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { runChecks } from './check.ts';
import { findTestProjects } from './test-projects.ts';

// Everything that must be true of a commit: the checks, then the tests of the server, then those in a browser against
// the built product. With arguments only the tests that match, in whichever of the two they are, or else in those that
// take minutes: `npm test -- server/audit`, `npm test -- test/browser/offline.test.ts`.

interface Counts {
  passed: number;
  failed: number;
  /** What failed, said once more at the end: whoever reads only the last lines of a run learns what it was. */
  failures?: string[];
}

/** What is read of Vitest's JSON report. */
interface Report {
  numPassedTests: number;
  numFailedTests: number;
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
  }[];
}

const shownLinesOfFailure = 12;

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
    if (code === 0 || counts.failed > 0) return counts;
    const { failures = [] } = counts;
    return {
      ...counts,
      failed: 1,
      failures: failures.length > 0 ? failures : [`${project}: an error outside any test`],
    };
  } catch {
    return { passed: 0, failed: 1, failures: [`${project}: the run ended without a report`] };
  } finally {
    await rm(report, { force: true });
  }
}

async function readCounts(path: string): Promise<Counts> {
  const report = JSON.parse(await readFile(path, 'utf8')) as Report;
  return { passed: report.numPassedTests, failed: report.numFailedTests, failures: describeFailures(report) };
}

function describeFailures(report: Report): string[] {
  return report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0) return status === 'failed' ? [`${file}\n${shorten(message)}`] : [];
    return failed.map((test) => `${file}: ${test.fullName}\n${shorten(test.failureMessages.join('\n'))}`);
  });
}

function shorten(message: string): string {
  const lines = message.split('\n').filter((line) => !line.includes('node_modules'));
  return lines
    .slice(0, shownLinesOfFailure)
    .map((line) => `    ${line}`)
    .join('\n');
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
for (const failure of results.flatMap(({ failures = [] }) => failures)) console.log(`FAILED ${failure}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
