/** A run of text on a page: points from the upper left corner of the page as it is shown, in the direction of its reading. */
export interface Fragment {
  text: string;
  left: number;
  right: number;
  baseline: number;
  /** Height of the letters, as a font's size. */
  size: number;
  isRightToLeft?: boolean;
}

/** What stands on one line without a gap as wide as between columns. */
export interface Segment {
  text: string;
  left: number;
  right: number;
}

/** Segments on the same base line. */
export interface Row {
  baseline: number;
  size: number;
  segments: Segment[];
}

export function median(values: number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[sorted.length >> 1] ?? 0;
}

/** Rows whose letters overlap, though not on one base line, belong to one line of a table, or stand in two columns. */
export function overlap(one: Row, other: Row): boolean {
  return Math.abs(other.baseline - one.baseline) < 0.85 * Math.min(one.size, other.size);
}
