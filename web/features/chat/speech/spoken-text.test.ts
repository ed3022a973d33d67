import { expect, test } from 'vitest';
import { piecesOf, spokenText } from './spoken-text.ts';

test('marks, code, addresses and citations are not read aloud', () => {
  const markdown = [
    '## Leave',
    '',
    'You have **27 days** [1], see [the policy](https://example.com/p) [2, 3].',
    '- one `item`',
    '```js',
    'alert(1)',
    '```',
    '| a | b |',
    '| --- | --- |',
    '| 1 | 2 |',
  ].join('\n');
  const spoken = spokenText(markdown);
  expect(spoken).toContain('You have 27 days , see the policy .');
  expect(spoken).not.toMatch(/[#*`[\]|]|https|alert|---/);
  expect(spoken).toContain('Leave');
  expect(spoken).toContain('one item');
});

test('is cut into sentences, and long ones between words', () => {
  const long = 'word '.repeat(100).trim();
  const pieces = piecesOf(`First. Second! ${long}. …`, 'en');
  expect(pieces.slice(0, 2)).toEqual(['First.', 'Second!']);
  expect(pieces.every((piece) => piece.length <= 200)).toBe(true);
  expect(pieces.join(' ')).toContain(long);
});
