import { createHtmlWriter, plainText, type StyledRun, writeHtml } from './styled-text.ts';

/** Telegram's limit for one message, in UTF-16 units (https://core.telegram.org/bots/api#sendmessage). */
export const maxCharacters = 4_096;

/** What is formatted beyond these in one message shows plain (https://core.telegram.org/api/entities#entity-limits). */
const maxElements = 100;

export interface MessagePart {
  html: string;
  /** The same without markup, for when Telegram refuses the markup. */
  plain: string;
  /** What the HTML was written from, so that a part of the markup can be left out. */
  runs: StyledRun[];
}

/**
 * Cuts styled text into messages of at most `limit` characters of HTML, each complete in itself: at the end of a
 * paragraph where one is near, else of a line, a sentence or a word. What is cut inside an element goes on in the same
 * element. Only white space at a cut is lost.
 */
export function splitHtml(runs: readonly StyledRun[], limit: number = maxCharacters): MessagePart[] {
  const pieces = runs.flatMap(piecesOf);
  const parts: MessagePart[] = [];
  let index = 0;
  while (index < pieces.length) {
    index = skipSpace(pieces, index);
    if (index >= pieces.length) break;
    const end = findEnd(pieces, index, limit);
    parts.push(write(trimEnd(pieces.slice(index, end))));
    index = end;
  }
  return parts;
}

/** How good it is to cut after a piece; 0: only if need be. */
type CutQuality = 0 | 1 | 2 | 3 | 4;

interface Piece extends StyledRun {
  cut: CutQuality;
}

/** Shares of the limit that a part must have before a cut of that quality is taken. */
const worthwhile: Record<CutQuality, number> = { 4: 0.5, 3: 0.6, 2: 0.7, 1: 0.3, 0: 0 };

function findEnd(pieces: Piece[], start: number, limit: number): number {
  const writer = createHtmlWriter();
  const best: Partial<Record<CutQuality, number>> = {};
  for (let index = start; index < pieces.length; index++) {
    const piece = pieces[index];
    if (!piece) break;
    // Space at the end of a part is trimmed, so it may stand over.
    const isFull = writer.lengthWith(piece) > limit || writer.elementsWith(piece) > maxElements;
    if (isFull && piece.text.trim() !== '') {
      if (index === start) return splitPiece(pieces, index, limit);
      for (const quality of [4, 3, 2, 1] as const) if (best[quality] !== undefined) return best[quality];
      return index;
    }
    writer.add(piece);
    const filled = Math.max(writer.length / limit, writer.elements / maxElements);
    if (piece.cut > 0 && filled >= worthwhile[piece.cut]) best[piece.cut] = index + 1;
  }
  return pieces.length;
}

/** A piece that is too long alone becomes two; returns the index after the first. */
function splitPiece(pieces: Piece[], index: number, limit: number): number {
  const piece = pieces[index];
  if (!piece) return index + 1;
  const characters = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(piece.text)].map(
    ({ segment }) => segment,
  );
  // One "character" of thousands of combining marks can be too long by itself.
  const units = characters.length > 1 ? characters : [...piece.text];
  let low = 1;
  let high = Math.max(1, units.length - 1);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const head = { ...piece, text: units.slice(0, middle).join('') };
    if (createHtmlWriter().lengthWith(head) <= limit) low = middle;
    else high = middle - 1;
  }
  const head = units.slice(0, low).join('');
  pieces.splice(index, 1, { ...piece, text: head, cut: 0 }, { ...piece, text: piece.text.slice(head.length) });
  return index + 1;
}

/** Words and the space between them, so that a part can end after any of them. */
function piecesOf(run: StyledRun): Piece[] {
  const texts = run.text.match(/\n+|[^\S\n]+|\S+/g) ?? [];
  return texts.map((text, index) => ({ text, tags: run.tags, cut: cutAfter(text, texts[index - 1]) }));
}

function cutAfter(text: string, before: string | undefined): CutQuality {
  if (text.startsWith('\n\n')) return 4;
  if (text.startsWith('\n')) return 3;
  if (text.trim() !== '') return 0;
  return before !== undefined && /[.!?…:;]["'”’)]?$/.test(before) ? 2 : 1;
}

/** A part does not begin with empty lines; the indentation of its first line stays. */
function skipSpace(pieces: Piece[], from: number): number {
  let index = from;
  while (index < pieces.length && pieces[index]?.text.trim() === '') index += 1;
  const indentation = pieces[index - 1];
  return index > from && index > 1 && indentation && !indentation.text.includes('\n') && isLineStart(pieces, index - 1)
    ? index - 1
    : index;
}

const isLineStart = (pieces: Piece[], index: number): boolean => pieces[index - 1]?.text.includes('\n') ?? false;

function trimEnd(pieces: Piece[]): Piece[] {
  const last = pieces.findLastIndex((piece) => piece.text.trim() !== '');
  return pieces.slice(0, last + 1);
}

function write(pieces: Piece[]): MessagePart {
  const runs: StyledRun[] = [];
  for (const { text, tags } of pieces) {
    const last = runs.at(-1);
    if (last?.tags === tags) last.text += text;
    else runs.push({ text, tags });
  }
  return { html: writeHtml(runs), plain: plainText(runs), runs };
}

/** Text as it is, cut where a line ends if one does: for what could not be formatted. */
export function plainParts(text: string, limit: number = maxCharacters): MessagePart[] {
  const parts: MessagePart[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const line = rest.length > limit ? rest.lastIndexOf('\n', limit) : rest.length;
    const end = line > limit / 2 ? line : limit - Number(/[\uD800-\uDBFF]/.test(rest[limit - 1] ?? ''));
    const runs = [{ text: rest.slice(0, end).trimEnd(), tags: [] }];
    parts.push({ html: writeHtml(runs), plain: plainText(runs), runs });
    rest = rest.slice(end).trimStart();
  }
  return parts;
}
