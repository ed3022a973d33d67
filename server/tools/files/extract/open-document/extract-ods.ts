import { type ExtractedText, extractLimits } from '../document.ts';
import { createWorkbookText, type SheetText } from '../excel/sheet-text.ts';
import type { Archive } from '../read-archive.ts';
import { createTally, type Tally } from '../shared/tally.ts';
import { childrenOf, descendantsOf, elementsOf, readElements, textOf, type XmlElement } from '../xml-tree.ts';
import { type OdfObjects, readOdfObjects } from './odf-objects.ts';
import { type OdfStyles, readOdfStyles } from './odf-styles.ts';
import { annotationText } from './odf-text.ts';

interface OpenSheet {
  writer: SheetText;
  hiddenColumns: Set<number>;
  column: number;
  row: number;
  below: string[];
}

/** Rows and cells are repeated without end where a sheet is empty. */
const maxRepeatedRows = 1000;

/** Reads an OpenDocument spreadsheet: its cells hold the text that they show. (ODF 1.3 part 3, 9.) */
export async function extractOds(archive: Archive): Promise<ExtractedText> {
  const styles = await readOdfStyles(archive);
  const objects = await readOdfObjects(archive);
  const tally = createTally();
  const sheets = await countSheets(archive);
  const text = createWorkbookText(sheets);
  let sheet: OpenSheet | undefined;

  function beginSheet({ name = '', 'style-name': style }: Record<string, string>) {
    const writer = text.beginSheet(name, styles.style(style).isHidden ? 'hidden' : 'visible');
    sheet = { writer, hiddenColumns: new Set(), column: 0, row: 0, below: [] };
  }

  function addColumn({ attributes }: XmlElement, { hiddenColumns, column }: OpenSheet): number {
    const repeated = Math.max(0, Number(attributes['number-columns-repeated'] ?? 1));
    const last = Math.min(column + repeated, extractLimits.columns);
    if (isHidden(attributes.visibility)) for (let index = column; index < last; index += 1) hiddenColumns.add(index);
    return column + repeated;
  }

  await readElements(archive.stream('content.xml'), {
    isWanted: (name, parents) =>
      parents.at(-1) !== undefined &&
      parents.includes('spreadsheet') &&
      (name === 'table-row' || name === 'table-column' || name === 'shapes' || name === 'tracked-changes'),
    onOpen: (name, attributes) => void (name === 'table' && sheet === undefined && beginSheet(attributes)),
    onElement(element) {
      if (!sheet) return;
      if (element.name === 'table-column') sheet.column = addColumn(element, sheet);
      else if (element.name === 'table-row') addRow(element, sheet, styles, objects, tally);
      else if (element.name === 'shapes') sheet.below.push(...drawnLines(element, objects, tally));
    },
    onClose(name) {
      if (name !== 'table' || !sheet) return;
      sheet.writer.end({ hiddenColumns: sheet.hiddenColumns, below: sheet.below });
      sheet = undefined;
    },
  });
  return { format: 'OpenDocument spreadsheet', ...text.end(), notShown: tally.list() };
}

/** What the document says of itself. */
async function countSheets(archive: Archive): Promise<number> {
  let count = 1;
  if (!archive.has('meta.xml')) return count;
  await readElements(archive.stream('meta.xml'), {
    isWanted: (name) => name === 'document-statistic',
    onElement: ({ attributes }) =>
      void (count = Math.max(1, Math.min(Number(attributes['table-count'] ?? 1) || 1, 1000))),
  });
  return count;
}

function addRow(row: XmlElement, sheet: OpenSheet, styles: OdfStyles, objects: OdfObjects, tally: Tally): void {
  const repeated = Math.max(1, Number(row.attributes['number-rows-repeated'] ?? 1));
  const cells: string[] = [];
  let column = 0;
  for (const cell of elementsOf(row)) {
    if (cell.name !== 'table-cell' && cell.name !== 'covered-table-cell') continue;
    const text = cellText(cell, styles);
    const width = Math.max(1, Number(cell.attributes['number-columns-repeated'] ?? 1));
    sheet.below.push(...drawnLines(cell, objects, tally));
    if (text !== '') sheet.writer.noteColumn(column);
    for (let index = 0; text !== '' && index < width && column + index < sheet.writer.maxColumns; index += 1) {
      while (cells.length < column + index) cells.push('');
      cells[column + index] = text;
    }
    column += width;
  }
  const hidden = isHidden(row.attributes.visibility);
  if (cells.length > 0)
    for (let index = 0; index < Math.min(repeated, maxRepeatedRows); index += 1)
      sheet.writer.addRow(sheet.row + index + 1, cells, hidden);
  sheet.row += repeated;
}

function cellText(cell: XmlElement, styles: OdfStyles): string {
  const { attributes } = cell;
  const shown = childrenOf(cell, 'p').map(shownText).join(' ').trim();
  const date = attributes['date-value']?.slice(0, 10);
  const isStruck = styles.style(attributes['style-name']).isStruck && shown !== '';
  const value = isStruck ? `~~${shown}~~` : shown;
  const isCalculated = attributes['value-type'] !== undefined || shown !== '';
  return [
    attributes.formula !== undefined && !isCalculated
      ? `${attributes.formula.replace(/^\w+:/, '')} (formula without a value)`
      : value,
    date && date.startsWith('1899') === false && /\d.*\d{2}.*\d/.test(shown) && !shown.includes(date)
      ? `(${date})`
      : '',
    ...childrenOf(cell, 'annotation').map(annotationText),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function shownText(paragraph: XmlElement): string {
  return paragraph.children
    .map((child) => {
      if (typeof child === 'string') return child.replace(/\s+/g, ' ');
      if (child.name === 's') return ' ';
      if (child.name !== 'a') return shownText(child);
      const { href = '' } = child.attributes;
      return /^[a-z]+:/i.test(href) && href !== textOf(child) ? `${textOf(child)} <${href}>` : textOf(child);
    })
    .join('');
}

/** Charts, pictures and text boxes over the cells. */
function drawnLines(element: XmlElement, objects: OdfObjects, tally: Tally): string[] {
  return [...descendantsOf(element, 'frame')].flatMap((frame) => {
    const [object] = childrenOf(frame, 'object');
    const lines = object && objects.get((object.attributes.href ?? '').replace(/^\.?\//, ''));
    if (lines && lines[0]) return [lines[0]];
    const texts = childrenOf(frame, 'text-box')
      .map(textOf)
      .filter((text) => text.trim() !== '');
    if (texts.length > 0) return texts.map((text) => `[text box: ${text.replace(/\s+/g, ' ').trim()}]`);
    tally.add(childrenOf(frame, 'image').length > 0 && !object ? 'picture' : 'embedded file');
    return [];
  });
}

function isHidden(visibility: string | undefined): boolean {
  return visibility === 'collapse' || visibility === 'filter';
}
