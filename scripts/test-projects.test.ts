import { readdirSync, readFileSync } from 'node:fs';
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

// A page is drawn in its own time: what a journey expects to see is asked for until it is there.
test('journeys poll what they expect of a page', () => {
  const folder = join(root, 'test/browser');
  const atOnce =
    /expect\(\s*await [^;]*?\.(?:count|textContent|innerText|allTextContents|allInnerTexts|inputValue|getAttribute|isChecked|isDisabled|isEnabled)\((?:'[^']*')?\),?\s*\)\.to\w+\((?!0\))/g;
  const found = readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .flatMap(
      (name) =>
        readFileSync(join(folder, name), 'utf8')
          .match(atOnce)
          ?.map((text) => `${name}: ${text}`) ?? [],
    );
  expect(found).toEqual([]);
});
