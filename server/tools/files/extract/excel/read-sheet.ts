import { extractLimits } from '../document.ts';
import { partsOf, type Relationship } from '../package-parts.ts';
import type { Archive } from '../read-archive.ts';
import { readXml } from '../read-xml.ts';
import { generalNumber } from './cell-format.ts';
import { columnName, columnOf, rowOf, type SheetEnd, type SheetText } from './sheet-text.ts';
import type { SheetComments } from './sheet-notes.ts';
import { createRichText, type Workbook } from './workbook.ts';

interface SheetRequest {
  archive: Archive;
  part: string;
  relationships: Relationship[];
  workbook: Workbook;
  comments: SheetComments;
  writer: SheetText;
}

interface Cell {
  attributes: Record<string, string>;
  value: string;
  hasValue: boolean;
  hasFormula: boolean;
  formula: string;
}

interface Link {
  reference: string;
  target: string;
}

/** Writes the rows of a sheet and returns what is known once they are read. (ECMA-376 part 1, 18.3.1.) */
export async function readSheet(request: SheetRequest): Promise<SheetEnd> {
  const { archive, relationships, workbook, comments, writer } = request;
  const targets = new Map(relationships.filter(({ isExternal }) => isExternal).map(({ id, target }) => [id, target]));
  const hiddenColumns = new Set<number>();
  const links: Link[] = [];
  const rich = createRichText();
  let headerRow = await tableHeader(archive, relationships);
  let lastRow: number | undefined;
  let row = { number: 0, column: -1, isHidden: false, cells: [] as string[] };
  let cell: Cell | undefined;
  let reads: 'value' | 'formula' | 'rich' | undefined;

  function beginRow(attributes: Record<string, string>) {
    const number = attributes.r ? Number(attributes.r) : row.number + 1;
    const isFlat = attributes.customHeight !== undefined && Number(attributes.ht) === 0;
    row = { number, column: -1, isHidden: isOn(attributes.hidden) || isFlat, cells: [] };
  }

  function beginCell(attributes: Record<string, string>) {
    row.column = attributes.r ? columnOf(attributes.r) : row.column + 1;
    cell = { attributes, value: '', hasValue: false, hasFormula: false, formula: '' };
    rich.begin();
  }

  function endCell({ attributes, ...rest }: Cell) {
    const { column } = row;
    const value = attributes.t === 'inlineStr' ? rich.value : rest.value;
    const shown = shownValue({ attributes, ...rest, value }, workbook);
    const text = comments.size === 0 ? shown : withComments(shown, `${columnName(Math.max(0, column))}${row.number}`);
    if (text === '' || column < 0) return;
    writer.noteColumn(column);
    if (column >= writer.maxColumns) return;
    while (row.cells.length < column) row.cells.push('');
    row.cells[column] = text;
  }

  function withComments(shown: string, reference: string): string {
    const notes = comments.get(reference) ?? [];
    comments.delete(reference);
    return [shown, ...notes].filter((part) => part !== '').join(' ');
  }

  await readXml(archive.stream(request.part), {
    open(name, attributes) {
      if (cell) {
        if (name === 'v') [reads, cell.hasValue] = ['value', true];
        else if (name === 'f') [reads, cell.hasFormula] = ['formula', true];
        else if (name === 'is') reads = 'rich';
        if (reads === 'rich') rich.open(name, attributes);
        return;
      }
      if (name === 'row') beginRow(attributes);
      else if (name === 'c') beginCell(attributes);
      else if (name === 'col') addHidden(attributes, hiddenColumns);
      else if (name === 'dimension') lastRow = rowOf(attributes.ref?.split(':')[1] ?? '') || undefined;
      else if (name === 'pane' && attributes.state?.startsWith('frozen'))
        headerRow ??= Number(attributes.ySplit) || undefined;
      else if (name === 'autoFilter') headerRow ??= rowOf(attributes.ref ?? '') || undefined;
      else if (name === 'hyperlink') {
        const target = targets.get(attributes[':id'] ?? '');
        if (target) links.push({ reference: attributes.ref?.split(':')[0] ?? '', target });
      }
    },
    text(part) {
      if (!cell) return;
      if (reads === 'value') cell.value += part;
      else if (reads === 'formula') cell.formula += part;
      else if (reads === 'rich') rich.text(part);
    },
    close(name) {
      if (reads === 'rich') rich.close(name);
      if (name === 'v' || name === 'f' || name === 'is') reads = undefined;
      if (name === 'c' && cell) {
        endCell(cell);
        cell = undefined;
      } else if (name === 'row') {
        writer.addRow(row.number, row.cells, row.isHidden);
      }
    },
    isDone: () => writer.isSpent,
  });
  return { headerRow, hiddenColumns, lastRow, below: beside(links, comments, writer) };
}

