import { expect, test } from 'vitest';
import { isNewer, readRelease } from './releases.ts';

test.each([
  ['0.2.0', '0.1.0', true],
  ['0.1.10', '0.1.9', true],
  ['1.0.0', '0.9.9', true],
  ['0.1.0', '0.1.0', false],
  ['0.1.0', '0.2.0', false],
  ['0.1.0', '0.1.0-rc.1', true],
  ['0.1.0', '0.1.1-rc.1', false],
])('%s is newer than %s: %s', (version, running, newer) => {
  expect(isNewer(version, running)).toBe(newer);
});

test.each([
  [
    { version: '0.2.0', url: 'https://example.com/0.2.0' },
    { version: '0.2.0', url: 'https://example.com/0.2.0' },
  ],
  [
    { tag_name: 'v0.2.0', html_url: 'https://example.com/r' },
    { version: '0.2.0', url: 'https://example.com/r' },
  ],
  [
    { version: '0.2.0', url: 'javascript:alert(1)' },
    { version: '0.2.0', url: null },
  ],
  [{ version: '0.2.0-rc.1' }, null],
  [{ version: '<b>9</b>' }, null],
  [[], null],
  ['0.2.0', null],
])('a feed that says %j names %j', (feed, release) => {
  expect(readRelease(feed)).toEqual(release);
});
