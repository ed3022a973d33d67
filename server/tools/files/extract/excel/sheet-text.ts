import { type ExtractedText, extractLimits, type Section } from '../document.ts';
import { createHeaderSearch } from './header-row.ts';

/** What each sheet still to come may use at least, so that one huge sheet does not hide the others. */
const reserve = { rows: 2_000, characters: 100_000 };
/** So many rows are read between two looks at the clock. */
const rowsBetweenLooks = 500;

export interface SheetEnd {
  /** The row that the sheet itself names as its header. */
  headerRow?: number | undefined;
  /** Counted from 0. */
  hiddenColumns?: Set<number>;
  /** Further lines below the rows: charts, text boxes. */
  below?: string[];
  /** The last row of the sheet, where known: of one that was cut. */
  lastRow?: number | undefined;
}

/**
 * Writes sheets as text: `[Sheet name]`, then one line per row that is not empty: its number and its cells, separated by tabs;
 * within the limits on rows, columns and characters, which all sheets share.
 */
export function createWorkbookText(sheetCount: number) {
  const left = { rows: extractLimits.rows, characters: extractLimits.characters };
  const leftOut: string[] = [];
  const sections: Section[] = [];
  const softEnd = performance.now() + extractLimits.softTime;
  let text = '';
  let sheetsToCome = sheetCount;

  return {
    beginSheet(name: string, state: 'visible' | 'hidden' | 'very hidden') {
      sheetsToCome -= 1;
      const budget = {
        rows: left.rows - Math.min(sheetsToCome * reserve.rows, left.rows / 2),
        characters: left.characters - Math.min(sheetsToCome * reserve.characters, left.characters / 2),
      };
      return createSheet(name, state, { ...budget, softEnd }, (section, lines, used, missing) => {
        left.rows -= used.rows;
        left.characters -= used.characters;
        leftOut.push(...missing);
        const start = text === '' ? 0 : text.length + 2;
        text += `${text === '' ? '' : '\n\n'}${lines.join('\n')}`;
        sections.push({ ...section, start });
      });
    },
    end(): Pick<ExtractedText, 'pages' | 'firstPage' | 'totalPages' | 'isCut' | 'sections' | 'leftOut'> {
      return {
        pages: [text],
        firstPage: 1,
        totalPages: 1,
        isCut: leftOut.length > 0,
        sections,
        ...(leftOut.length > 0 && { leftOut: leftOut.join('; ') }),
      };
    },
  };
}

type Finish = (
  section: Omit<Section, 'start'>,
  lines: string[],
  used: { rows: number; characters: number },
  missing: string[],
) => void;

function createSheet(
  name: string,
  state: 'visible' | 'hidden' | 'very hidden',
  budget: { rows: number; characters: number; softEnd: number },
  finish: Finish,
) {
  const title = oneLine(name);
  const headers = createHeaderSearch();
  const lines: string[] = [];
  const lineOfRow = new Map<number, number>();
  const used = { rows: 0, characters: 0 };
  let lastRead = 0;
  let isSpent = false;
  let hiddenRows = 0;
  let widest = 0;

  function isOver(line: string): boolean {
    if (used.rows + 1 > budget.rows || used.characters + line.length > budget.characters) return true;
    return used.rows % rowsBetweenLooks === 0 && performance.now() > budget.softEnd;
  }

  return {
    get isSpent() {
      return isSpent;
    },
    /** Cells beyond the limit on columns are not wanted. */
    maxColumns: extractLimits.columns,
    noteColumn: (column: number) => void (widest = Math.max(widest, column)),
    addRow(number: number, cells: string[], isHidden: boolean) {
      if (cells.length === 0 || isSpent) return;
      const line = `${rowMark(number, isHidden)}\t${cells.map(oneLine).join('\t')}`;
      if (isOver(line)) {
        isSpent = true;
        return;
      }
      used.rows += 1;
      used.characters += line.length + 1;
      if (isHidden) hiddenRows += 1;
      lastRead = number;
      headers.add(number, cells);
      lineOfRow.set(number, lines.length);
      lines.push(line);
    },
    /** Adds to what a cell shows, once all rows are there. False when its row is not. */
    append(row: number, column: number, addition: string): boolean {
      const index = lineOfRow.get(row);
      const cells = index === undefined ? undefined : lines[index]?.split('\t');
      if (index === undefined || cells?.[column + 1] === undefined) return false;
      cells[column + 1] = `${cells[column + 1]} ${oneLine(addition)}`.trim();
      lines[index] = cells.join('\t');
      return true;
    },
    end({ headerRow, hiddenColumns = new Set(), below = [], lastRow }: SheetEnd = {}) {
      const header = headers.find(headerRow);
      const headerLine = header && lineOfRow.get(header.number);
      if (headerLine !== undefined) {
        const cells = (lines[headerLine] ?? '').split('\t');
        lines[headerLine] = cells
          .map((cell, index) => (cell !== '' && hiddenColumns.has(index - 1) ? `${cell} (hidden column)` : cell))
          .join('\t');
      }
      const mark = `[${title}]${state === 'visible' ? '' : ` (${state} sheet)`}`;
      const hidden = hiddenParts(hiddenColumns, hiddenRows, widest);
      const missing: string[] = [];
      if (isSpent)
        missing.push(
          `rows after ${lastRead}${lastRow && lastRow > lastRead ? ` of ${lastRow}` : ''} of sheet ${title}`,
        );
      if (widest >= extractLimits.columns)
        missing.push(`columns after ${columnName(extractLimits.columns - 1)} of sheet ${title}`);
      const section = {
        kind: 'sheet' as const,
        name: title,
        ...(headerLine !== undefined && { header: lines[headerLine] }),
        ...(state !== 'visible' && { note: `${state} sheet` }),
      };
      finish(section, [mark, ...hidden, ...lines, ...below], used, missing);
    },
  };
}

export type SheetText = ReturnType<ReturnType<typeof createWorkbookText>['beginSheet']>;

function rowMark(number: number, isHidden: boolean): string {
  return isHidden ? `${number} (hidden)` : String(number);
}

function hiddenParts(columns: Set<number>, rows: number, widest: number): string[] {
  const names = [...columns].filter((column) => column <= widest).map(columnName);
  const parts = [
    ...(names.length > 0 ? [`${names.length === 1 ? 'column' : 'columns'} ${names.join(', ')}`] : []),
    ...(rows > 0 ? [`${rows} ${rows === 1 ? 'row' : 'rows'}`] : []),
  ];
  return parts.length > 0 ? [`(hidden in this sheet: ${parts.join('; ')})`] : [];
}

/** 54 → `BC`, counted from 0. */
export function columnName(column: number): string {
  const letter = String.fromCodePoint(65 + (column % 26));
  return column < 26 ? letter : columnName(Math.floor(column / 26) - 1) + letter;
}

/** `BC12` → 54, counted from 0; -1 for what is no reference. */
export function columnOf(reference: string): number {
  const letters = /^\$?([A-Z]{1,3})/.exec(reference)?.[1] ?? '';
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** `BC12` → 12 */
export function rowOf(reference: string): number {
  return Number(/\d+/.exec(reference)?.[0] ?? 0);
}

/** Line ends and tabs inside a cell would look like other cells. */
export function oneLine(text: string): string {
  return /[\r\n\t]/.test(text) ? text.replace(/\s*[\r\n\t]\s*/g, ' ') : text;
}
