import { createGiveWay } from '../../platform/give-way.ts';
import { type ToolContext, ToolError, type ToolResult } from '../tool.ts';
import type { CachedDocument, DocumentCache } from './document-cache.ts';
import { extractDocument } from './extract-document.ts';
import { describeDocument, inSection, restatedSection } from './describe-document.ts';
import { type DocumentKind, extractLimits } from './extract/document.ts';
import { createFinder } from './find-text.ts';
import { numberPassages, type ShownPart } from './number-passages.ts';
import { partOfDocument } from './placed-lines.ts';
import type { ReadRequest } from './read-input.ts';
import { createScanRecogniser, scannedRanges } from './recognise-scan.ts';
import { findResult, nameOf } from './read-text-file.ts';
import { addLine, defaultLines, emptyWindow } from './text-window.ts';
import { counted } from '../../platform/counted.ts';

/** A search through a huge PDF ends here and says where to go on, in milliseconds. */
const maxSearchLength = 40_000;
const linesPerLook = 50;

type DocumentRequest = ReadRequest & { kind: DocumentKind; cache: DocumentCache };

export async function readDocument(request: DocumentRequest): Promise<ToolResult> {
  if (!hasPages(request.kind) && (request.input.page ?? 1) > 1) {
    throw new ToolError(`${request.path} has no pages; go through it with offset and limit, or search with find.`);
  }
  if (request.input.find !== undefined) return findInPages(request, request.input.find);
  return request.kind === 'pdf' ? readPages(request) : readLinesOfDocument(request);
}

const hasPages = (kind: DocumentKind): boolean => kind === 'pdf' || kind === 'image';

/** The extracted text that holds a page: from the cache, or extracted now from the start of the page's segment. */
export async function documentAt(
  request: Pick<DocumentRequest, 'opened' | 'cache' | 'kind' | 'path'> & {
    context: Pick<ToolContext, 'userId' | 'signal'>;
  },
  page: number,
): Promise<CachedDocument> {
  const { opened, cache, kind, path, context } = request;
  const segment = Math.floor((page - 1) / extractLimits.pages) * extractLimits.pages + 1;
  const extract = async (firstPage: number) => {
    const { handle, stats } = opened;
    const job = {
      handle,
      size: stats.size,
      kind,
      firstPage,
      path,
      userId: context.userId,
      signal: context.signal,
      recogniseScans: kind === 'image',
    };
    return cache.add(stats, await extractDocument(job));
  };
  const holds = (document: CachedDocument) => page < document.firstPage + document.pages.length;
  let document = cache.find(opened.stats, [segment, page], page) ?? (await extract(segment));
  if (page > document.totalPages)
    throw new ToolError(`${path} has ${counted(document.totalPages, 'page', 'pages')}; there is no page ${page}.`);
  // A segment that ran into its time limit ends before this page.
  if (!holds(document)) document = await extract(page);
  if (!holds(document)) throw new ToolError(`Page ${page} of ${path} could not be read in time.`);
  return document;
}

async function readPages(request: DocumentRequest): Promise<ToolResult> {
  const { input, path, opened, context } = request;
  const first = input.page ?? 1;
  const parts: ShownPart[] = [];
  let document = await documentAt(request, first);
  const scans = createScanRecogniser(request, request.cache);
  const window = emptyWindow(1);
  const used = { characters: 0 };
  const limit = input.limit ?? defaultLines;
  const offset = input.offset ?? 1;
  let last = first;
  let next: { page: number; offset: number } | undefined;
  for (let page = first; page < document.firstPage + document.pages.length && !next; page += 1) {
    if (scans.isLate(document, page)) {
      next = { page, offset: 1 };
      break;
    }
    document = await scans.recognise(document, page);
    const lines = document.pages[page - document.firstPage] ?? [];
    const start = page === first ? offset : 1;
    if (start > lines.length)
      throw new ToolError(
        `Page ${page} of ${path} has ${counted(lines.length, 'line', 'lines')}; offset ${start} is beyond it.`,
      );
    const before = window.lines.length;
    const mark = `[Page ${page}${labelOf(document, page)}]${scans.remark(document, page)}${start > 1 ? ` (from line ${start})` : ''}`;
    addLine(window, mark, limit + 1, used);
    for (const line of lines.slice(start - 1)) addLine(window, line, limit, used);
    const shown = window.lines.length - before - 1;
    if (shown > 0) last = page;
    else if (window.isFull) window.lines.length = before;
    const [head, ...pageLines] = window.lines.slice(before);
    if (head !== undefined) parts.push({ head: [head], lines: pageLines, placeOf: () => `page ${page}` });
    if (window.isFull) next = { page, offset: start + Math.max(0, shown) };
  }
  const end = document.firstPage + document.pages.length;
  if (!next && end <= document.totalPages) next = { page: end, offset: 1 };
  const more = next
    ? `\n[There is more: go on with page=${next.page}${next.offset > 1 ? `, offset=${next.offset}` : ''}.]`
    : '';
  const range = `${first === last ? `page ${first}` : `pages ${first}-${last}`} of ${document.totalPages}`;
  const shownLines = await numberPassages(parts, { path: opened.virtualPath, citations: context.citations });
  return {
    text: `File: ${path} (${document.format}, ${range}${notShown(document)})\n${shownLines.join('\n')}${more}`,
    summary:
      first === last
        ? `Read page ${first} of ${document.totalPages} of ${nameOf(path)}`
        : `Read pages ${first}-${last} of ${document.totalPages} of ${nameOf(path)}`,
    audit: { path, bytes: opened.stats.size, pages: last - first + 1 },
  };
}

