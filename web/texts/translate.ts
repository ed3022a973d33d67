import type { everyday } from './en-everyday.ts';
import type { pages } from './en-pages.ts';
import type { start } from './en-start.ts';

/** Every text of one language: the keys of the English catalogue, so that a missing one does not compile. */
export type Texts = StartTexts & PageTexts & EverydayTexts;
export type StartTexts = typeof start;
export type PageTexts = typeof pages;
export type EverydayTexts = { everyday: typeof everyday };

type WithoutPlural<Key extends string> = Key extends `${infer Base}_one` | `${infer Base}_other` ? Base : Key;

type KeysOf<Node, Prefix extends string = ''> = {
  [Key in keyof Node & string]: Node[Key] extends string
    ? `${Prefix}${WithoutPlural<Key>}`
    : KeysOf<Node[Key], `${Prefix}${Key}.`>;
}[keyof Node & string];

/** The path of a text, such as `chat.send`; without the `_one` and `_other` of texts that depend on a count. */
export type TextKey = KeysOf<Texts>;

export type TextValues = Readonly<Record<string, string | number>>;

export type Translate = (key: TextKey, values?: TextValues) => string;

const placeholder = /\{\{(\w+)(, number)?\}\}/g;

/** `{{name}}` stands for a value, `{{count, number}}` for a number as the locale writes it; `count` chooses the plural. */
export function createTranslate(texts: StartTexts & Partial<Texts>, locale: string): Translate {
  const plurals = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  return (key, values = {}) => {
    const { count } = values;
    const text = typeof count === 'number' ? findPlural(texts, key, plurals.select(count)) : find(texts, key);
    // A text of another version of the app is better missing by name than a blank page.
    if (text === undefined) return key;
    return text.replaceAll(placeholder, (match, name: string, asNumber: string | undefined) => {
      const value = values[name];
      if (value === undefined) return match;
      return asNumber && typeof value === 'number' ? numbers.format(value) : String(value);
    });
  };
}

/** Languages with more categories than two, such as `many` for millions, say those like all others. */
const findPlural = (texts: object, key: string, category: Intl.LDMLPluralRule): string | undefined =>
  find(texts, `${key}_${category}`) ?? find(texts, `${key}_other`) ?? find(texts, key);

function find(texts: object, path: string): string | undefined {
  let node: unknown = texts;
  for (const part of path.split('.')) {
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, part)) return undefined;
    node = (node as Record<string, unknown>)[part];
  }
  return typeof node === 'string' ? node : undefined;
}
