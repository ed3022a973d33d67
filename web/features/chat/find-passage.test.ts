import { expect, test } from 'vitest';
import { findPassage } from './find-passage.ts';

const leave = `File: /data/hr/leave.md (lines 1-4 of 4)
# Leave

Employees have 27 days of paid leave per year.
Unused days expire on 31 March.`;

function shown(text: string, answer: string): string | undefined {
  const passage = findPassage(text, answer);
  return passage && text.slice(passage.start, passage.end);
}

test('the longest run of shared words, whatever Markdown, capitals and line breaks stand between', () => {
  expect(shown(leave, 'You ask for holidays. **Employees** have _27 days_ of paid\nleave, says `leave.md`.')).toBe(
    'Employees have 27 days of paid leave',
  );
  expect(shown(leave, 'Note that unused days expire on 31 March!')).toBe('Unused days expire on 31 March');
});

test('a few words in common are no passage', () => {
  expect(shown(leave, 'There are 27 days of holiday.')).toBeUndefined();
  expect(shown(leave, '')).toBeUndefined();
  expect(shown('', 'Employees have 27 days of paid leave')).toBeUndefined();
});

test('letters of every script count', () => {
  expect(shown('Первый абзац. У сотрудников двадцать семь дней отпуска.', 'У сотрудников двадцать семь дней.')).toBe(
    'У сотрудников двадцать семь дней',
  );
});

test('a long text that says the same again and again is no work', () => {
  const text = 'one two three four '.repeat(25_000);
  const startedAt = performance.now();
  expect(findPassage(text, text.slice(0, 40_000))).toBeDefined();
  expect(performance.now() - startedAt).toBeLessThan(3_000);
});
