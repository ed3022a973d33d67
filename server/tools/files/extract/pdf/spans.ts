import { median, type Row } from './fragment.ts';

export interface Span {
  start: number;
  end: number;
}

/** Narrower gaps between columns are not seen as such, in parts of the letters' height. */
const minGap = 0.4;

/** The parts of the page's width that the rows cover, from left to right; `known` are those of rows before. */
export function spansOf(rows: Row[], known: Span[] = []): Span[] {
  const gap = minGap * median(rows.map(({ size }) => size));
  const parts = rows.flatMap(({ segments }) => segments.map(({ left, right }) => ({ start: left, end: right })));
  const spans: Span[] = [];
  for (const span of [...known, ...parts].sort((one, other) => one.start - other.start)) {
    const last = spans.at(-1);
    if (last && span.start < last.end + gap) last.end = Math.max(last.end, span.end);
    else spans.push({ ...span });
  }
  return spans;
}
