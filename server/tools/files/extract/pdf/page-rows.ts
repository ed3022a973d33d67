import type { Fragment, Row, Segment } from './fragment.ts';

/** Gaps in parts of the letters' height: what belongs to another word, and what to another column. */
const wordGap = 0.15;
const columnGap = 0.6;
const bulletGap = 3;
const bullet = /^(?:[•·▪▫●○◦‣■□–—*-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]|\[[x ]\])$/i;
const wideSpaces = / {3,}|\t+/g;
/** Scripts that are written without spaces between words. */
const unspaced = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/;

interface OpenRow {
  baseline: number;
  size: number;
  fragments: Fragment[];
}

/** Sorts the text of a page into lines, and its lines into what stands apart. */
export function rowsOf(fragments: Fragment[]): Row[] {
  const rows: OpenRow[] = [];
  const sorted = withoutCopies(fragments)
    .flatMap(splitAtWideSpaces)
    .sort((one, other) => one.baseline - other.baseline || one.left - other.left);
  for (const fragment of sorted) {
    const row = rows.findLast((candidate, index) => index >= rows.length - 3 && isOnLine(candidate, fragment));
    if (!row) {
      rows.push({ baseline: fragment.baseline, size: fragment.size, fragments: [fragment] });
      continue;
    }
    row.fragments.push(fragment);
    if (fragment.size > row.size) Object.assign(row, { baseline: fragment.baseline, size: fragment.size });
  }
  return rows
    .map(({ baseline, size, fragments: parts }) => ({ baseline, size, segments: segmentsOf(parts, size) }))
    .sort((one, other) => one.baseline - other.baseline);
}

/** Bold letters and shadows are made by drawing a text twice; also a layer of recognised text repeats what is drawn. */
function withoutCopies(fragments: Fragment[]): Fragment[] {
  const seen = new Map<string, Fragment[]>();
  return fragments.filter((fragment) => {
    const same = seen.get(fragment.text) ?? [];
    const tolerance = fragment.size * 0.3;
    const isCopy = same.some(
      ({ left, baseline }) =>
        Math.abs(left - fragment.left) < tolerance && Math.abs(baseline - fragment.baseline) < tolerance,
    );
    if (!isCopy) seen.set(fragment.text, [...same.slice(-20), fragment]);
    return !isCopy;
  });
}

/** Statements of banks and listings set their columns with spaces. */
function splitAtWideSpaces(fragment: Fragment): Fragment[] {
  const { text, left, right } = fragment;
  if (!wideSpaces.test(text)) return [fragment];
  const perCharacter = (right - left) / text.length;
  const at = (index: number) => left + index * perCharacter;
  const parts: Fragment[] = [];
  let start = 0;
  const add = (end: number) => {
    const part = text.slice(start, end);
    if (part.trim() !== '') parts.push({ ...fragment, text: part, left: at(start), right: at(end) });
  };
  for (const { index, 0: spaces } of text.matchAll(wideSpaces)) {
    add(index);
    start = index + spaces.length;
  }
  add(text.length);
  return parts;
}

/** Raised and lowered figures are on the line of the letters beside them; what stands above each other is not on one. */
function isOnLine(row: OpenRow, fragment: Fragment): boolean {
  const [large, small] = row.size >= fragment.size ? [row, fragment] : [fragment, row];
  const above = large.baseline - small.baseline;
  const isLevel = Math.abs(above) <= small.size * 0.3;
  const isRaised = small.size < large.size * 0.8 && above > -large.size * 0.35 && above < large.size * 0.7;
  if (!isLevel && !isRaised) return false;
  const gaps = row.fragments.map((other) => Math.max(fragment.left - other.right, other.left - fragment.right));
  const isClear = gaps.every((gap) => gap > -small.size * 0.5);
  return isClear && (isLevel || gaps.some((gap) => gap < large.size * 0.4));
}

function segmentsOf(fragments: Fragment[], size: number): Segment[] {
  const segments: Segment[] = [];
  const runs: Fragment[][] = [];
  let right = -Infinity;
  for (const fragment of fragments.sort((one, other) => one.left - other.left)) {
    const run = runs.at(-1);
    const gap = fragment.left - right;
    const isBullet = run?.length === 1 && bullet.test(run[0]?.text.trim() ?? '') && gap < bulletGap * size;
    if (run && (gap <= columnGap * size || isBullet)) run.push(fragment);
    else runs.push([fragment]);
    right = Math.max(right, fragment.right);
  }
  for (const run of runs) {
    const text = textOf(run, size);
    if (text === '') continue;
    segments.push({ text, left: run[0]?.left ?? 0, right: Math.max(...run.map((fragment) => fragment.right)) });
  }
  return segments;
}

function textOf(run: Fragment[], size: number): string {
  const rightToLeft = run.filter(({ isRightToLeft }) => isRightToLeft).length > run.length / 2;
  let text = '';
  let last: Fragment | undefined;
  for (const fragment of rightToLeft ? run.toReversed() : run) {
    if (last && isApart(last, fragment, size)) text += ' ';
    text += fragment.text;
    last = fragment;
  }
  return text.replaceAll(/(?:[.·…_] ?){5,}/g, '… ').trim();
}

function isApart(one: Fragment, other: Fragment, size: number): boolean {
  const gap = Math.max(other.left - one.right, one.left - other.right);
  const needed = unspaced.test(one.text.at(-1) ?? '') && unspaced.test(other.text[0] ?? '') ? 0.5 : wordGap;
  return gap > needed * size && !/\s$/.test(one.text) && !/^\s/.test(other.text);
}
