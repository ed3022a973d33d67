import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findTestProjects } from './test-projects.ts';

const root = join(import.meta.dirname, '..');

test.each([
  [['test/browser/offline.test.ts'], ['browser']],
  [['server/audit'], ['server']],
  [
    ['test/browser/offline.test.ts', 'server/audit/seal.test.ts'],
    ['server', 'browser'],
  ],
  [['test/browser/walk.long.test.ts'], ['browser-long']],
  [['server/db/jobs.long.test.ts'], ['server-long']],
  // Those that take minutes are not begun along with their neighbours.
  [['server/db'], ['server']],
  [['no-such-file'], []],
])('the tests that match %j are run in %j', (filters, projects) => {
  expect(findTestProjects(root, filters)).toEqual(projects);
});
