import type { PdfPage } from './open-pdf.ts';

/** What forms of Adobe LiveCycle (XFA) show in every reader but Adobe's own. */
const placeholders = [
  /if this message is not eventually replaced/i,
  /wenn diese meldung nicht .{0,40}ersetzt wird/i,
  /si ce message n['’]est pas .{0,40}remplac/i,
  /si este mensaje no se (?:reemplaza|sustituye)/i,
  /please wait\.\.\.\s+if this message/i,
];

export function isPlaceholder(text: string): boolean {
  if (text.length > 3000) return false;
  const line = text.replaceAll(/\s+/g, ' ');
  return placeholders.some((pattern) => pattern.test(line));
}

/** The text of a page that is a form of its own language (XFA) and has no text as other pages do. */
export async function xfaPage(page: PdfPage): Promise<string> {
  const { items } = await page.getTextContent();
  return items
    .map((item) => ('str' in item ? item.str.trim() : ''))
    .filter((line) => line !== '')
    .join('\n');
}
