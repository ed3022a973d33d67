import { withoutCode } from '../../../../contract/citations.ts';

/** `\[7]`, which quotes a document, and `\[7\]`, which would be a formula. A link's text is none. */
const escapedMarks = /\\([[［【])(\^?\s*\d{1,6}(?:\s*[,，、;–-]\s*\^?\d{1,6})*\s*)\\?([\]］】])(?!\()/gu;
/** Nobody sees it, and no mark has it. */
const wordJoiner = '\u2060';

/** Markdown of which numbers in brackets that are not meant as citations stay text like any other once it is drawn. */
export function keepEscapedMarks(markdown: string): string {
  if (!/\\[[［【]/.test(markdown)) return markdown;
  let result = '';
  let done = 0;
  for (const { index, 0: mark, 1: open = '', 2: numbers = '', 3: close = '' } of withoutCode(markdown).matchAll(
    escapedMarks,
  )) {
    result += `${markdown.slice(done, index)}${open}${wordJoiner}${numbers}${close}`;
    done = index + mark.length;
  }
  return result + markdown.slice(done);
}
