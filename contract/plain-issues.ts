import * as z from 'zod';

type Issue = Parameters<NonNullable<ReturnType<typeof z.config>['customError']>>[0];

const words: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** By what zod calls a format. */
const formats: Record<string, string> = {
  date: 'Give a day such as 2026-01-31.',
  datetime: 'Give a moment such as 2026-01-31T00:00:00Z.',
  email: 'Enter an e-mail address such as ada@example.com.',
  url: 'Enter an address such as https://example.com.',
  uuid: 'This is not an id.',
};

const empty = 'This must not be empty.';
const otherForm = 'This has not the form that is asked for.';

/** Zod's own words, such as “expected string, received undefined”, are for developers; these reach people and models. */
z.config({ customError: describeIssue });

function describeIssue(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type': {
      if (issue.input === undefined) return 'This is missing.';
      const word = words[issue.expected];
      return word === undefined ? otherForm : `This must be ${word}.`;
    }
    case 'too_small':
      return tooSmall(issue);
    case 'too_big':
      return tooBig(issue);
    case 'invalid_format':
      return formats[issue.format] ?? otherForm;
    case 'invalid_value':
      return oneOf(issue.values.map(String));
    case 'not_multiple_of':
      return `This must be a multiple of ${issue.divisor}.`;
    case 'unrecognized_keys': {
      const names = issue.keys.join(', ');
      return `This is not known here: ${names}.`;
    }
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
      return otherForm;
    default:
      return 'This value is not valid.';
  }
}

function tooSmall({ origin, minimum: least, inclusive = true }: Issue & { code: 'too_small' }): string {
  const minimum = least.toLocaleString('en');
  if (origin === 'string') return least === 1 ? empty : `At least ${minimum} characters.`;
  if (origin === 'array' || origin === 'set') return least === 1 ? empty : `At least ${minimum} entries.`;
  return inclusive ? `At least ${minimum}.` : `More than ${minimum}.`;
}

function tooBig({ origin, maximum: most, inclusive = true }: Issue & { code: 'too_big' }): string {
  const maximum = most.toLocaleString('en');
  if (origin === 'string') return `At most ${maximum} characters.`;
  if (origin === 'array' || origin === 'set') return `At most ${maximum} entries.`;
  return inclusive ? `At most ${maximum}.` : `Less than ${maximum}.`;
}

function oneOf(values: string[]): string {
  const [word] = values;
  if (values.length === 1) return `This must be ${word}.`;
  const choices = values.join(', ');
  return `Choose one of these: ${choices}.`;
}