/** Links and comments go to their cells; those of empty cells below the rows. */
function beside(links: Link[], comments: SheetComments, writer: SheetText): string[] {
  const below: string[] = [];
  for (const { reference, target } of links) {
    const isAdded = writer.append(rowOf(reference), columnOf(reference), `<${target}>`);
    if (!isAdded && !writer.isSpent) below.push(`${reference}: <${target}>`);
  }
  for (const [reference, notes] of comments) {
    if (!writer.isSpent) below.push(`${reference}: ${notes.join(' ').replace(/\s*[\r\n\t]\s*/g, ' ')}`);
  }
  return below;
}

function addHidden({ min, max, hidden, width }: Record<string, string>, columns: Set<number>): void {
  if (!isOn(hidden) && (width === undefined || Number(width) > 0)) return;
  const last = Math.min(Number(max), extractLimits.columns);
  for (let column = Math.max(1, Number(min)); column <= last; column += 1) columns.add(column - 1);
}

function shownValue(cell: Cell, workbook: Workbook): string {
  const { attributes, value, formula } = cell;
  const type = attributes.t;
  const style = workbook.styles[Number(attributes.s ?? 0)];
  const isCalculated = !cell.hasFormula || (cell.hasValue && (value !== '' || type === 'str'));
  if (!isCalculated) return notCalculated(formula);
  if (value === '') return '';
  const address = /^HYPERLINK\("([^"]+)"/i.exec(formula)?.[1];
  const shown = plainValue(value, type, workbook, style);
  const text = style?.isStruck && shown !== '' ? `~~${shown}~~` : shown;
  return address && address !== text ? `${text} <${address}>` : text;
}

function plainValue(
  value: string,
  type: string | undefined,
  { sharedStrings }: Workbook,
  style: Workbook['styles'][number] | undefined,
): string {
  if (type === 'b') return value === '1' || value === 'true' ? 'TRUE' : 'FALSE';
  if (type === 'e') return value;
  if (type === 'd') return value.replace('T', ' ').replace(/ 00:00:00(\.0+)?Z?$/, '');
  if (type === undefined || type === 'n') {
    const number = Number(value);
    return Number.isNaN(number) ? value : (style?.number(number) ?? generalNumber(number));
  }
  const text = withoutEscapes(type === 's' ? (sharedStrings[Number(value)] ?? '') : value);
  return style?.text(text) ?? text;
}

/** Characters that XML has no room for stand as `_x000D_`, and what looks like that as `_x005F_x000D_`. (ST_Xstring) */
function withoutEscapes(text: string): string {
  if (!text.includes('_x')) return text;
  return text
    .replace(/_x([0-9a-f]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/[^\P{Cc}\t\n]/gu, '');
}

function notCalculated(formula: string): string {
  return formula === '' ? '(formula without a value)' : `=${formula} (formula without a value)`;
}

/** Where a table of the sheet begins, which is its header row. */
async function tableHeader(archive: Archive, relationships: Relationship[]): Promise<number | undefined> {
  const rows: number[] = [];
  for (const part of partsOf(archive, relationships, 'table')) {
    await readXml(archive.stream(part), {
      open(name, { ref, headerRowCount }) {
        if (name === 'table' && headerRowCount !== '0' && ref) rows.push(rowOf(ref));
      },
    });
  }
  return rows.length === 0 ? undefined : Math.min(...rows);
}

function isOn(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}
