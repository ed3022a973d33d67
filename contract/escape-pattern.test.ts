import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapePattern } from './escape-pattern.ts';

test.each(['', 'u'])('any text fits its own pattern (flags "%s")', (flags) => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.constantFrom(...String.raw`!"#$%&'()*+,-./:;<=>?@[\]^_{|}~`, 'part-time')),
      (text) => {
        const pattern = new RegExp(`^${escapePattern(text)}$`, flags);
        expect(pattern.test(text)).toBe(true);
        expect(pattern.test(`${text}x`)).toBe(false);
      },
    ),
    { numRuns: 500 },
  );
});