function labelOf(document: CachedDocument, page: number): string {
  const label = document.pageLabels?.[page - document.firstPage] ?? String(page);
  return label === String(page) || label === '' ? '' : `, labelled ${label}`;
}

function notShown({ notShown: names = [] }: CachedDocument): string {
  return names.length > 0 ? `; not shown: ${names.join(', ')}` : '';
}

async function readLinesOfDocument(request: DocumentRequest): Promise<ToolResult> {
  const { input, path, opened, context } = request;
  const document = await documentAt(request, 1);
  const lines = document.pages[0] ?? [];
  const first = input.offset ?? 1;
  if (first > lines.length)
    throw new ToolError(`${path} has ${counted(lines.length, 'line', 'lines')}; offset ${first} is beyond its end.`);
  const window = emptyWindow(first);
  const used = { characters: 0 };
  for (const line of lines.slice(first - 1, first - 1 + linesOf(input.limit)))
    addLine(window, line, linesOf(input.limit), used);
  const last = first + window.lines.length - 1;
  const more = last < lines.length ? `\n[There is more: go on with offset=${last + 1}.]` : '';
  const head = [`File: ${path} (${describeDocument(document, first, last)})`, ...restatedSection(document, first)];
  const part = { head, ...partOfDocument(document, { first, lines: window.lines }) };
  const shown = await numberPassages([part], { path: opened.virtualPath, citations: context.citations });
  return {
    text: `${shown.join('\n')}${more}`,
    summary: `Read ${counted(window.lines.length, 'line', 'lines')} of ${nameOf(path)}`,
    audit: { path, bytes: opened.stats.size, lines: window.lines.length },
  };
}

function linesOf(limit: number | undefined): number {
  return limit ?? defaultLines;
}

async function findInPages(request: DocumentRequest, text: string): Promise<ToolResult> {
  const { input, path, opened, context } = request;
  const finder = createFinder(text);
  const giveWay = createGiveWay(context.signal);
  const end = performance.now() + maxSearchLength;
  let page = input.page ?? 1;
  let totalPages = page;
  const missing = new Set<string>();
  while (page <= totalPages && !finder.isFull && performance.now() < end) {
    context.signal.throwIfAborted();
    const document = await documentAt(request, page);
    totalPages = document.totalPages;
    for (const part of notSearched(document)) missing.add(part);
    const nameOfLine = inSection(document);
    for (const lines of document.pages.slice(page - document.firstPage)) {
      const number = page;
      const first = number === (input.page ?? 1) ? (input.offset ?? 1) : 1;
      const place = (line: number) => (hasPages(request.kind) ? `page ${number}, line ${line}` : nameOfLine(line));
      for (let index = first - 1; index < lines.length && !finder.isFull; index += 1) {
        finder.addLine(lines[index] ?? '', () => place(index + 1));
        // A workbook is one page of hundreds of thousands of lines: others have their turn meanwhile.
        if (index % linesPerLook === 0) await giveWay();
      }
      if (finder.isFull) break;
      page += 1;
    }
  }
  const how = hasPages(request.kind) ? `with page=${page}` : 'with a later offset';
  const source = { path: opened.virtualPath, citations: context.citations };
  const result = await findResult(path, finder, source, how, {
    path,
    bytes: opened.stats.size,
    matches: finder.matches.length,
  });
  if (missing.size > 0 && !finder.isFull) result.text += `\n[Not searched: ${[...missing].join('; ')}.]`;
  if (page <= totalPages && !finder.isFull) {
    result.text += `\n[Searched up to page ${page - 1} of ${totalPages}: go on with page=${page}.]`;
  }
  return result;
}

/** What of a document a search cannot find. */
function notSearched(document: CachedDocument): string[] {
  const scans = scannedRanges(document);
  return [
    ...(document.leftOut ? [document.leftOut] : []),
    ...(scans
      ? [`${scans}, which are scans without text: read them with page, which recognises it, then search again`]
      : []),
    ...(document.isCut && !document.leftOut ? ['text beyond what can be held of this document'] : []),
    ...(document.leftOut ? [] : (document.notShown ?? [])),
  ];
}
