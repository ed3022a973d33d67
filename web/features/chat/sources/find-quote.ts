import { findMarks } from '../../../../contract/citations.ts';
import { composed, findNames } from '../../../../contract/cited-names.ts';
import type { Source } from '../../../../contract/socket.ts';
import { lettersOf, rangeOf, type TextRange } from './letters.ts';

const maxLetters = 4_000;
/** Fewer letters in a row are shared by any two texts; figures say more, and so does a letter of Chinese or Japanese. */
const fewest = { letters: 14, withFigures: 5, unspaced: 5 };

/** The longest part of a passage that a claim says in the same words; undefined when they share none worth showing. */
export function findQuote(passage: string, claim: string): TextRange | undefined {
  const read = lettersOf(passage);
  const said = lettersOf(claim).text.slice(0, maxLetters);
  const letters = read.text.slice(0, maxLetters);
  const shared = findCommonText(letters, said);
  if (!shared) return undefined;
  const range = toWholeWords(passage, rangeOf(read, shared.start, shared.length));
  return range && isTelling(passage.slice(range.start, range.end)) ? range : undefined;
}

/** By dynamic programming over one row. */
function findCommonText(one: string, other: string): { start: number; length: number } | undefined {
  let before = new Uint16Array(other.length + 1);
  let row = new Uint16Array(other.length + 1);
  let best: { start: number; length: number } | undefined;
  for (let at = 0; at < one.length; at += 1) {
    const code = one.charCodeAt(at);
    for (let index = 0; index < other.length; index += 1) {
      const length = other.charCodeAt(index) === code ? (before[index] ?? 0) + 1 : 0;
      row[index + 1] = length;
      if (length > (best?.length ?? 0)) best = { start: at - length + 1, length };
    }
    [before, row] = [row, before];
  }
  return best;
}

const spaced = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]/u;

/** Without the rest of a word at either end, where words have spaces between them. */
function toWholeWords(text: string, { start, end }: TextRange): TextRange | undefined {
  let [first, last] = [start, end];
  const isWithin = (at: number) => spaced.test(text[at - 1] ?? '') && spaced.test(text[at] ?? '');
  while (first < last && isWithin(first)) first += 1;
  while (last > first && isWithin(last)) last -= 1;
  while (first < last && !/[\p{L}\p{N}]/u.test(text[first] ?? '')) first += 1;
  while (last > first && !/[\p{L}\p{M}\p{N}]/u.test(text[last - 1] ?? '')) last -= 1;
  return first < last ? { start: first, end: last } : undefined;
}

function isTelling(text: string): boolean {
  const letters = lettersOf(text).text;
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Hangul}]/u.test(text)) {
    return letters.length >= fewest.unspaced;
  }
  return letters.length >= (/\p{N}/u.test(text) ? fewest.withFigures : fewest.letters);
}

/** What an answer says with a source: the paragraphs that cite it, and those before one that only names it. */
export function claimFor(content: string, { number, path }: Source): string {
  const blocks = content.split(/\n[ \t]*\n/);
  const chosen = new Set<number>();
  blocks.forEach((block, index) => {
    if (!isCitedIn(block, number, path)) return;
    chosen.add(index);
    const own = block.replace(/`[^`]*`|\[[^\]]*\]/g, '').replace(/[^\p{L}\p{N}]/gu, '');
    if (own.length < 20 && index > 0) chosen.add(index - 1).add(Math.max(0, index - 2));
  });
  return chosen.size === 0 ? content : blocks.filter((_, index) => chosen.has(index)).join('\n\n');
}

const isCitedIn = (block: string, number: number, path: string): boolean =>
  findMarks(block).some(({ numbers }) => numbers.includes(number)) || findNames(composed(block), [path]).length > 0;
