import { expect, test } from 'vitest';
import { unwrapMarkdown } from './unwrap-markdown.ts';

test('paragraphs and list items become one line each, and everything else stays', () => {
  const wrapped =
    '# A heading\nright below\nit\n\nOne\ntwo.\n\n- first\n  goes on\n  - inner\n    too\n- second\n\n1. one\n   and on\n2. two\n';
  const whole =
    '# A heading\nright below it\n\nOne two.\n\n- first goes on\n  - inner too\n- second\n\n1. one and on\n2. two\n';
  expect(unwrapMarkdown(wrapped)).toBe(whole);
  expect(unwrapMarkdown(whole)).toBe(whole);
});
