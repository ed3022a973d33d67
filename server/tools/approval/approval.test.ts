import { expect, test } from 'vitest';
import { asksFirst } from './ask-first.ts';
import { storableInput } from './storable-input.ts';

test('powerful tools ask first unless the admin chose; then exactly the chosen ones do', () => {
  const safe = { id: 'reader', category: 'safe' } as const;
  const powerful = { id: 'writer', category: 'powerful' } as const;
  expect([asksFirst(safe, {}), asksFirst(powerful, {})]).toEqual([false, true]);
  expect([asksFirst(safe, { ask_first: ['reader'] }), asksFirst(powerful, { ask_first: ['reader'] })]).toEqual([
    true,
    false,
  ]);
  expect(asksFirst(powerful, { ask_first: [] })).toBe(false);
});

test('an input is stored without what the database refuses, and without members that have no value', () => {
  const input = { text: 'a\0b\ud800', list: [1, 'c\0'], 'ke\0y': { more: null, none: undefined } };
  expect(storableInput(input)).toStrictEqual({ text: 'ab\ufffd', list: [1, 'c'], key: { more: null } });
});
