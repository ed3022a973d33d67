import { type ExtractedText, extractLimits } from './document.ts';
import { dateStylesOf, isoOfSerial } from './xlsx-dates.ts';
import type { Archive } from './read-archive.ts';
import { readXml } from './read-xml.ts';

interface Sheet {
  name: string;
  part: string;
}

interface Workbook {
  sharedStrings: string[];
  /** Indexes of cell styles that show a number as a date. */
  dateStyles: Set<number>;
  countsFrom1904: boolean;
}

/** What is left of the limits while the sheets are read. */
interface Budget {
  rows: number;
  characters: number;
}

/**
 * Reads a workbook's values (formulas as last calculated), sheet by sheet: `[Sheet name]`, then one line per row that is not
 * empty: its number and its cells, separated by tabs. (Format: ECMA-376 part 1, 18.)
 */
export async function extractXlsx(archive: Archive): Promise<ExtractedText> {
  const { sheets, countsFrom1904 } = await readSheetList(archive);
  const workbook = {
    sharedStrings: await readSharedStrings(archive),
    dateStyles: await dateStylesOf(archive),
    countsFrom1904,
  };
  const budget: Budget = { rows: extractLimits.rows, characters: extractLimits.characters };
  const lines: string[] = [];
  for (const sheet of sheets) {
    lines.push(`${lines.length > 0 ? '\n' : ''}[${oneLine(sheet.name)}]`);
    await readRows(archive, sheet, workbook, budget, lines);
    if (isSpent(budget)) break;
  }
  return { format: 'Excel', pages: [lines.join('\n')], firstPage: 1, totalPages: 1, isCut: isSpent(budget) };
}

async function readSheetList(archive: Archive): Promise<{ sheets: Sheet[]; countsFrom1904: boolean }> {
  const targets = new Map<string, string>();
  await readXml(archive.stream('xl/_rels/workbook.xml.rels'), {
    open(name, { Id, Target }) {
      if (name === 'Relationship' && Id && Target)
        targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`);
    },
  });
  const sheets: Sheet[] = [];
  let countsFrom1904 = false;
  await readXml(archive.stream('xl/workbook.xml'), {
    open(name, attributes) {
      if (name === 'workbookPr') countsFrom1904 = attributes.date1904 === '1' || attributes.date1904 === 'true';
      if (name !== 'sheet' || attributes.id === undefined) return;
      const part = targets.get(attributes.id);
      if (part && archive.has(part)) sheets.push({ name: attributes.name ?? '', part });
    },
  });
  return { sheets, countsFrom1904 };
}

async function readSharedStrings(archive: Archive): Promise<string[]> {
  if (!archive.has('xl/sharedStrings.xml')) return [];
  const strings: string[] = [];
  let text = '';
  let isText = false;
  let phonetic = 0;
  await readXml(archive.stream('xl/sharedStrings.xml'), {
    open(name) {
      if (name === 'si') text = '';
      // rPh holds the reading of Asian characters, which would double the text.
      if (name === 'rPh') phonetic += 1;
      isText = name === 't' && phonetic === 0;
    },
    text: (part) => void (isText && (text += part)),
    close(name) {
      if (name === 'rPh') phonetic -= 1;
      if (name === 'si') strings.push(text);
      isText = false;
    },
  });
  return strings;
}

async function readRows(archive: Archive, sheet: Sheet, workbook: Workbook, budget: Budget, lines: string[]) {
  let cells: string[] = [];
  let cell: Record<string, string> = {};
  let value = '';
  let isValue = false;
  let rowNumber = 0;
  let column = -1;
  await readXml(archive.stream(sheet.part), {
    open(name, attributes) {
      if (name === 'row') {
        rowNumber = attributes.r ? Number(attributes.r) : rowNumber + 1;
        column = -1;
        cells = [];
      } else if (name === 'c') {
        cell = attributes;
        column = attributes.r ? columnOf(attributes.r) : column + 1;
        value = '';
      }
      isValue = name === 'v' || name === 't';
    },
    text: (part) => void (isValue && (value += part)),
    close(name) {
      isValue = false;
      if (name === 'c' && value !== '' && column >= 0 && column < extractLimits.columns) {
        while (cells.length < column) cells.push('');
        cells[column] = oneLine(valueOf(cell, value, workbook));
      }
      if (name !== 'row' || cells.length === 0) return;
      const line = `${rowNumber}\t${cells.join('\t')}`;
      budget.rows -= 1;
      budget.characters -= line.length;
      if (!isSpent(budget)) lines.push(line);
    },
    isDone: () => isSpent(budget),
  });
}

function valueOf(cell: Record<string, string>, value: string, workbook: Workbook): string {
  if (cell.t === 's') return workbook.sharedStrings[Number(value)] ?? '';
  if (cell.t === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  const isNumber = cell.t === undefined || cell.t === 'n';
  if (isNumber && workbook.dateStyles.has(Number(cell.s)))
    return isoOfSerial(Number(value), workbook.countsFrom1904) ?? value;
  return value;
}

/** `BC12` → 54, counted from 0. */
function columnOf(reference: string): number {
  const letters = /^[A-Z]{1,3}/.exec(reference)?.[0] ?? '';
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function isSpent(budget: Budget): boolean {
  return budget.rows < 0 || budget.characters < 0;
}

/** Line ends and tabs inside a cell would look like other cells. */
function oneLine(text: string): string {
  return text.replace(/\s*[\r\n\t]\s*/g, ' ');
}
