/** No person writes more; the parser's time grows with the square of most of these. */
const maxBlockLength = 30_000;
const deepestNesting = 60;
const maxMarkers = 1_500;
/** A list or quote costs as much as there are lines before it; a million lines take about a second. */
const maxLinesBefore = 1_000_000;

const nesting = /^(?:[ \t]*(?:[>*+-]|\d{1,9}[.)]|\[\^[^\]\s]*\]:))*/;
/** The beginning of a list item, a quote or a footnote, after its indentation. */
const container = /^([ \t]*)(?:>|(?:[*+-]|\d{1,9}[.)])(?=\s|$)|\[\^[^\]\s]*\]:)/;
const markers = /[*_~]+|[[\]]/g;
/** At the very beginning of a line it is code for certain; further in, the list it is in may end before it does. */
const fence = /^(?:(`{3,})[^`]*|(~{3,}).*)$/;
/** Begins inline content of its own, so that its markers are not matched against those before. */
const bullet = /^ {0,3}[-*+] \S/;

/**
 * Whether parsing this Markdown could take seconds, or more stack than there is: a model may write what it was told to
 * write by a stranger. Such text is shown as it is, in the browser as on Telegram.
 */
export function isCostlyMarkdown(text: string): boolean {
  if (text.length > maxBlockLength) return true;
  let found = 0;
  let open: string | undefined;
  const containers = createContainerCost();
  for (const line of text.split('\n')) {
    if (open !== undefined) {
      if (isClosing(line, open)) open = undefined;
      continue;
    }
    const [, ticks, tildes] = fence.exec(line) ?? [];
    open = ticks ?? tildes;
    if (open !== undefined) {
      found = 0;
      continue;
    }
    if (line.trim() === '' || bullet.test(line)) found = 0;
    found += line.match(markers)?.length ?? 0;
    if (found > maxMarkers || nestingOf(line) > deepestNesting || containers.add(line) > maxLinesBefore) return true;
  }
  return false;
}

/** The lines before each list and quote that was begun so far, summed up; the items of one list are one. */
function createContainerCost() {
  let cost = 0;
  let lines = 0;
  let indentation = -1;
  return {
    add(line: string): number {
      lines++;
      const begun = container.exec(line)?.[1]?.length;
      if (begun !== undefined) {
        if (begun > indentation) cost += lines * Math.max(1, nestingOf(line));
        indentation = begun;
      } else if (/^\S/.test(line)) indentation = -1;
      return cost;
    },
  };
}

const nestingOf = (line: string): number => nesting.exec(line)?.[0].match(/[>*+-]|\d[.)]|\]:/g)?.length ?? 0;

const isClosing = (line: string, open: string): boolean => {
  const mark = line.trim();
  return mark.length >= open.length && mark === open.charAt(0).repeat(mark.length);
};
