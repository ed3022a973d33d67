import { expect, test } from 'vitest';
import { fieldSentence } from './field-sentence.ts';

const labels: Record<string, string> = { allowedTools: 'Werkzeuge', starters: 'einstiege' };
const labelOf = (field: string) => labels[field];
const refusal = (field: string, sentence: string) => ({
  error: `${field}: ${sentence}`,
  details: { fieldErrors: { [field]: [sentence] } },
});

test.each([
  ['allowedTools', 'Werkzeuge: Zu viele.'],
  ['starters.3', 'Einstiege: Zu viele.'],
  ['pluginConfig.allowedTools', 'Werkzeuge: Zu viele.'],
  ['colour', 'Zu viele.'],
])('a refusal names the field %s by its label', (field, sentence) => {
  expect(fieldSentence(refusal(field, 'Too many.'), { [field]: ['Zu viele.'] }, labelOf)).toBe(sentence);
});

test('a refusal that is no field’s is left as it is', () => {
  expect(fieldSentence({ error: 'There is no such agent.' }, {}, labelOf)).toBeUndefined();
  const own = { error: 'This password is wrong.', details: { fieldErrors: { password: ['This password is wrong.'] } } };
  expect(fieldSentence(own, { password: ['Falsch.'] }, labelOf)).toBeUndefined();
});
