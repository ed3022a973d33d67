import { expect, test } from 'vitest';
import { findSlash } from './find-slash.ts';

const at = (text: string, caret = text.length) => findSlash(text, caret);

test('a slash at the beginning of a line looks for all that follows, up to the caret', () => {
  expect(at('/')).toEqual({ query: '', start: 0, end: 1 });
  expect(at('/two words')).toEqual({ query: 'two words', start: 0, end: 10 });
  expect(at('Dear\n/rem and more', 9)).toEqual({ query: 'rem', start: 5, end: 9 });
});

test('behind a space it looks for one word', () => {
  expect(at('Please /rem')).toEqual({ query: 'rem', start: 7, end: 11 });
  expect(at('Please /rem him')).toBeUndefined();
});

test.each(['and/or', '3/4', 'https://example.com', '/data/hr', 'see /data/hr', 'x', '', `/${'x'.repeat(61)}`])(
  '%j looks for nothing',
  (text) => {
    expect(at(text)).toBeUndefined();
  },
);

test('nor does a caret before it', () => {
  expect(at('/rem', 0)).toBeUndefined();
});
