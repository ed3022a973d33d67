import { overlap, type Row } from './fragment.ts';
import { joinHyphens } from './join-hyphens.ts';
import { spansOf } from './spans.ts';

/** Of the rows of a table, so many may run across a gap between columns: titles and joined cells do. */
const maxShareAcross = 0.2;
/** Lines of one cell are closer than this, in parts of the letters' height. */
const maxLeading = 1.35;

/** The rows of a table as lines: as many tabs before each cell as there are columns before it. */
export function tableLines(rows: Row[]): string[] {
  const starts = columnStarts(rows);
  const cells = rows.map((row) => cellsOf(row, starts));
  return mergeContinued(rows, cells).map((row) => row.join('\t').replace(/\t+$/, ''));
}

/** Where each column begins but the first. */
function columnStarts(rows: Row[]): number[] {
  let best = spansOf(rows);
  const byWidth = rows.toSorted((one, other) => widest(other) - widest(one));
  const maxAcross = Math.floor(rows.length * maxShareAcross);
  // Whoever runs across has the widest cell: without these rows there may be more columns.
  for (let across = 1; across <= maxAcross; across += 1) {
    const spans = spansOf(byWidth.slice(across));
    if (spans.length > best.length) best = spans;
  }
  return best.slice(1).map((span, index) => (span.start + (best[index]?.end ?? span.start)) / 2);
}

function widest({ segments }: Row): number {
  return Math.max(...segments.map(({ left, right }) => right - left));
}

function cellsOf(row: Row, starts: number[]): string[] {
  const cells = Array.from({ length: starts.length + 1 }, () => '');
  for (const { text, left } of row.segments) {
    const column = starts.filter((start) => start <= left).length;
    cells[column] = [cells[column], text].filter(Boolean).join(' ');
  }
  return cells;
}

/** Joins the lines of cells, where rows are further apart from each other than the lines of one cell. */
function mergeContinued(rows: Row[], cells: string[][]): string[][] {
  const bands = bandsOf(rows);
  return bands.flatMap((band) => {
    const lines = band.map((index) => cells[index] ?? []);
    if (!areOneRow(lines) && !band.every((index, at) => at === 0 || areBeside(rows, index))) return lines;
    const [first = [], ...rest] = lines;
    return [rest.reduce((above, line) => line.map((text, column) => joined(above[column] ?? '', text)), first)];
  });
}

function areBeside(rows: Row[], index: number): boolean {
  const [above, row] = [rows[index - 1], rows[index]];
  return above !== undefined && row !== undefined && overlap(above, row);
}

/** Rows by their indexes, in groups between wider gaps; each for itself where all gaps are alike. */
function bandsOf(rows: Row[]): number[][] {
  const gaps = rows.map((row, index) => row.baseline - (rows[index - 1]?.baseline ?? -Infinity));
  const isTight = (index: number) => (gaps[index] ?? Infinity) <= maxLeading * (rows[index]?.size ?? 0);
  const tight = gaps.filter((_, index) => isTight(index));
  const wide = gaps.filter((gap, index) => Number.isFinite(gap) && !isTight(index));
  const areApart = tight.length > 0 && wide.length > 0 && Math.min(...wide) > Math.max(...tight) * 1.15;
  const bands: number[][] = [];
  rows.forEach((_, index) => {
    const band = bands.at(-1);
    if (band && (areApart ? isTight(index) : areBeside(rows, index))) band.push(index);
    else bands.push([index]);
  });
  return bands;
}

/** Of the lines of one row, one at most has most cells; or they are sentences that go on. */
function areOneRow(lines: string[][]): boolean {
  const columns = lines[0]?.length ?? 0;
  const filled = lines.map((line) => line.filter((text) => text !== '').length);
  if (filled.filter((count) => count > columns / 2).length <= 1) return lines.filter(([first]) => first).length <= 2;
  const isSentences = (column: number) => {
    const texts = lines.map((line) => line[column] ?? '').filter((text) => text !== '');
    return texts.join('').length > 15 * texts.length;
  };
  return columns === 2 && lines.length > 1 && isSentences(0) && isSentences(1);
}

function joined(above: string, below: string): string {
  if (above === '' || below === '') return above + below;
  return joinHyphens([above, below]).join(' ');
}
