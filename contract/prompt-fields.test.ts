import { expect, test } from 'vitest';
import { fillPrompt, promptFields } from './prompt-fields.ts';

test('fields are named once, in their order, with spaces around a name left out', () => {
  expect(promptFields('Write to {{customer}} of {{ Zahlungsziel in Tagen }}, dear {{customer}}.')).toEqual([
    'customer',
    'Zahlungsziel in Tagen',
  ]);
});

test.each(['no fields', '{customer}', '{{}}', '{{ }}', '{{a\nb}}', `{{${'x'.repeat(41)}}}`, '{{<b>}}'])(
  '%j leaves nothing open',
  (text) => {
    expect(promptFields(text)).toEqual([]);
    expect(fillPrompt(text, { customer: 'Initech' })).toBe(text);
  },
);

test('what is entered stands in every place, and is never taken for a field or a pattern itself', () => {
  const text = '{{customer}} owes {{ amount }}; remind {{customer}}.';
  expect(fillPrompt(text, { customer: '{{amount}} $& $1', amount: '7 €' })).toBe(
    '{{amount}} $& $1 owes 7 €; remind {{amount}} $& $1.',
  );
});

test('a name that every object knows is asked for like any other', () => {
  expect(fillPrompt('{{constructor}}', {})).toBe('{{constructor}}');
  expect(fillPrompt('{{constructor}}', { constructor: 'Ada' } as never)).toBe('Ada');
});
