/** English template → the same in another language, with the same `{{name}}`. */
export type Sentences = Readonly<Record<string, string>>;

/** Name of a value → what it can be in English → the same in another language. Any other value is not ours to translate. */
export type Terms = Readonly<Record<string, Sentences>>;

interface Pattern {
  /** What stands before, between and after the values; one more than there are names. */
  words: string[];
  names: string[];
  translation: string;
  length: number;
  /** A line such as “Closed {{name}}”, whose few words also begin what others say: it never stands within another. */
  isSummary: boolean;
}

const placeholder = /\{\{(\w+)\}\}/g;
/** As English writes what has more than three digits. */
const groupedNumber = /^\d{1,3}(?:,\d{3})+$/;
/** Before a unit, a number may have a fraction; elsewhere that would be a version. */
const decimal = /^\d{1,3}(?:,?\d{3})*(?:\.\d+)?$/;
/** Longer texts are no sentences of ours: they come from elsewhere. */
const maxLength = 4_000;
const maxKept = 500;
const maxDepth = 3;
const maxSplits = 8;
/** Values that are sentences of ours; a person's own words are left alone, even where they are like one. */
const isSentence = /^(?:message|reason|hint|problem|said|detail|rest|instead|says)\d?$/;

/**
 * Returns what says an English sentence of the server in another language. Values are carried over, those that are sentences
 * themselves in the other language too, and numbers with their digits in groups; a sentence that is not known comes back as it is. A search takes time that grows with
 * the length of the text, not with what stands in it.
 */
export function createSayer(sentences: Sentences, terms: Terms = {}, locale = 'en'): (english: string) => string {
  const numbers = new Intl.NumberFormat(locale);
  const patterns = patternsOf(sentences);
  const termPatterns = new Map(Object.entries(terms).map(([name, known]) => [name, patternsOf(known)]));
  const kept = new Map<string, string>();

  /** Undefined where the text is not known. */
  function find(text: string, depth: number): string | undefined {
    const core = text.trim();
    if (core === '' || depth > maxDepth) return undefined;
    const said = findTwo(core, depth) ?? findWhole(core, depth) ?? findFields(core, depth) ?? findParts(core, depth);
    return said === undefined ? undefined : text.replace(core, () => said);
  }

  function findWhole(text: string, depth: number): string | undefined {
    if (Object.hasOwn(sentences, text) && !text.includes('{{')) return sentences[text];
    for (const pattern of patterns) {
      const values = depth > 0 && pattern.isSummary ? undefined : valuesIn(text, pattern, terms);
      if (values) return sayPattern(pattern, values, depth + 1);
    }
    return undefined;
  }

  function sayPattern(pattern: Pattern, values: Map<string, string>, depth: number): string {
    const said = fill(pattern, values, (name, value) => sayValue(name, value, depth));
    const first = /^\{\{(\w+)\}\}/.exec(pattern.translation)?.[1] ?? '';
    const value = values.get(first);
    // A word of ours that comes first in the other language begins the sentence; a name stays as it is written.
    return value !== undefined && sayValue(first, value, depth) !== value ? capitalised(said) : said;
  }

  function sayValue(name: string, value: string, depth: number): string {
    const said = isSentence.test(name) ? find(value, depth) : undefined;
    if (said !== undefined) return said;
    const known = terms[name];
    if (known && Object.hasOwn(known, value)) return known[value] ?? value;
    for (const pattern of termPatterns.get(name) ?? []) {
      const values = valuesIn(value, pattern, {});
      if (values) return fill(pattern, values, (_name, inner) => sayNumber(inner, decimal));
    }
    return sayNumber(value);
  }

  const sayNumber = (value: string, isNumber = groupedNumber): string =>
    isNumber.test(value) ? numbers.format(Number(value.replaceAll(',', ''))) : value;

  /** One or several sentences, each after the name of the field it is about. */
  function findFields(text: string, depth: number): string | undefined {
    const parts = text.split('; ').map((part) => findAfterField(part, depth));
    return parts.every((part) => part !== undefined) ? parts.join('; ') : findAfterField(text, depth);
  }

  /** As in “name: Enter a name.” */
  function findAfterField(text: string, depth: number): string | undefined {
    const field = /^[\w.]{1,100}: /.exec(text)?.[0];
    const said = field === undefined ? undefined : find(text.slice(field.length), depth + 1);
    return said === undefined ? undefined : `${field}${said}`;
  }

  /** Two sentences that are both ours, the first without values: else it would be taken for a value of the second. */
  function findTwo(text: string, depth: number): string | undefined {
    if (Object.hasOwn(sentences, text)) return undefined;
    for (const end of sentenceEnds(text)) {
      const first = text.slice(0, end);
      const second = Object.hasOwn(sentences, first) ? find(text.slice(end + 1), depth + 1) : undefined;
      if (second !== undefined) return `${sentences[first]} ${second}`;
    }
    return undefined;
  }

  /** Two sentences in one message, where the first is ours: the second may be somebody else's. */
  function findParts(text: string, depth: number): string | undefined {
    for (const end of sentenceEnds(text)) {
      const said = findWhole(text.slice(0, end), depth);
      if (said !== undefined) return `${said} ${find(text.slice(end + 1), depth + 1) ?? text.slice(end + 1)}`;
    }
    return undefined;
  }

  return (english) => {
    if (english.length > maxLength) return english;
    const known = kept.get(english);
    if (known !== undefined) return known;
    const said = find(english, 0) ?? english;
    if (kept.size >= maxKept) kept.clear();
    kept.set(english, said);
    return said;
  };
}

