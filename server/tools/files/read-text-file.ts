import { createGiveWay } from '../../platform/give-way.ts';
import { ToolError, type ToolResult } from '../tool.ts';
import { csvLayout, type CsvLayout } from './csv-header.ts';
import { createFinder } from './find-text.ts';
import { extractBytes } from './extract-document.ts';
import type { ReadRequest } from './read-input.ts';
import { recogniseEncoding } from './recognise-encoding.ts';
import { encodingNote, type TextEncoding } from './text-encoding.ts';
import { sizeText } from './size-text.ts';
import { readLines } from './text-lines.ts';
import { filenameOfStored } from './upload-name.ts';
import { addLine, defaultLines, emptyWindow } from './text-window.ts';

/** Lines of larger files are not counted to the end just to say how many there are. */
const countedBytes = 32 * 1024 * 1024;

/** So many lines take a millisecond at most. */
const linesPerLook = 50;

export async function readTextFile(request: ReadRequest): Promise<ToolResult> {
  const { opened, path, context } = request;
  const { handle, stats } = opened;
  const { userId, signal } = context;
  const encoding = await recogniseEncoding({
    ...{ handle, stats, signal },
    extract: (bytes) => extractBytes({ kind: 'encoding', bytes, firstPage: 1, path, userId, signal }),
  });
  return request.input.find === undefined
    ? readWindow(request, encoding)
    : findLines(request, encoding, request.input.find);
}

async function readWindow({ opened, input, context, path }: ReadRequest, encoding: TextEncoding): Promise<ToolResult> {
  const { size } = opened.stats;
  const first = input.offset ?? 1;
  const limit = input.limit ?? defaultLines;
  const window = emptyWindow(first);
  const used = { characters: 0 };
  let number = 0;
  let isComplete = true;
  let layout: CsvLayout | undefined;
  for await (const lines of readLines(opened.handle, encoding, context.signal)) {
    if (number === 0) layout = csvLayout(path, lines);
    // Whole batches before the window are only counted.
    if (number + lines.length >= first && !window.isFull) {
      for (const line of lines.slice(Math.max(0, first - 1 - number))) addLine(window, line, limit, used);
    }
    number += lines.length;
    if (window.isFull && size > countedBytes) {
      isComplete = false;
      break;
    }
  }
  if (isComplete && first > Math.max(number, 1))
    throw new ToolError(`${path} has ${number} lines; offset ${first} is beyond its end.`);
  const last = first + window.lines.length - 1;
  const total = isComplete ? ` of ${number}` : `; the file has ${sizeText(size)} and was not read to its end`;
  const range = number === 0 ? 'empty' : `lines ${first}-${last}${total}`;
  const more = !isComplete || last < number ? `\n[There is more: go on with offset=${last + 1}.]` : '';
  const kind = layout ? `${layout.description}; ` : '';
  const header = layout && layout.headerLine < first ? `${layout.header} (header, line ${layout.headerLine})\n` : '';
  return {
    text: `File: ${path} (${kind}${range}${encodingNote(encoding)})\n${header}${window.lines.join('\n')}${more}`,
    summary: `Read ${counted(window.lines.length, 'line', 'lines')} of ${nameOf(path)}`,
    audit: { path, bytes: size, lines: window.lines.length },
  };
}

async function findLines(
  { opened, input, context, path }: ReadRequest,
  encoding: TextEncoding,
  text: string,
): Promise<ToolResult> {
  const first = input.offset ?? 1;
  const finder = createFinder(text);
  const giveWay = createGiveWay(context.signal);
  let number = 0;
  let layout: CsvLayout | undefined;
  for await (const lines of readLines(opened.handle, encoding, context.signal)) {
    if (number === 0) layout = csvLayout(path, lines);
    for (const line of lines) {
      number += 1;
      const place = String(number);
      if (number >= first) finder.look(line, () => place);
      if (number % linesPerLook === 0) await giveWay();
    }
    if (finder.isFull) break;
  }
  if (layout && finder.matches.length > 0)
    finder.matches[0] = `${layout.header} (header, line ${layout.headerLine})\n${finder.matches[0]}`;
  const result = findResult(path, finder, 'with a later offset', {
    path,
    bytes: opened.stats.size,
    matches: finder.matches.length,
  });
  // A letter that is read wrongly is not found.
  const isSure = !encoding.isUncertain && encoding.badBytes === 0;
  const note = isSure ? '' : encodingNote(encoding);
  return note === '' ? result : { ...result, text: `${result.text}\n[${note.slice(2)}.]` };
}

export function findResult(
  path: string,
  finder: ReturnType<typeof createFinder>,
  how: string,
  audit: Record<string, unknown>,
): ToolResult {
  const { matches, isFull } = finder;
  const count =
    matches.length === 0 ? 'no line contains it' : `${isFull ? 'first ' : ''}matching lines: ${matches.length}`;
  const more = isFull ? `\n[There are more matches: search again ${how}.]` : '';
  return {
    text: [`File: ${path} (search: ${count})`, ...matches].join('\n') + more,
    summary: `Searched ${nameOf(path)}: ${counted(matches.length, 'match', 'matches')}`,
    audit,
  };
}

/** As the person knows the file: uploads are stored under an id as well. */
export function nameOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return /^\/?uploads\//.test(path) ? (filenameOfStored(name) ?? name) : name;
}

/** `1 entry`, `2 entries`. */
export const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;
