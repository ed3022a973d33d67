import { type Fragment, median, overlap, type Row } from './fragment.ts';
import { joinHyphens } from './join-hyphens.ts';
import { rowsOf } from './page-rows.ts';
import { type Span, spansOf } from './spans.ts';
import { tableLines } from './table-lines.ts';

/** The text of a page as it is read: column after column, and the cells of a table's row on one line with tabs between. */
export function layOut(fragments: Fragment[]): string {
  return blocksOf(rowsOf(fragments)).join('\n\n');
}

/** Rows that share their columns. */
interface Zone {
  rows: Row[];
  spans: Span[];
  /** Rows within it that run across its columns. */
  across: Set<Row>;
}

const minParagraphGap = 1.5;
/** Of a letter's height: beyond it, a line below a table is no part of it. */
const maxTableGap = 2.5;
const minColumnGap = 1.2;
const minBandGap = 1.3;

function blocksOf(rows: Row[]): string[] {
  return joinPlain(zonesOf(rows)).flatMap((zone) => {
    if (zone.spans.length < 2) return paragraphsOf(zone.rows);
    const gutter = findGutter(zone);
    if (gutter === undefined) return [tableLines(zone.rows).join('\n')];
    return partsBetween(zone).flatMap((part) => {
      if (part.every((row) => zone.across.has(row))) return paragraphsOf(part);
      return [...blocksOf(sideOf(part, -Infinity, gutter)), ...blocksOf(sideOf(part, gutter, Infinity))];
    });
  });
}

function zonesOf(rows: Row[]): Zone[] {
  const zones: Zone[] = [];
  rows.forEach((row, index) => {
    const zone = zones.at(-1);
    const above = zone?.rows.at(-1);
    if (zone && above && zone.spans.length < 2 && areBeside(above, row)) {
      // Here two columns begin, below lines that run across both.
      zone.rows.pop();
      if (zone.rows.length === 0) zones.pop();
      else zone.spans = spansOf(zone.rows);
      zones.push({ rows: [above, row], spans: spansOf([above, row]), across: new Set() });
      return;
    }
    const fit = zone ? fitOf(zone, row, rows[index + 1]) : 'new';
    if (!zone || fit === 'new') {
      zones.push({ rows: [row], spans: spansOf([row]), across: new Set() });
      return;
    }
    zone.rows.push(row);
    if (fit === 'across') zone.across.add(row);
    else zone.spans = spansOf([row], zone.spans);
  });
  return zones;
}

function areBeside(one: Row, other: Row): boolean {
  return overlap(one, other) && spansOf([one, other]).length > 1;
}

/** A wide gap between two words, as in justified text, makes no table. */
function joinPlain(zones: Zone[]): Zone[] {
  const joined: Zone[] = [];
  for (const zone of zones) {
    const isPlain = zone.spans.length < 2 || (zone.rows.length < 3 && zone.rows.every(hasNoColumns));
    const last = joined.at(-1);
    if (!isPlain) joined.push(zone);
    else if (last?.spans.length === 0) last.rows.push(...zone.rows);
    else joined.push({ rows: [...zone.rows], spans: [], across: new Set() });
  }
  return joined;
}

function hasNoColumns({ segments, size }: Row): boolean {
  return segments.every(({ left }, index) => left - (segments[index - 1]?.right ?? left) < minColumnGap * size);
}

function fitOf(zone: Zone, row: Row, next: Row | undefined): 'in' | 'across' | 'new' {
  const together = spansOf([row], zone.spans);
  const columns = zone.spans.length;
  if (columns < 2) return row.segments.length === 1 && together.length === 1 ? 'in' : 'new';
  const gap = row.baseline - (zone.rows.at(-1)?.baseline ?? 0);
  const isAside = row.segments.length === 1 && gap > maxTableGap * row.size && isInFirst(zone, row);
  if (isAside) return 'new';
  if (together.length === columns) return 'in';
  if (together.length > columns) return 'in';
  const goesOn = next && next.segments.length > 1 && spansOf([next], zone.spans).length >= columns;
  if (row.segments.length <= 2 && zone.rows.length > 1 && goesOn) return 'across';
  return together.length > 1 && row.segments.length > 1 ? 'in' : 'new';
}

function isInFirst(zone: Zone, row: Row): boolean {
  return (row.segments[0]?.left ?? 0) < (zone.spans[0]?.end ?? 0);
}

/** The rows of a zone between those that run across its columns, and these alone. */
function partsBetween({ rows, across }: Zone): Row[][] {
  const parts: Row[][] = [];
  let isOpen = false;
  for (const row of rows) {
    if (isOpen && !across.has(row)) parts.at(-1)?.push(row);
    else parts.push([row]);
    isOpen = !across.has(row);
  }
  return parts;
}

