import { type CellObject, read, type WorkBook, type WorkSheet } from '@e965/xlsx';
import { type ExtractedText, UnreadableDocument } from '../document.ts';
import { type CellFormat, createCellFormat, generalNumber } from './cell-format.ts';
import { createWorkbookText, type SheetText } from './sheet-text.ts';

/** Reads workbooks of before 2007 (.xls) and binary ones (.xlsb), which SheetJS knows. */
export function extractOldWorkbook(bytes: Uint8Array): ExtractedText {
  const workbook = openWorkbook(bytes);
  const countsFrom1904 = workbook.Workbook?.WBProps?.date1904 ?? false;
  const formats = new Map<string, CellFormat>();
  const formatOf = (pattern: string) => {
    const known = formats.get(pattern) ?? createCellFormat(pattern, countsFrom1904);
    formats.set(pattern, known);
    return known;
  };
  const text = createWorkbookText(workbook.SheetNames.length);
  workbook.SheetNames.forEach((name, index) => {
    const sheet = workbook.Sheets[name];
    const hidden = workbook.Workbook?.Sheets?.[index]?.Hidden ?? 0;
    const writer = text.beginSheet(name, hidden === 0 ? 'visible' : hidden === 1 ? 'hidden' : 'very hidden');
    if (sheet) writeSheet(sheet, writer, formatOf);
    else writer.end();
  });
  return { format: 'Excel', ...text.end(), notShown: ['charts and pictures, if there are any'] };
}

function openWorkbook(bytes: Uint8Array): WorkBook {
  try {
    return read(bytes, { type: 'array', dense: true, cellNF: true, cellStyles: true, cellFormula: true });
  } catch (error) {
    const isLocked = error instanceof Error && /password|encrypt/i.test(error.message);
    throw new UnreadableDocument(
      isLocked ? 'is protected with a password. Ask for a copy without one' : 'is damaged or no valid workbook',
    );
  }
}

function writeSheet(sheet: WorkSheet, writer: SheetText, formatOf: (pattern: string) => CellFormat): void {
  const rows: (CellObject | undefined)[][] = sheet['!data'] ?? [];
  const hiddenColumns = new Set<number>();
  sheet['!cols']?.forEach((column, index) => void (column?.hidden && hiddenColumns.add(index)));
  for (const [index, row] of rows.entries()) {
    if (writer.isSpent) break;
    if (!row) continue;
    const cells: string[] = [];
    row.forEach((cell, column) => {
      const shown = cell ? shownCell(cell, formatOf) : '';
      if (shown === '') return;
      writer.noteColumn(column);
      if (column >= writer.maxColumns) return;
      while (cells.length < column) cells.push('');
      cells[column] = shown;
    });
    writer.addRow(index + 1, cells, sheet['!rows']?.[index]?.hidden ?? false);
  }
  const header = /\d+/.exec(sheet['!autofilter']?.ref ?? '')?.[0];
  writer.end({ headerRow: header ? Number(header) : undefined, hiddenColumns, lastRow: rows.length });
}

function shownCell(cell: CellObject, formatOf: (pattern: string) => CellFormat): string {
  const comments = (cell.c ?? []).map(({ a: author, t: text }) => {
    // Some files leave the rest of a buffer behind the text.
    const written = text.split('\0')[0]?.trim() ?? '';
    return `[comment${author?.trim() ? ` by ${author.trim()}` : ''}: ${written}]`;
  });
  const value = shownValue(cell, formatOf);
  const target = cell.l?.Target;
  const link = target && /^[a-z]+:/i.test(target) && target !== value ? `<${target}>` : '';
  return [value, link, ...comments].filter((part) => part !== '').join(' ');
}

function shownValue(
  { t: type, v: value, z: pattern, f: formula, w: written }: CellObject,
  formatOf: (pattern: string) => CellFormat,
): string {
  if (type === 'z' || value === undefined) return formula ? `=${formula} (formula without a value)` : '';
  if (type === 'b') return value ? 'TRUE' : 'FALSE';
  if (type === 'e') return written ?? '#VALUE!';
  const format = pattern === undefined ? undefined : formatOf(String(pattern));
  if (typeof value === 'number') return format?.number(value) ?? generalNumber(value);
  return format?.text(String(value)) ?? String(value);
}
