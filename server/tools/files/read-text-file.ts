import { createGiveWay } from '../../platform/give-way.ts';
import { withoutForeignNumbers } from '../citations/foreign-numbers.ts';
import { type Citations, type ToolContext, ToolError, type ToolResult } from '../tool.ts';
import { csvLayout, type CsvLayout } from './csv-header.ts';
import { numberPassages } from './number-passages.ts';
import { createFinder } from './find-text.ts';
import { extractBytes } from './extract-document.ts';
import type { ReadRequest } from './read-input.ts';
import { recogniseEncoding } from './recognise-encoding.ts';
import { encodingNote, type TextEncoding } from './text-encoding.ts';
import { sizeText } from './size-text.ts';
import { readLines } from './text-lines.ts';
import { filenameOfStored } from './upload-name.ts';
import { addLine, defaultLines, emptyWindow } from './text-window.ts';
import { counted } from '../../platform/counted.ts';

/** Lines of larger files are not counted to the end just to say how many there are. */
const countedBytes = 32 * 1024 * 1024;

/** So many lines take a millisecond at most. */
const linesPerLook = 50;

export async function readTextFile(request: ReadRequest): Promise<ToolResult> {
  const encoding = await encodingOf(request);
  return request.input.find === undefined
    ? readWindow(request, encoding)
    : findLines(request, encoding, request.input.find);
}

/** How a text file is written; what is hard to tell is asked of a worker. */
export function encodingOf(
  request: Pick<ReadRequest, 'opened' | 'path'> & { context: Pick<ToolContext, 'userId' | 'signal'> },
): Promise<TextEncoding> {
  const { opened, path, context } = request;
  const { userId, signal } = context;
  return recogniseEncoding({
    ...{ handle: opened.handle, stats: opened.stats, signal },
    extract: (bytes) => extractBytes({ kind: 'encoding', bytes, firstPage: 1, path, userId, signal }),
  });
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
    throw new ToolError(`${path} has ${counted(number, 'line', 'lines')}; offset ${first} is beyond its end.`);
  const last = first + window.lines.length - 1;
  const total = isComplete ? ` of ${number}` : `; the file has ${sizeText(size)} and was not read to its end`;
  const range = number === 0 ? 'empty' : `lines ${first}-${last}${total}`;
  const more = !isComplete || last < number ? `\n[There is more: go on with offset=${last + 1}.]` : '';
  const kind = layout ? `${layout.description}; ` : '';
  const head = `File: ${path} (${kind}${range}${encodingNote(encoding)})`;
  const header = layout && layout.headerLine < first ? [`${layout.header} (header, line ${layout.headerLine})`] : [];
  const part = {
    head: [head, ...header],
    lines: window.lines,
    placeOf: (index: number) => `line ${first + index}`,
    beginsAt: (index: number) => (isHeading(path, window.lines[index]) ? ('heading' as const) : undefined),
    headerAt: () => layout?.header,
  };
  const lines = await numberPassages([part], { path: opened.virtualPath, citations: context.citations });
  return {
    text: `${lines.join('\n')}${more}`,
    summary: `Read ${counted(window.lines.length, 'line', 'lines')} of ${nameOf(path)}`,
    audit: { path, bytes: size, lines: window.lines.length },
  };
}

const isHeading = (path: string, line = '') => /\.(?:md|markdown|mdx)$/i.test(path) && /^#{1,6}\s/.test(line);

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
      if (number >= first) finder.addLine(line, () => place);
      if (number % linesPerLook === 0) await giveWay();
    }
    if (finder.isFull) break;
  }
  if (layout && finder.matches.length > 0)
    finder.matches[0] = `${layout.header} (header, line ${layout.headerLine})\n${finder.matches[0]}`;
  const source = { path: opened.virtualPath, citations: context.citations };
  const result = await findResult(path, finder, source, 'with a later offset', {
    path,
    bytes: opened.stats.size,
    matches: finder.matches.length,
  });
  // A letter that is read wrongly is not found.
  const isSure = !encoding.isUncertain && encoding.badBytes === 0;
  const note = isSure ? '' : encodingNote(encoding);
  return note === '' ? result : { ...result, text: `${result.text}\n[${note.slice(2)}.]` };
}

export async function findResult(
  path: string,
  finder: ReturnType<typeof createFinder>,
  source: { path: string; citations: Citations | undefined },
  how: string,
  audit: Record<string, unknown>,
): Promise<ToolResult> {
  const { matches: found, isFull } = finder;
  const numbers = await Promise.all(
    finder.passages.map((passage) => source.citations?.number({ path: source.path, ...passage })),
  );
  const matches = found.map((match, index) =>
    numbers[index] === undefined ? match : `[${numbers[index]}] ${withoutForeignNumbers(match, source.path)}`,
  );
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
