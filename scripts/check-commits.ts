import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { findMessageProblems } from './commit-message.ts';

// Holds the messages of a range of commits to Conventional Commits: `node scripts/check-commits.ts origin/main..HEAD`.
// Runs before any package is installed.

const root = join(import.meta.dirname, '..');
const range = process.argv[2] ?? 'HEAD~1..HEAD';
const separator = '\u001E';
const log = execFileSync('git', ['log', '--no-merges', `--format=%B${separator}`, range], {
  cwd: root,
  encoding: 'utf8',
});
const messages = log.split(separator).map((message) => message.trim());
const problems = messages.filter((message) => message !== '').flatMap(findMessageProblems);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
