import WordExtractor from 'word-extractor';
import { type ExtractedText, UnreadableDocument } from '../document.ts';
import { cutPage } from '../shared/cut-page.ts';
import { withoutText } from '../shared/markdown-text.ts';
import { markdownTable } from '../shared/markdown-table.ts';

/** The text of a Word document of before 2007. (MS-DOC.) */
export async function extractDoc(bytes: Uint8Array<ArrayBuffer>, stream: Uint8Array): Promise<ExtractedText> {
  // FibBase: the flag fEncrypted.
  if (((stream[11] ?? 0) & 1) === 1)
    throw new UnreadableDocument('is protected with a password. Ask for a copy without one');
  const document = await new WordExtractor().extract(Buffer.from(bytes)).catch(() => {
    throw new UnreadableDocument('is damaged or no valid Word document');
  });
  const parts = [
    marked('header', document.getHeaders({ includeFooters: false })),
    marked('footer', document.getFooters()),
    blocks(document.getBody()),
    blocks(document.getTextboxes()),
    marked('footnotes', document.getFootnotes()),
    marked('endnotes', document.getEndnotes()),
    marked('comments', document.getAnnotations()),
  ].filter((part) => part !== '');
  const text = parts.length > 0 ? parts.join('\n\n') : withoutText(['pictures or shapes, if anything']);
  return cutPage({
    format: 'Word',
    text,
    notShown: ['pictures', 'numbers of lists', 'what is crossed out (this is an old .doc)'],
    leftOut: 'the end of the document',
  });
}

function marked(name: string, text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  const shown = [...new Set(lines.filter((line) => line !== ''))];
  return shown.length > 0 ? `[${name}: ${shown.join(' / ')}]` : '';
}

/** Paragraphs, and tables: each of their rows is a line whose cells end with tabs. */
function blocks(text: string): string {
  const written: string[] = [];
  let rows: string[] = [];
  const endTable = () => {
    if (rows.length > 0)
      written.push(markdownTable(rows.map((row) => cellsOf(row).map((cell) => ({ text: cell })))).join('\n'));
    rows = [];
  };
  for (const line of text.split('\n')) {
    if (line.endsWith('\t') && line.trim() !== '') rows.push(line);
    else {
      endTable();
      if (line.trim() !== '') written.push(line.trimEnd());
    }
  }
  endTable();
  return written.join('\n\n');
}

function cellsOf(row: string): string[] {
  return row.slice(0, -1).split('\t');
}
