import { joinLines } from './pieces.ts';
import type { Passage } from './split-passages.ts';

/** What extractions write for a page that has no text begins so. */
const remark = /^\((?:no text on this page|this page is damaged)[^)]*\)$/;

export function splitPages(pages: string[], firstPage: number): Passage[] {
  return pages.flatMap((page, index) => {
    const lines = page.split('\n').filter((line) => !remark.test(line.trim()));
    const place = `page ${firstPage + index}`;
    return joinLines(lines.map((text, at) => ({ number: at + 1, text }))).map(({ text }) => ({
      place,
      heading: '',
      text,
    }));
  });
}
