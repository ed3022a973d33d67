import { findQuote } from './find-quote.ts';
import { type Letters, lettersOf, rangeOf, type TextRange } from './letters.ts';

/** Lines of a passage with fewer letters are found anywhere. */
const fewestOfLine = 6;

export interface PageMark extends TextRange {
  isQuote: boolean;
}

/**
 * Where a passage stands in the text of a page as the viewer has it, which may order and space it in other ways than what read it
 * for the agent; with what the answer says of it in the same words.
 */
export function marksOnPage(page: string, passage: string, claim: string): PageMark[] {
  const letters = lettersOf(page);
  const found = whole(letters, passage) ?? byLine(letters, passage);
  const quote = findQuote(passage, claim);
  const quoted = quote && whole(letters, passage.slice(quote.start, quote.end));
  const marks = [
    ...found.map((range) => ({ ...range, isQuote: false })),
    ...(quoted ?? []).map((range) => ({ ...range, isQuote: true })),
  ];
  return withoutOverlap(marks);
}

function whole(page: Letters, text: string): TextRange[] | undefined {
  const wanted = lettersOf(text).text;
  const at = wanted === '' ? -1 : page.text.indexOf(wanted);
  return at < 0 ? undefined : [rangeOf(page, at, wanted.length)];
}

function byLine(page: Letters, passage: string): TextRange[] {
  let from = 0;
  return passage.split('\n').flatMap((line) => {
    const wanted = lettersOf(line).text;
    if (wanted.length < fewestOfLine) return [];
    const next = page.text.indexOf(wanted, from);
    const at = next < 0 ? page.text.indexOf(wanted) : next;
    if (at < 0) return [];
    from = at + wanted.length;
    return [rangeOf(page, at, wanted.length)];
  });
}

/** The quotation is cut out of the rest. */
function withoutOverlap(marks: PageMark[]): PageMark[] {
  const quotes = marks.filter(({ isQuote }) => isQuote);
  const rest = marks.filter(({ isQuote }) => !isQuote);
  const cut = quotes.reduce(
    (ranges, quote) =>
      ranges.flatMap((range) =>
        range.end <= quote.start || range.start >= quote.end
          ? [range]
          : [
              { ...range, end: quote.start },
              { ...range, start: quote.end },
            ].filter(({ start, end }) => start < end),
      ),
    rest,
  );
  return [...cut, ...quotes].sort((a, b) => a.start - b.start);
}
