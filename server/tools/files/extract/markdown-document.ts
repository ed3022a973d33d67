import { type ExtractedText, extractLimits, type Section } from './document.ts';

/** Text as one page of Markdown, whose headings are its sections. */
export function markdownDocument(
  format: ExtractedText['format'],
  text: string,
  { isCut = false, notShown = [] }: { isCut?: boolean; notShown?: string[] } = {},
): ExtractedText {
  const page = text.slice(0, extractLimits.characters);
  return {
    format,
    pages: [page],
    firstPage: 1,
    totalPages: 1,
    isCut: isCut || page.length < text.length,
    sections: headingsOf(page),
    ...(notShown.length > 0 && { notShown }),
  };
}

function headingsOf(page: string): Section[] {
  return Array.from(page.matchAll(/^(#{1,6}) (.+)$/gm), ({ 1: marks = '', 2: name = '', index }) => ({
    kind: 'heading',
    name: name.trim(),
    start: index,
    level: marks.length,
  }));
}

/** Markdown whose headings stand so many levels below others. */
export function belowHeading(markdown: string, levels: number): string {
  return markdown.replace(/^(#{1,6}) /gm, (_, marks: string) => `${'#'.repeat(Math.min(6, marks.length + levels))} `);
}
