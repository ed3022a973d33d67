import { describe, expect, test } from 'vitest';
import { de } from './de.ts';
import { en } from './en.ts';
import { localeFor, preferredLanguage } from './language.ts';
import { createTranslate } from './translate.ts';

const english = createTranslate(en, 'en-GB');
const german = createTranslate(de, 'de-AT');

describe('texts', () => {
  test('carry values, and numbers as the locale writes them', () => {
    expect(english('common.requestId', { id: 'r-1' })).toBe('Request r-1');
    expect(english('audit.entries', { count: 12_345 })).toBe('12,345 entries');
    expect(createTranslate(de, 'de-DE')('audit.entries', { count: 12_345 })).toBe('12.345 Einträge');
  });

  test('choose the plural by the count', () => {
    expect(english('audit.entries', { count: 1 })).toBe('One entry');
    expect(german('audit.entries', { count: 1 })).toBe('Ein Eintrag');
    expect(german('audit.entries', { count: 0 })).toBe('0 Einträge');
  });

  test('leave values alone that look like placeholders', () => {
    expect(english('common.requestId', { id: '{{email}}' })).toBe('Request {{email}}');
  });

  test('carry the same values in both languages', () => {
    const differing = [...placeholdersOf(en)].filter(([path, names]) => placeholdersOf(de).get(path) !== names);
    expect(differing).toEqual([]);
  });
});

describe('the language', () => {
  test('is the first of the browser’s that there is', () => {
    expect(preferredLanguage(['fr-CH', 'de-CH', 'en'])).toBe('de');
    expect(preferredLanguage(['ja'])).toBe('en');
  });

  test('keeps the person’s region for dates and numbers', () => {
    expect(localeFor('en', ['de-AT', 'en-GB', 'en'])).toBe('en-GB');
    expect(localeFor('de', ['en-US'])).toBe('de');
    // What some systems call it, and no formatter takes.
    expect(localeFor('en', ['en-US@posix', 'en-GB'])).toBe('en-GB');
  });
});

/** Path of a text → the names of the values in it. */
function placeholdersOf(node: object, path = '', found = new Map<string, string>()): Map<string, string> {
  for (const [key, value] of Object.entries(node) as [string, string | object][]) {
    if (typeof value === 'object') placeholdersOf(value, `${path}${key}.`, found);
    else found.set(`${path}${key}`, [...new Set(value.match(/\{\{\w+/g))].sort().join());
  }
  return found;
}
