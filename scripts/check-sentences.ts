import { join } from 'node:path';
import { findSentences } from './sentences/find-sentences.ts';
import { findSpokenWords } from './sentences/find-spoken-words.ts';
import { findSentenceProblems } from './sentences/sentence-problems.ts';
import * as de from '../contract/sentences/de.ts';
import * as es from '../contract/sentences/es.ts';
import * as fr from '../contract/sentences/fr.ts';

const root = join(import.meta.dirname, '..');
const problems = [...findSentenceProblems(findSentences(root), { de, es, fr }), ...findSpokenWords(root)];
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
