// How an answer cites, read the same by the server that checks it and by the page that draws it.

/** `[3]`, `[3, 4]`, `[3-5]`, `[^3]`, also in brackets of full width, with a dagger and what some models add to it. */
const marks = /[[［【]\^?\s*(\d{1,6}(?:\s*[,，、;–-]\s*\^?\d{1,6})*)\s*(?:†[^\]］】\n]{0,200})?[\]］】]/gu;
const wideDigits = /[０-９]/g;
/** What follows code such as `list[3].name`, a link's text, or the definition of a reference. */
const afterCode = /^(?:\(|\s?=|\.[\p{L}_]|->|\+\+|--|\[(?![\d^]))/u;
const maxRange = 20;

export interface CitationMark {
  /** Where it stands in the text. */
  start: number;
  end: number;
  /** In their order, each once. */
  numbers: number[];
}

/** The marks of a text; a bracket behind a backslash begins none. */
export const findMarks = (text: string): CitationMark[] => findBrackets(text).filter(({ isEscaped }) => !isEscaped);

interface Bracket extends CitationMark {
  isEscaped: boolean;
}

function findBrackets(text: string): Bracket[] {
  if (!/[[［【]/.test(text)) return [];
  const plain = text.replace(wideDigits, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
  return [...plain.matchAll(marks)].flatMap((match) => {
    const [mark, list = ''] = match;
    const end = match.index + mark.length;
    const before = plain[match.index - 1] ?? '';
    const isEscaped = before === '\\';
    const after = plain.slice(end, end + 3);
    if (!isEscaped) {
      const isAttached = /[\p{L}\p{N}_)]$/u.test(before);
      if (after.startsWith('(') || (isAttached && afterCode.test(after))) return [];
      if (after.startsWith(':') && /(?:^|\n)[ \t]*$/.test(plain.slice(0, match.index))) return [];
    }
    return { start: match.index, end, numbers: numbersIn(list), isEscaped };
  });
}

/** A text with a backslash before whatever would be a mark, so that whoever quotes it cites nothing. */
export const escapeMarks = (text: string): string => joinAt(findBrackets(text), text, { left: 0, added: '\\' });

/** What `escapeMarks` was given. */
export const unescapeMarks = (text: string): string =>
  joinAt(
    findBrackets(text).filter(({ isEscaped }) => isEscaped),
    text,
    { left: 1, added: '' },
  );

/** A text with something added before each of these brackets, in place of so many characters. */
function joinAt(brackets: Bracket[], text: string, { left, added }: { left: number; added: string }): string {
  let done = 0;
  const parts = brackets.map(({ start }) => {
    const part = text.slice(done, start - left) + added;
    done = start;
    return part;
  });
  return parts.join('') + text.slice(done);
}

function numbersIn(list: string): number[] {
  const numbers = list.split(/[,，、;]/).flatMap((part) => {
    const [from = 0, to = from] = part.split(/[–-]/).map((number) => Number(number.replace(/[\s^]/g, '')));
    if (to <= from || to - from > maxRange) return from === to ? [from] : [from, to];
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
  return [...new Set(numbers)];
}

/**
 * Markdown with everything that is code replaced by spaces, character by character: fenced, indented outside of a list, and
 * within a line.
 */
export function withoutCode(markdown: string): string {
  let fence: string | undefined;
  let isAfterBlank = true;
  let isInList = false;
  let isIndented = false;
  const lines = markdown.split('\n').map((line) => {
    const mark = /^(?:[ \t]*(?:[-*+>]|\d{1,9}[.)]))*[ \t]*(`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[1];
    if (fence !== undefined) {
      if (mark?.startsWith(fence) && line.trim() === mark) fence = undefined;
      return blank(line);
    }
    fence = mark;
    if (mark !== undefined) return blank(line);
    const isBlank = line.trim() === '';
    if (/^\s*(?:[-*+]|\d{1,9}[.)])\s/.test(line)) isInList = true;
    else if (isAfterBlank && /^\S/.test(line)) isInList = false;
    isIndented = !isBlank && !isInList && /^(?: {4}|\t)/.test(line) && (isAfterBlank || isIndented);
    isAfterBlank = isBlank;
    return isIndented ? blank(line) : line;
  });
  return lines
    .join('\n')
    .split(/(\n[ \t]*\n)/)
    .map(withoutCodeSpans)
    .join('');
}

/** A span ends at as many backticks as it began with, in the same paragraph. */
function withoutCodeSpans(paragraph: string): string {
  const runs = [...paragraph.matchAll(/`+/g)];
  const byLength = Map.groupBy(runs, ([run]) => run.length);
  const next = new Map<number, number>();
  let result = '';
  let done = 0;
  for (const { 0: run, index } of runs) {
    if (index < done) continue;
    const alike = byLength.get(run.length) ?? [];
    let at = next.get(run.length) ?? 0;
    while (at < alike.length && (alike[at]?.index ?? 0) <= index) at += 1;
    next.set(run.length, at);
    const end = alike[at];
    if (!end) continue;
    result += paragraph.slice(done, index) + blank(paragraph.slice(index, end.index + run.length));
    done = end.index + run.length;
  }
  return result + paragraph.slice(done);
}

const blank = (text: string) => text.replace(/[^\n]/g, ' ');
