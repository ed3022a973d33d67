import { describe, expect, test } from 'vitest';
import { namesBelowData, relativeNames, requireDirectoryName } from './document-name.ts';

describe('the names of a document in a form', () => {
  test.each([
    ['plan.md', ['plan.md']],
    ['2026/Q1/plan.md', ['2026', 'Q1', 'plan.md']],
    ['C:\\Users\\ada\\plan.md', ['plan.md']],
    ['2026//plan.md', undefined],
    ['Übersicht.md'.normalize('NFD'), ['Übersicht.md'.normalize('NFC')]],
    ['invoice\u202Etxt.exe', ['invoicetxt.exe']],
    ['a\r\nX-Evil: 1.txt', ['aX-Evil_ 1.txt']],
    ['.htaccess', ['htaccess']],
    ['.git/config', ['git', 'config']],
    ['...', ['document']],
    [`${'ü'.repeat(300)}.pdf`, [`${'ü'.repeat(118)}.pdf`]],
    ['\ud800.txt', ['\ufffd.txt']],
    ['../plan.md', undefined],
    ['2026/../../plan.md', undefined],
    ['2026/ .. /plan.md', undefined],
    ['./plan.md', undefined],
    ['/etc/passwd', undefined],
    ['..', undefined],
    [`${'a/'.repeat(20)}plan.md`, undefined],
  ])('%j', (filename, names) => {
    if (names) expect(relativeNames(filename)).toEqual(names);
    else expect(() => relativeNames(filename)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  });
});

test.each([
  ['/data', []],
  ['/data/', []],
  ['/data/hr//2026/./', ['hr', '2026']],
  ['/data/hr/../finance', undefined],
  ['/data/..', undefined],
  ['/database', undefined],
  ['/etc/passwd', undefined],
  ['data/hr', undefined],
  ['', undefined],
  ['/data/.hidden/x', undefined],
  ['/data/hr\0', undefined],
])('the names of a path: %j', (path, names) => {
  if (names) expect(namesBelowData(path, 'path')).toEqual(names);
  else expect(() => namesBelowData(path, 'path')).toThrow(expect.objectContaining({ code: 'invalid_request' }));
});

test('a directory is made under the name that was asked for, or not at all', () => {
  expect(requireDirectoryName('Verträge 2026')).toBe('Verträge 2026');
  for (const name of ['a:b', ' padded', 'ends.', 'tab\there', 'turned\u202Earound', 'x'.repeat(300)])
    expect(() => requireDirectoryName(name), name).toThrow(expect.objectContaining({ code: 'invalid_request' }));
});
