type WithoutPlural<Key extends string> = Key extends `${infer Base}_one` | `${infer Base}_other` ? Base : Key;

/** The paths of the texts of a catalogue, without the `_one` and `_other` of those that depend on a count. */
export type KeysOf<Node, Prefix extends string = ''> = {
  [Key in keyof Node & string]: Node[Key] extends string
    ? `${Prefix}${WithoutPlural<Key>}`
    : KeysOf<Node[Key], `${Prefix}${Key}.`>;
}[keyof Node & string];

export type TextValues = Readonly<Record<string, string | number>>;

const placeholder = /\{\{(\w+)(, number)?\}\}/g;

/**
 * Returns what says the text of a path, undefined where there is none. `{{name}}` stands for a value, `{{count, number}}` for
 * a number as the locale writes it; `count` chooses the plural.
 */
export function createSayText(
  texts: object,
  locale: string,
): (path: string, values?: TextValues) => string | undefined {
  const plurals = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  return (path, values = {}) => {
    const { count } = values;
    const text = typeof count === 'number' ? findPlural(texts, path, plurals.select(count)) : find(texts, path);
    return text?.replaceAll(placeholder, (match, name: string, asNumber: string | undefined) => {
      const value = values[name];
      if (value === undefined) return match;
      return asNumber && typeof value === 'number' ? numbers.format(value) : String(value);
    });
  };
}

/** Languages with more categories than two, such as `many` for millions, say those like all others. */
const findPlural = (texts: object, path: string, category: Intl.LDMLPluralRule): string | undefined =>
  find(texts, `${path}_${category}`) ?? find(texts, `${path}_other`) ?? find(texts, path);

function find(texts: object, path: string): string | undefined {
  let node: unknown = texts;
  for (const part of path.split('.')) {
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, part)) return undefined;
    node = (node as Record<string, unknown>)[part];
  }
  return typeof node === 'string' ? node : undefined;
}
