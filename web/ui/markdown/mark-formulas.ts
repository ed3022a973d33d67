/** What begins inline code that is a formula: private characters, which no text has a use for. */
const inlineMark = '\uE000';
const displayMark = '\uE001';
/** In a table the stroke would end a cell. */
const strokeMark = '\uE002';

/** The language of a block of code that is a formula, as on GitHub. */
export const formulaLanguage = 'math';

/** Longer ones are no formulas, and what has no end is looked for no further. */
const maxFormulaLength = 5_000;
/** Quotes and lists in each other, before a formula. */
const maxLineMarks = 200;
const fence = /[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})[^\n]*/y;
const lineBefore = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*$/;
const blankLine = /\n[ \t>]*\n/;

/**
 * Rewrites the formulas of an answer as code that `formulaOf` recognises: `$…$`, `$$…$$`, `\(…\)` and `\[…\]`. What looks like
 * money stays text, and so does code. Of a text that still grows, a formula without an end goes to the end.
 */
export function markFormulas(text: string, growing = false): string {
  if (!/\$|\\[([]/.test(text)) return text;
  let result = '';
  let copied = 0;
  const replace = (from: number, to: number, by: string) => {
    result += text.slice(copied, from) + by;
    copied = to;
  };
  for (let index = 0; index < text.length;) {
    const fenced = index === 0 || text[index - 1] === '\n' ? skipFence(text, index) : undefined;
    if (fenced) index = fenced;
    else if (text[index] === '`') index = skipCode(text, index);
    else if (text[index] === '$' || text[index] === '\\') {
      const found = findFormula(text, index, growing);
      const marked = found && written(text, index, found);
      if (marked) replace(index, marked.end, marked.code);
      index = marked?.end ?? index + (text[index] === '\\' ? 2 : 1);
    } else index += 1;
  }
  return result + text.slice(copied);
}

/** The formula that a piece of inline code stands for. */
export function formulaOf(code: string): { tex: string; display: boolean } | undefined {
  if (code[0] !== inlineMark && code[0] !== displayMark) return undefined;
  return { tex: code.slice(1).replaceAll(strokeMark, '|'), display: code[0] === displayMark };
}

interface Found {
  tex: string;
  display: boolean;
  end: number;
}

function findFormula(text: string, start: number, growing: boolean): Found | undefined {
  const next = text[start + 1];
  if (text[start] === '$') return next === '$' ? findDisplay(text, start, '$$', growing) : findDollars(text, start);
  if (next === '[') return findDisplay(text, start, '\\]', growing);
  return next === '(' ? findBetween(text, start, '\\)') : undefined;
}

function findDisplay(text: string, start: number, closing: string, growing: boolean): Found | undefined {
  const found = findBetween(text, start, closing);
  if (found) return { ...found, display: true };
  if (!growing || text.length - start > maxFormulaLength || !startsLine(text, start)) return undefined;
  const rest = text.slice(start + 2);
  return blankLine.test(rest) ? undefined : { tex: rest, display: true, end: text.length };
}

function findBetween(text: string, start: number, closing: string): Found | undefined {
  const opening = text.slice(start, start + 2);
  const limit = Math.min(text.length, start + maxFormulaLength);
  for (let index = start + 2; index < limit; index += 1) {
    if (text.startsWith(closing, index)) {
      const tex = text.slice(start + 2, index);
      const isText = tex.trim() === '' || tex.includes('`') || text[index + 2] === '(';
      return isText ? undefined : { tex, display: false, end: index + 2 };
    }
    if (opening !== '$$' && text.startsWith(opening, index)) return undefined;
    if (text[index] === '\n' && /^[ \t>]*(\n|$)/.test(lineAfter(text, index))) return undefined;
    if (text[index] === '\\') index += 1;
  }
  return undefined;
}

/** As in Pandoc: no space inside the signs, no letter or digit around them; and none of an amount of money. */
function findDollars(text: string, start: number): Found | undefined {
  if (/[\p{L}\p{N}$]/u.test(text[start - 1] ?? '') || /[\s$]/.test(text[start + 1] ?? ' ')) return undefined;
  for (let index = start + 1; index < text.length && index - start <= maxFormulaLength; index += 1) {
    if (text[index] === '\\') index += 1;
    else if (text[index] === '$') {
      const tex = text.slice(start + 1, index);
      const isText =
        /\s$|`/.test(tex) || /[\p{L}\p{N}$]/u.test(text[index + 1] ?? '') || (/^\d/.test(tex) && isProse(tex));
      return isText ? undefined : { tex, display: false, end: index + 1 };
    } else if (text[index] === '\n' && /^[ \t>]*(\n|$)/.test(lineAfter(text, index))) return undefined;
  }
  return undefined;
}

/** "5 and 10", "100k/month": words or a bare amount beside a number, and nothing that calculates. */
const isProse = (tex: string) => !/[\\^_=+*<>{}]/.test(tex) && (/\p{L}{2,}/u.test(tex) || /^[\d.,\s–-]+$/.test(tex));

function lineAfter(text: string, newline: number): string {
  const end = text.indexOf('\n', newline + 1);
  return text.slice(newline + 1, end < 0 ? text.length : end + 1);
}

/** What stands before a place in its line; undefined where that is more than marks of quotes and lists may be. */
function startOfLine(text: string, index: number): string | undefined {
  const before = text.slice(Math.max(0, index - maxLineMarks), index);
  const newline = before.lastIndexOf('\n');
  if (newline < 0 && index > maxLineMarks) return undefined;
  return before.slice(newline + 1);
}

const startsLine = (text: string, index: number) => lineBefore.test(startOfLine(text, index) ?? '?');

/** A formula over several lines that has them for itself is a block, with its lines as they stand; any other is one code. */
function written(text: string, start: number, { tex, display, end }: Found): { code: string; end: number } {
  const rest = /^[ \t]*([.,;:]?)[ \t]*(?=\n|$)/.exec(text.slice(end, end + 20));
  if (!display || !tex.includes('\n') || !startsLine(text, start) || !rest) {
    const line = tex.replaceAll(/\s*\n[ \t>]*/g, ' ').replaceAll('|', strokeMark);
    return { code: `\`${display ? displayMark : inlineMark}${line.trim()}\``, end };
  }
  const indent = startOfLine(text, start)!.replaceAll(/[^\s>]/g, ' ');
  const first = /^[ \t]*\n/.test(tex) ? '' : indent;
  const body = tex.replace(/^[ \t]*\n/, '').replace(/\n[ \t>]*$/, '') + rest[1];
  return { code: `\`\`\`${formulaLanguage}\n${first}${body}\n${indent}\`\`\``, end: end + rest[0].length };
}

function skipFence(text: string, start: number): number | undefined {
  fence.lastIndex = start;
  const opening = fence.exec(text);
  const marker = opening?.[1];
  if (!opening || !marker) return undefined;
  const closing = new RegExp(`\\n[ \\t>]*${marker[0]}{${marker.length},}[ \\t]*(?=\\n|$)`, 'g');
  closing.lastIndex = fence.lastIndex;
  return closing.exec(text) ? closing.lastIndex : text.length;
}

/** Behind inline code; behind its marks where it has no end. */
function skipCode(text: string, start: number): number {
  let open = start;
  while (text[open] === '`') open += 1;
  const marks = text.slice(start, open);
  for (let index = text.indexOf(marks, open); index >= 0; index = text.indexOf(marks, index)) {
    let end = index;
    while (text[end] === '`') end += 1;
    if (end - index === marks.length) return end;
    index = end;
  }
  return open;
}
