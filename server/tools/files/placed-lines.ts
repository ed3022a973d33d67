import type { CachedDocument } from './document-cache.ts';
import { type LinedSection, placeOf, sectionAt } from './document-sections.ts';
import type { ShownPart } from './number-passages.ts';

/** Lines of a document of one page, by what structures it: sheets with their rows, slides, headings. */
export function partOfDocument(
  document: CachedDocument,
  { first, lines }: { first: number; lines: string[] },
): Omit<ShownPart, 'head'> {
  const sectionOf = (index: number) => sectionAt(document.sections, first + index);
  return {
    lines,
    placeOf(from, to) {
      const section = sectionOf(from);
      if (!section || section.kind === 'heading') return `line ${first + from}`;
      return section.kind === 'sheet' ? `${placeOf(section)}${rowsOf(lines.slice(from, to + 1))}` : placeOf(section);
    },
    beginsAt(index) {
      const section = sectionOf(index);
      if (section?.firstLine !== first + index) return undefined;
      return section.kind === 'heading' ? 'heading' : 'passage';
    },
    headerAt: (index) => headerOf(sectionOf(index), first + index),
  };
}

const headerOf = (section: LinedSection | undefined, line: number): string | undefined =>
  section?.header !== undefined && section.firstLine < line ? section.header : undefined;

/** `, rows 12–40`, by the numbers that rows begin with. */
function rowsOf(lines: string[]): string {
  const numbers = lines.flatMap((line) => /^(\d+)(?: \([^)\t]*\))?\t/.exec(line)?.[1] ?? []);
  const [from, to] = [numbers[0], numbers.at(-1)];
  if (from === undefined) return '';
  return from === to ? `, row ${from}` : `, rows ${from}–${to}`;
}
