import { join } from 'node:path';
import { findDocumentProblems } from './document-problems.ts';

// What documents promise about themselves: decisions have a date and a status, links lead somewhere, what newcomers read
// first is short.

const problems = findDocumentProblems(join(import.meta.dirname, '..'));
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
