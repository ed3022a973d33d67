import type { ExtractedText } from '../document.ts';
import { createTally } from '../shared/tally.ts';
import { relationshipsOf } from '../package-parts.ts';
import type { Archive } from '../read-archive.ts';
import { readSheet } from './read-sheet.ts';
import { readDrawings } from './sheet-drawings.ts';
import { readSheetComments } from './sheet-notes.ts';
import { createWorkbookText } from './sheet-text.ts';
import { readWorkbook } from './workbook.ts';

/**
 * Reads a workbook's values as its cells show them (formulas as last calculated), sheet by sheet, with comments, links and the
 * names of charts. (Format: ECMA-376 part 1, 18.)
 */
export async function extractXlsx(archive: Archive, part: string): Promise<ExtractedText> {
  const workbook = await readWorkbook(archive, part);
  const text = createWorkbookText(workbook.sheets.length);
  const tally = createTally();
  for (const sheet of workbook.sheets) {
    const relationships = await relationshipsOf(archive, sheet.part);
    const comments = await readSheetComments(archive, relationships, workbook.persons);
    const writer = text.beginSheet(sheet.name, sheet.state);
    const end = await readSheet({ archive, part: sheet.part, relationships, workbook, comments, writer });
    const drawings = await readDrawings(archive, relationships, tally);
    writer.end({ ...end, below: [...(end.below ?? []), ...drawings] });
  }
  return { format: 'Excel', ...text.end(), notShown: tally.list() };
}
