import { expect, test } from 'vitest';
import { findMessageProblems } from './commit-message.ts';

const why = '\n\nBecause it was asked for.';

test.each([
  `feat(cli): say what is well${why}`,
  `fix!: refuse an older database${why}`,
  'docs: name the download',
  'chore(deps): bump vitest from 5.1.1 to 5.1.2',
  `feat(api): PATCH answers with the agent${why}`,
])('%j passes', (message) => {
  expect(findMessageProblems(message)).toEqual([]);
});

test.each([
  ['Say what is well', /is not `type\(scope\): subject`/],
  ['feature(cli): say what is well', /is not/],
  ['feat(CLI): say what is well', /is not/],
  ['feat(cli) say what is well', /is not/],
  [`docs: Name the download`, /capital first/],
  [`docs: name the download.`, /full stop/],
  [`docs: ${'x'.repeat(70)}`, /has 76 characters/],
  ['docs: name the download\nand more', /no empty line/],
  ['feat(cli): say what is well', /no body/],
])('%j does not', (message, problem) => {
  expect(findMessageProblems(message).join('\n')).toMatch(problem);
});