function sideOf(rows: Row[], from: number, to: number): Row[] {
  return rows
    .map((row) => ({ ...row, segments: row.segments.filter(({ left }) => left >= from && left < to) }))
    .filter(({ segments }) => segments.length > 0);
}

/** Where text ends that is read before what stands beside it; undefined for the columns of a table. */
function findGutter(zone: Zone): number | undefined {
  const rows = zone.rows.filter((row) => !zone.across.has(row));
  for (let index = 1; index < zone.spans.length; index += 1) {
    const edge = zone.spans[index]?.start ?? 0;
    const sides = [sideOf(rows, -Infinity, edge), sideOf(rows, edge, Infinity)];
    if (areReadApart(sides[0] ?? [], sides[1] ?? [])) return edge;
  }
  return undefined;
}

function areReadApart(one: Row[], other: Row[]): boolean {
  if (one.length < 3 || other.length < 3) return false;
  const [few, many] = one.length < other.length ? [one, other] : [other, one];
  const baselines = new Set(many.map(({ baseline }) => Math.round(baseline * 10)));
  const aligned = few.filter((row) => baselines.has(Math.round(row.baseline * 10))).length / few.length;
  if (isProse(one) && isProse(other)) return !beginTogether(one, other);
  return aligned < 0.5 && (isProse(one) || isProse(other)) && !areInBands(one, other);
}

/** Lines with gaps between that run across both sides are the rows of a table, whose cells are centred. */
function areInBands(one: Row[], other: Row[]): boolean {
  const bands: Set<Row[]>[] = [];
  let last = -Infinity;
  const lines = [...one.map((row) => ({ row, side: one })), ...other.map((row) => ({ row, side: other }))];
  for (const { row, side } of lines.sort((a, b) => a.row.baseline - b.row.baseline)) {
    if (row.baseline - last > minBandGap * row.size) bands.push(new Set());
    bands.at(-1)?.add(side);
    last = row.baseline;
  }
  return bands.length >= 3 && bands.filter((band) => band.size === 2).length >= bands.length * 0.5;
}

/** Lines of prose end where the next word did not fit any more. */
function isProse(rows: Row[]): boolean {
  if (!rows.every(hasNoColumns)) return false;
  const lines = rows.map(({ segments }) => ({
    text: segments.map(({ text }) => text).join(' '),
    left: segments[0]?.left ?? 0,
    right: segments.at(-1)?.right ?? 0,
  }));
  const edge = Math.max(...lines.map(({ right }) => right));
  const full = lines.slice(0, -1).filter((line, index) => {
    const next = lines[index + 1] ?? line;
    const first = next.text.split(' ', 1)[0] ?? '';
    const perCharacter = (line.right - line.left) / Math.max(1, line.text.length);
    return line.text.length > 8 && line.right + (first.length + 0.5) * perCharacter > edge;
  }).length;
  return full >= (rows.length - 1) * 0.6;
}

/** Cells of several lines begin on the same line in each column. */
function beginTogether(one: Row[], other: Row[]): boolean {
  const starts = [one, other].map(startsOf);
  const [few, many] = (starts[0]?.length ?? 0) < (starts[1]?.length ?? 0) ? starts : starts.toReversed();
  if (!few || !many || few.length < 3) return false;
  return few.filter((start) => many.some((candidate) => Math.abs(candidate - start) < 1)).length >= few.length * 0.8;
}

function startsOf(rows: Row[]): number[] {
  const leading = leadingOf(rows);
  return rows
    .filter((row, index) => index === 0 || row.baseline - (rows[index - 1]?.baseline ?? 0) > leading * 1.2)
    .map(({ baseline }) => baseline);
}

function leadingOf(rows: Row[]): number {
  return median(rows.slice(1).map((row, index) => row.baseline - (rows[index]?.baseline ?? 0)));
}

function paragraphsOf(rows: Row[]): string[] {
  const leading = leadingOf(rows);
  const paragraphs: string[][] = [];
  rows.forEach((row, index) => {
    const line = row.segments.map(({ text }) => text).join(' ');
    const gap = row.baseline - (rows[index - 1]?.baseline ?? -Infinity);
    const normal = Math.max(leading, row.size);
    if (gap > normal * minParagraphGap) paragraphs.push([line]);
    else paragraphs.at(-1)?.push(line);
  });
  return paragraphs.map((lines) => joinHyphens(lines).join('\n'));
}
