import type { FileHandle } from 'node:fs/promises';
import { decoderOf } from './extract/text/text-decoder.ts';
import type { TextEncoding } from './text-encoding.ts';

/** Longer lines are broken up, so that a file without line ends can be paged through like any other. */
export const maxLineLength = 4000;

const chunkBytes = 1024 * 1024;

/**
 * The lines of a text file in batches, in bounded memory whatever the size of the file. Line ends (\n, \r\n, \r) are removed; a line
 * end at the file's end begins no further line. Throws the signal's reason when aborted.
 */
export async function* readLines(
  handle: FileHandle,
  encoding: TextEncoding,
  signal: AbortSignal,
): AsyncGenerator<string[]> {
  const decoder = decoderOf(encoding.label);
  const chunk = Buffer.alloc(chunkBytes);
  let position = encoding.markBytes;
  let rest = '';
  for (;;) {
    signal.throwIfAborted();
    const { bytesRead } = await handle.read(chunk, 0, chunkBytes, position);
    if (bytesRead === 0) break;
    position += bytesRead;
    const text = withoutOldEnds(rest + decoder.write(chunk.subarray(0, bytesRead)));
    const end = text.lastIndexOf('\n') + 1;
    const whole = end > 0 ? linesOf(text.slice(0, end)) : [];
    const open = end > 0 ? text.slice(end) : text;
    // An endless last line is handed out as well, but for one piece that may still grow.
    const cut = open.length > maxLineLength ? open.length - (open.length % maxLineLength || maxLineLength) : 0;
    rest = open.slice(cut);
    if (cut > 0) whole.push(...brokenUp(open.slice(0, cut)));
    if (whole.length > 0) yield whole;
  }
  rest += decoder.end();
  if (rest !== '') yield linesOf(rest);
}

/** Old programs end lines with \r alone. At the end of a text, what follows decides. */
const withoutOldEnds = (text: string): string => (text.includes('\r') ? text.replace(/\r(?!\n|$)/g, '\n') : text);

/** The lines of a text in memory, by the same rules. */
export function linesOf(text: string): string[] {
  const lines = withoutOldEnds(text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
  const needsWork = text.includes('\r') || lines.some((line) => line.length > maxLineLength);
  return needsWork ? lines.flatMap((line) => brokenUp(line.endsWith('\r') ? line.slice(0, -1) : line)) : lines;
}

function brokenUp(line: string): string[] {
  if (line.length <= maxLineLength) return [line];
  const pieces: string[] = [];
  for (let start = 0; start < line.length; start += maxLineLength)
    pieces.push(line.slice(start, start + maxLineLength));
  return pieces;
}
