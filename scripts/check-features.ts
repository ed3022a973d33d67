import { join } from 'node:path';
import { findFeatureProblems } from './feature-problems.ts';

const problems = findFeatureProblems(join(import.meta.dirname, '..'));
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
