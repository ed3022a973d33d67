import { splitPages } from './split-pages.ts';
import { splitSheets } from './split-sheets.ts';
import { splitSlides } from './split-slides.ts';
import { splitLines } from './split-lines.ts';

/** A piece of a document that is found and cited by itself. */
export interface Passage {
  /** For people: `page 3`, `sheet Prices, rows 12–40`, `slide 5`, `line 80`. */
  place: string;
  /** The path of headings above it, outermost first, joined by ` › `; empty where there are none. */
  heading: string;
  text: string;
}

export interface DocumentText {
  /** As the extraction names it, or the kinds of text files. */
  format: string;
  /** Pages of a PDF; one text for anything else. */
  pages: string[];
  firstPage: number;
}

const withSheets = new Set(['Excel', 'OpenDocument spreadsheet']);
const withSlides = new Set(['PowerPoint', 'OpenDocument presentation']);

/** Divides a document by what structures it: pages, sheets, slides, headings, paragraphs. */
export function splitPassages(document: DocumentText): Passage[] {
  const { format, pages, firstPage } = document;
  const text = pages[0] ?? '';
  if (format === 'PDF' || pages.length > 1) return splitPages(pages, firstPage);
  if (withSheets.has(format) || /^\[[^\]\n]+\][^\n]*\n\d+[^\t\n]*\t/.test(text)) return splitSheets(text);
  if (withSlides.has(format) || text.startsWith('[Slide ')) return splitSlides(text);
  return splitLines(text, { hasHeadings: format !== 'Text' });
}
