import { type ToolContext, ToolError } from '../tool.ts';
import type { CachedDocument, DocumentCache } from './document-cache.ts';
import { DocumentGone, extractDocument } from './extract-document.ts';
import type { RecognisedPage } from './extract/document.ts';
import type { ReadRequest } from './read-input.ts';

/** After so many milliseconds no further scan is begun: the rest is for the next call. */
const maxRecognition = 20_000;
/** Percent: beneath it, a reader is told to distrust the text. */
const poorConfidence = 75;
const maxRanges = 12;

/** Recognises the scans among the pages that one answer shows, each as it is reached. */
export function createScanRecogniser(
  { opened, path, context }: Pick<ReadRequest, 'opened' | 'path'> & { context: Pick<ToolContext, 'userId' | 'signal'> },
  cache: DocumentCache,
) {
  const end = performance.now() + maxRecognition;
  let problem: string | undefined;

  return {
    /** Whether this page has to wait for the next call. */
    isLate: (document: CachedDocument, page: number) => isScan(document, page) && performance.now() > end,
    /** The document with the text of this page, and of those after it for which there was time. */
    async recognise(document: CachedDocument, page: number): Promise<CachedDocument> {
      if (!isScan(document, page) || problem !== undefined) return document;
      const { handle, stats } = opened;
      const { userId, signal } = context;
      const job = { handle, size: stats.size, kind: 'pdf', firstPage: page, path, userId, signal } as const;
      try {
        return cache.addRecognised(stats, document, await extractDocument({ ...job, recogniseScans: true }));
      } catch (error) {
        // What is not there any more is not shown from what was read of it before.
        if (!(error instanceof ToolError) || error instanceof DocumentGone) throw error;
        problem = error.message;
        return document;
      }
    },
    /** What stands behind the number of a page: how its text came about. */
    remark(document: CachedDocument, page: number): string {
      const found = document.recognised?.find((recognised) => recognised.page === page);
      if (found) return ` (${confidenceOf(found)})`;
      return problem !== undefined && isScan(document, page) ? ` (a scan that was not recognised: ${problem})` : '';
    },
  };
}

function isScan(document: CachedDocument, page: number): boolean {
  return document.scannedPages?.includes(page) === true;
}

export function confidenceOf({ confidence }: RecognisedPage): string {
  const percent = `${Math.round(confidence)} %`;
  if (confidence >= poorConfidence) return `text recognised in a picture, confidence ${percent}`;
  return `text recognised in a picture, with a poor confidence of ${percent}: letters and figures may be wrong`;
}

/** "pages 2-5, 9": what a search did not look at, since it is not text yet. */
export function scannedRanges(document: CachedDocument): string | undefined {
  const pages = document.scannedPages ?? [];
  const ranges: [first: number, last: number][] = [];
  for (const page of pages) {
    const range = ranges.at(-1);
    if (range && page === range[1] + 1) range[1] = page;
    else ranges.push([page, page]);
  }
  if (ranges.length === 0) return undefined;
  const named = ranges.slice(0, maxRanges).map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`));
  const more = ranges.length > named.length ? ' and more' : '';
  return `${pages.length === 1 ? 'page' : 'pages'} ${named.join(', ')}${more}`;
}
