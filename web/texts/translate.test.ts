import { describe, expect, test } from 'vitest';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
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

  test.each(Object.entries({ de, es, fr }))('carry the same values in %s as in English', (_language, texts) => {
    const [expected, theirs] = [placeholdersOf(en), placeholdersOf(texts)];
    // A language that counts nothing among the one, as French does, names the number there too.
    const same = (path: string, names: string, other = '') =>
      names === other || (path.endsWith('_one') && names === without(other, '{{count'));
    const differing = [...expected].filter(([path, names]) => !same(path, names, theirs.get(path)));
    expect(differing).toEqual([]);
    expect([...theirs.keys()].filter((path) => !expected.has(path))).toEqual([]);
  });

  test('count as each language does', () => {
    const french = createTranslate(fr, 'fr-FR');
    expect(french('audit.entries', { count: 0 })).toBe('0 entrée');
    expect(french('audit.entries', { count: 1 })).toBe('1 entrée');
    // Of a million on there is a plural of its own.
    expect(french('audit.entries', { count: 2_000_000 })).toMatch(/^2\s000\s000 entrées$/);
    expect(createTranslate(es, 'es-ES')('audit.entries', { count: 1_000_000 })).toBe('1.000.000 entradas');
  });

  test('have the spaces that French puts before its signs, which no line breaks at', () => {
    const texts = [...textsOf(fr)].filter(([, text]) => / [?!;:»]|« |[^\s\u00a0\u202f][?!](\s|$)/.test(text));
    expect(texts).toEqual([]);
  });
});

describe('the language', () => {
  test('is the first of the browser’s that there is', () => {
    expect(preferredLanguage(['it-CH', 'de-CH', 'en'])).toBe('de');
    expect(preferredLanguage(['fr-CH', 'de-CH', 'en'])).toBe('fr');
    expect(preferredLanguage(['es-MX'])).toBe('es');
    expect(preferredLanguage(['ja'])).toBe('en');
  });

  test('keeps the person’s region for dates and numbers', () => {
    expect(localeFor('en', ['de-AT', 'en-GB', 'en'])).toBe('en-GB');
    expect(localeFor('de', ['en-US'])).toBe('de');
    // What some systems call it, and no formatter takes.
    expect(localeFor('en', ['en-US@posix', 'en-GB'])).toBe('en-GB');
  });
});

const without = (names: string, name: string) =>
  names
    .split(',')
    .filter((each) => each !== name)
    .join();

/** Path of a text → the names of the values in it. */
const placeholdersOf = (texts: object): Map<string, string> =>
  new Map([...textsOf(texts)].map(([path, text]) => [path, [...new Set(text.match(/\{\{\w+/g))].sort().join()]));

function* textsOf(node: object, path = ''): Generator<[string, string]> {
  for (const [key, value] of Object.entries(node) as [string, string | object][]) {
    if (typeof value === 'object') yield* textsOf(value, `${path}${key}.`);
    else yield [`${path}${key}`, value];
  }
}
