import { expect, test } from 'vitest';
import { findTemplate, smithers } from '../../../../server/features/agents/templates.ts';
import { personalities, personalityNames, recognisePersonality } from './personalities.ts';

test('every preset is recognised as itself, however its lines break', () => {
  for (const name of personalityNames) {
    expect(recognisePersonality(personalities[name])).toEqual({ name, customised: false });
    expect(recognisePersonality(personalities[name].replaceAll('\n', '\r\n'))).toEqual({ name, customised: false });
  }
});

test('a changed preset keeps its name, and a text of one’s own has none', () => {
  expect(recognisePersonality(`${personalities.pilot}\nYou never use metaphors.`)).toEqual({
    name: 'pilot',
    customised: true,
  });
  expect(recognisePersonality('You are a pirate.')).toEqual({ name: undefined, customised: true });
  expect(recognisePersonality('')).toEqual({ name: undefined, customised: true });
});

test('Smithers starts as the butler', () => {
  expect(recognisePersonality(smithers.personality)).toEqual({ name: 'butler', customised: false });
  expect(recognisePersonality(findTemplate('custom')!.personality).customised).toBe(true);
});