const capitalised = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** The most words first: of two templates that fit, the one that says more is meant. */
const patternsOf = (sentences: Sentences): Pattern[] =>
  Object.entries(sentences)
    .map(([template, translation]) => patternOf(template, translation))
    .filter(({ names }) => names.length > 0)
    .sort((a, b) => b.length - a.length);

function patternOf(template: string, translation: string): Pattern {
  const parts = template.split(placeholder);
  const words = parts.filter((_part, index) => index % 2 === 0);
  const names = parts.filter((_part, index) => index % 2 === 1);
  const isSummary = !/[.?!]$|: \{\{/.test(template);
  return { words, names, translation, length: words.join('').length, isSummary };
}

/**
 * The values of a text that has the pattern's words in their order: each a term that is known for it, or as short as the next
 * words allow.
 */
function valuesIn(text: string, { words, names, length }: Pattern, terms: Terms): Map<string, string> | undefined {
  const [begin = '', last = ''] = [words[0], words.at(-1)];
  if (text.length < length || !text.startsWith(begin) || !text.endsWith(last)) return undefined;
  const limit = text.length - last.length;
  const values = new Map<string, string>();
  let from = begin.length;
  for (const [index, name] of names.entries()) {
    const isLast = index === names.length - 1;
    const next = words[index + 1] ?? '';
    const mayBeEmpty = next === '' || !/^$|\s$/.test(words[index] ?? '');
    const start = mayBeEmpty ? from : from + 1;
    const term = termAt(text, from, { known: terms[name], next });
    const to = isLast ? limit : term === undefined ? text.indexOf(next, start) : from + term.length;
    if (to < start || to + (isLast ? 0 : next.length) > limit) return undefined;
    values.set(name, text.slice(from, to));
    from = to + next.length;
  }
  return values;
}

/** The longest term that stands at a place, with the next words after it. */
const termAt = (text: string, from: number, { known = {}, next }: { known: Sentences | undefined; next: string }) =>
  Object.keys(known)
    .filter((term) => text.startsWith(term, from) && text.startsWith(next, from + term.length))
    .sort((a, b) => b.length - a.length)[0];

/** Values go in at once, so that what looks like a placeholder in one of them stays as it is. */
const fill = (pattern: Pattern, values: Map<string, string>, say: (name: string, value: string) => string): string =>
  pattern.translation.replaceAll(placeholder, (match, name: string) => {
    const value = values.get(name);
    return value === undefined ? match : say(name, value);
  });

/** Where a sentence ends and another begins, the last first. */
function sentenceEnds(text: string): number[] {
  const ends: number[] = [];
  for (let at = text.indexOf(' '); at >= 0 && ends.length < maxSplits; at = text.indexOf(' ', at + 1)) {
    if ('.?!'.includes(text[at - 1] ?? ' ')) ends.push(at);
  }
  return ends.toReversed();
}
