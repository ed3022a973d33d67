import { expect, test } from 'vitest';
import { missingBelow, withDirectory } from './directory-paths.ts';

test('a directory that is chosen takes the place of those in it, and of no others', () => {
  const granted = ['/data/hr/2026', '/data/hr/2026/q1', '/data/hr-other', '/data/sales'];
  expect(withDirectory(granted, '/data/hr')).toEqual(['/data/hr-other', '/data/sales', '/data/hr']);
  expect(withDirectory(['/data/hr'], '/data/hr')).toEqual(['/data/hr']);
});

test('what is granted and not there any more is named once, where it should be', () => {
  const granted = ['/data/hr', '/data/gone', '/data/hr/2025', '/data/hr/2026/q1', '/data/old/deep'];
  expect(missingBelow(granted, '/data', ['/data/hr'])).toEqual(['/data/gone', '/data/old/deep']);
  expect(missingBelow(granted, '/data/hr', ['/data/hr/2026'])).toEqual(['/data/hr/2025']);
});
