import { nameOfDocument } from '../../../contract/cited-names.ts';
import type { Source } from '../../../contract/socket.ts';
import type { OpenedSource } from '../../../contract/sources.ts';
import type { DocumentText } from '../../tools/files/document-text.ts';
import { locatePassage } from '../../tools/files/locate-passage.ts';

/** What is sent around a passage. */
const linesBefore = 400;
const linesAfter = 1_200;
const maxCharacters = 400_000;

/** The passage that an answer cites in the text of its document as it is now. */
export async function presentSource(source: Source, text: DocumentText, signal: AbortSignal): Promise<OpenedSource> {
  const { number, path, place } = source;
  const { lines, page, totalPages, kind, isCut } = text;
  const near = page === null ? Number(/\bline (\d+)/.exec(place)?.[1] ?? 1) - 1 : 0;
  const found = await locatePassage(lines, source.text, { near, signal });
  const from = found?.[0]?.index ?? Math.min(near, Math.max(0, lines.length - 1));
  const first = Math.max(0, from - linesBefore);
  const sent = withinLimit(lines.slice(first, from + linesAfter), from - first);
  return {
    ...{ number, path, filename: nameOfDocument(path), place, kind, page, totalPages },
    // Where the text of a page could not be had, nobody knows.
    changed: found === undefined && source.text !== '',
    firstLine: first + sent.dropped + 1,
    totalLines: isCut ? null : lines.length,
    lines: sent.lines,
    marks: (found ?? [])
      .map(({ index, start, end }) => ({ line: index + 1, start, end }))
      .filter(({ line }) => line <= first + sent.dropped + sent.lines.length),
  };
}

/** Long lines: what lies far before the passage goes first, then what lies behind. */
function withinLimit(lines: string[], from: number): { lines: string[]; dropped: number } {
  let dropped = 0;
  let characters = lines.reduce((sum, line) => sum + line.length + 1, 0);
  while (characters > maxCharacters && dropped < from) {
    characters -= (lines[dropped]?.length ?? 0) + 1;
    dropped += 1;
  }
  const kept = lines.slice(dropped);
  while (characters > maxCharacters && kept.length > 1) characters -= (kept.pop()?.length ?? 0) + 1;
  return { lines: kept, dropped };
}
