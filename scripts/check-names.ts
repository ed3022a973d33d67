import { join } from 'node:path';
import { findNameProblems } from './name-problems.ts';

const problems = findNameProblems(join(import.meta.dirname, '..'));
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
