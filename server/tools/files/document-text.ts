import { personKey } from '../../http/asker.ts';
import { createFairQueue } from '../../platform/fair-queue.ts';
import type { ToolContext } from '../tool.ts';
import { ToolError } from '../tool.ts';
import type { DocumentCache } from './document-cache.ts';
import type { DocumentKind } from './extract/document.ts';
import { DocumentGone } from './extract-document.ts';
import type { OpenedPlace } from './open-place.ts';
import { documentAt } from './read-document.ts';
import { createScanRecogniser } from './recognise-scan.ts';
import { encodingOf } from './read-text-file.ts';
import { recogniseFile } from './recognise-file.ts';
import type { TextEncoding } from './text-encoding.ts';
import { readLines } from './text-lines.ts';

const sampleBytes = 64 * 1024;
/** Lines beyond are counted no more. */
const maxLines = 400_000;
const maxBytes = 32 * 1024 * 1024;

/** A text of 25 MiB takes tens of megabytes of memory, and tenths of a second of the thread that serves everybody. */
export const textQueue = createFairQueue({
  name: 'texts',
  running: 2,
  runningPerKey: 1,
  waitingPerKey: 100,
  waiting: 1_000,
  refusal: 'Too many files of yours are being read already. Wait a moment, then try again.',
});

/** The text that people see beside a passage: of one page, or all of a document that has none. */
export interface DocumentText {
  kind: 'pages' | 'picture' | 'text';
  page: number | null;
  totalPages: number;
  lines: string[];
  /** There are more lines than these. */
  isCut: boolean;
}

interface TextRequest {
  opened: OpenedPlace;
  /** The virtual path, fit for messages. */
  path: string;
  /** Of what has pages; one that is not there any more gives the last. */
  page: number;
  context: Pick<ToolContext, 'userId' | 'signal'>;
  cache: DocumentCache;
}

/**
 * Reads a document as `pinchy_read` does, and has its text presented, which takes turns by person.
 * @throws ToolError with the reason when it cannot be read
 */
export async function readDocumentText<Presented>(
  request: TextRequest,
  present: (text: DocumentText) => Presented | Promise<Presented>,
): Promise<Presented> {
  const { opened, path, context } = request;
  const turn = { key: personKey(context.userId), signal: context.signal };
  const sample = Buffer.alloc(Math.min(opened.stats.size, sampleBytes));
  const { bytesRead } = await opened.handle.read(sample, 0, sample.length, 0);
  const recognised = await recogniseFile(sample.subarray(0, bytesRead), path);
  if (recognised.reader === 'none') throw new ToolError(`${path} ${recognised.reason}.`);
  if (recognised.reader === 'image' || recognised.reader === 'document') {
    // Its text comes from a process, which has turns of its own.
    const text = await readExtracted(request, recognised.reader === 'image' ? 'image' : recognised.kind);
    return textQueue.run(turn, async () => present(text));
  }
  const encoding = await encodingOf(request);
  return textQueue.run(turn, async () => present(await readLinesOfText(opened, encoding, context.signal)));
}

async function readExtracted(request: TextRequest, kind: DocumentKind | 'image'): Promise<DocumentText> {
  if (kind === 'image' || kind === 'pdf') return readPage({ ...request, kind });
  const document = await documentAt({ ...request, kind }, 1);
  return { kind: 'text', page: null, totalPages: 1, lines: document.pages[0] ?? [], isCut: document.isCut };
}

async function readPage(request: TextRequest & { kind: 'pdf' | 'image' }): Promise<DocumentText> {
  const { kind, cache } = request;
  const page = request.page;
  const first = await documentAt(request, page).catch((error: unknown) => {
    // The document may have fewer pages now.
    if (page === 1 || !(error instanceof ToolError) || error instanceof DocumentGone) throw error;
    return undefined;
  });
  if (!first) return { ...(await readPage({ ...request, page: 1 })), lines: [], page: 1 };
  const document = kind === 'pdf' ? await createScanRecogniser(request, cache).recognise(first, page) : first;
  const lines = document.pages[page - document.firstPage] ?? [];
  return { kind: kind === 'pdf' ? 'pages' : 'picture', page, totalPages: document.totalPages, lines, isCut: false };
}

async function readLinesOfText(
  opened: OpenedPlace,
  encoding: TextEncoding,
  signal: AbortSignal,
): Promise<DocumentText> {
  const lines: string[] = [];
  let characters = 0;
  let isCut = false;
  for await (const batch of readLines(opened.handle, encoding, signal)) {
    for (const line of batch) lines.push(line);
    characters += batch.reduce((sum, line) => sum + line.length, 0);
    isCut = lines.length > maxLines || characters > maxBytes;
    if (isCut) break;
  }
  return { kind: 'text', page: null, totalPages: 1, lines, isCut };
}
