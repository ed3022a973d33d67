import { escapePattern } from '../../../contract/escape-pattern.ts';
import { createGiveWay } from '../../platform/give-way.ts';

/** A part of a line, from a column to another. */
export interface MarkedLine {
  /** The index of the line. */
  index: number;
  start: number;
  end: number;
}

/** A header that a passage repeats may be this many lines. */
const maxHeader = 2;

/**
 * Where a passage stands in the lines of its document, nearest to the line where it is thought to be. White space may differ, and
 * the lines of a header that was put in front may be missing. Undefined when it does not stand there any more. Gives way to others
 * meanwhile: a document may have hundreds of thousands of lines. @throws the signal's reason
 */
export async function locatePassage(
  lines: readonly string[],
  passage: string,
  { near, signal }: { near: number; signal?: AbortSignal | undefined },
): Promise<MarkedLine[] | undefined> {
  const giveWay = createGiveWay(signal);
  const wanted = passage
    .split('\n')
    .map(collapsed)
    .filter((line) => line !== '');
  if (wanted.length === 0) return undefined;
  const known: Line[] = [];
  for (const [index, line] of lines.entries()) {
    const text = collapsed(line);
    if (text !== '') known.push({ index, text });
    const way = giveWay();
    if (way) await way;
  }
  for (let skipped = 0; skipped <= Math.min(maxHeader, wanted.length - 1); skipped += 1) {
    const found = await nearest(known, wanted.slice(skipped), { near, giveWay });
    if (found) return found.flatMap(({ index, text }) => mark(index, lines[index] ?? '', text));
  }
  return undefined;
}

interface Line {
  index: number;
  /** Without white space at its ends, and with one space where there was more. */
  text: string;
}

async function nearest(
  known: Line[],
  wanted: string[],
  { near, giveWay }: { near: number; giveWay: ReturnType<typeof createGiveWay> },
): Promise<Line[] | undefined> {
  let best: Line[] | undefined;
  let distance = Infinity;
  for (const [at, { index }] of known.entries()) {
    const way = giveWay();
    if (way) await way;
    if (index - near >= distance) break;
    if (near - index >= distance) continue;
    const found = matchAt(known, at, wanted);
    if (!found) continue;
    best = found;
    distance = Math.abs(index - near);
  }
  return best;
}

/** A passage may begin and end within a line. */
function matchAt(known: Line[], at: number, wanted: string[]): Line[] | undefined {
  const last = wanted.length - 1;
  const isThere = wanted.every((text, offset) => {
    const line = known[at + offset]?.text;
    if (line === undefined) return false;
    if (last === 0) return line.includes(text);
    if (offset === 0) return line.endsWith(text);
    return offset === last ? line.startsWith(text) : line === text;
  });
  return isThere ? wanted.map((text, offset) => ({ index: known[at + offset]?.index ?? 0, text })) : undefined;
}

const collapsed = (line: string) => line.replace(/\s+/g, ' ').trim();

function mark(index: number, line: string, text: string): MarkedLine[] {
  const words = text.split(' ').map(escapePattern);
  const found = new RegExp(words.join(String.raw`\s+`), 'u').exec(line);
  return found ? [{ index, start: found.index, end: found.index + found[0].length }] : [];
}
