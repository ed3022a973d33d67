import * as z from 'zod';

const words: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** Zod's own words, such as “expected string, received undefined”, are for developers; these reach people and models. */
z.config({
  customError: ({ code, expected, input }) => {
    if (code !== 'invalid_type') return undefined;
    if (input === undefined) return 'This is missing.';
    const word = typeof expected === 'string' ? words[expected] : undefined;
    return word && `This must be ${word}.`;
  },
});
