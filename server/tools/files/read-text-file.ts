import { ToolError, type ToolResult } from '../tool.ts';
import { createFinder } from './find-text.ts';
import type { ReadRequest } from './read-input.ts';
import type { TextEncoding } from './text-encoding.ts';
import { readLines } from './text-lines.ts';
import { addLine, defaultLines, emptyWindow } from './text-window.ts';

/** Lines of larger files are not counted to the end just to say how many there are. */
const countedBytes = 32 * 1024 * 1024;

export async function readTextFile(request: ReadRequest, encoding: TextEncoding): Promise<ToolResult> {
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
  for await (const lines of readLines(opened.handle, encoding, context.signal)) {
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
  return {
    text: `File: ${path} (${range})\n${window.lines.join('\n')}${more}`,
    summary: `Read ${window.lines.length} lines of ${nameOf(path)}`,
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
  let number = 0;
  for await (const lines of readLines(opened.handle, encoding, context.signal)) {
    for (const line of lines) {
      number += 1;
      const place = String(number);
      if (number >= first) finder.look(line, () => place);
    }
    if (finder.isFull) break;
  }
  return findResult(path, finder, 'with a later offset', {
    path,
    bytes: opened.stats.size,
    matches: finder.matches.length,
  });
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
    summary: `Searched ${nameOf(path)}: ${matches.length} ${matches.length === 1 ? 'match' : 'matches'}`,
    audit,
  };
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 2 ** 20 ? `${(bytes / 1024).toFixed(1)} kB` : `${(bytes / 2 ** 20).toFixed(1)} MB`;
}
