import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type { UnreadableCode } from '../../../contract/unreadable-codes.ts';
import { findProblem } from '../../tools/files/document-problem.ts';
import { OpenFailure } from '../../tools/files/open-inside.ts';
import type { DocumentKind } from '../../tools/files/extract/document.ts';
import { recogniseEncoding } from '../../tools/files/recognise-encoding.ts';
import { recogniseFile } from '../../tools/files/recognise-file.ts';
import { readLines } from '../../tools/files/text-lines.ts';
import { ToolError } from '../../tools/tool.ts';
import { type Passage, splitPassages } from '../passages/split-passages.ts';
import type { ReadingAnswer, ReadingRequest } from './messages.ts';
import { openDocument } from './open-document.ts';

/** Of one document; what lies beyond is not indexed. */
const maxCharacters = 5_000_000;
export const maxPassages = 20_000;
const sampleBytes = 64 * 1024;

export type Reading = { passages: Passage[] } | { code: UnreadableCode; reason: string } | 'later';

export type Extract = (request: Omit<ReadingRequest, 'id'>) => Promise<ReadingAnswer>;

export interface DocumentFile {
  digest: string;
  read(): Promise<Reading>;
  close(): Promise<void>;
}

/** Opens a document and hashes it; undefined when it is not there any more. */
export async function openForReading(
  dataRoot: string,
  path: string,
  extract: Extract,
): Promise<DocumentFile | { code: UnreadableCode; reason: string } | undefined> {
  try {
    const { handle, stats } = await openDocument(dataRoot, path, 'file');
    return {
      digest: await digestOf(handle),
      read: () => read(handle, stats, path, extract),
      close: () => handle.close(),
    };
  } catch (error) {
    if (!(error instanceof OpenFailure)) throw error;
    if (error.reason !== 'unreadable') return undefined;
    return { code: 'no_permission', reason: 'The server has no permission to read it: let its user read the file.' };
  }
}

async function digestOf(handle: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(1024 * 1024);
  for (let position = 0; ;) {
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, position);
    if (bytesRead === 0) return hash.digest('hex');
    hash.update(chunk.subarray(0, bytesRead));
    position += bytesRead;
  }
}

async function read(handle: FileHandle, stats: Stats, path: string, extract: Extract): Promise<Reading> {
  if (stats.size === 0) return { passages: [] };
  const sample = Buffer.alloc(Math.min(stats.size, sampleBytes));
  const { bytesRead } = await handle.read(sample, 0, sample.length, 0);
  const recognised = await recogniseFile(sample.subarray(0, bytesRead), path);
  if (recognised.reader === 'document') return readExtracted(path, recognised.kind, extract);
  if (recognised.reader === 'image') return readExtracted(path, 'image', extract);
  if (recognised.reader === 'none') return { code: recognised.code, reason: `It ${recognised.reason}.` };
  return readText(handle, stats, path, extract);
}

/** The server's process had no time for it. */
class Later extends Error {
  override name = 'Later';
}

async function readText(handle: FileHandle, stats: Stats, path: string, extract: Extract): Promise<Reading> {
  const { signal } = new AbortController();
  const lines: string[] = [];
  let characters = 0;
  try {
    const encoding = await recogniseEncoding({
      ...{ handle, stats, signal },
      async extract(bytes) {
        const answer = await extract({ path, kind: 'encoding', firstPage: 1, bytes });
        if ('later' in answer) throw new Later();
        if ('problem' in answer) throw new ToolError(answer.problem);
        return answer.result;
      },
    });
    for await (const batch of readLines(handle, encoding, signal)) {
      lines.push(...batch);
      characters += batch.reduce((sum, line) => sum + line.length + 1, 0);
      if (characters > maxCharacters) break;
    }
  } catch (error) {
    if (error instanceof Later) return 'later';
    if (error instanceof ToolError) return unreadable(error.message.trim());
    throw error;
  }
  const format = /\.(?:md|markdown|mdx)$/i.test(path) ? 'Markdown' : 'Text';
  return { passages: splitPassages({ format, pages: [lines.join('\n')], firstPage: 1 }) };
}

/** Recognising takes seconds for each page, so it is done only where there is something to recognise. */
async function extractWithScans(request: Parameters<Extract>[0], extract: Extract): Promise<ReadingAnswer> {
  const answer = request.kind === 'image' ? undefined : await extract(request);
  const isWhole = answer && !('result' in answer && answer.result.scannedPages?.length);
  return isWhole ? answer : extract({ ...request, recogniseScans: true });
}

/** A long PDF comes in several extractions. */
async function readExtracted(path: string, kind: DocumentKind, extract: Extract): Promise<Reading> {
  const passages: Passage[] = [];
  let characters = 0;
  let firstPage = 1;
  for (;;) {
    const answer = await extractWithScans({ path, kind, firstPage }, extract);
    if ('later' in answer) return 'later';
    if ('problem' in answer) return passages.length > 0 ? { passages } : unreadable(answer.problem);
    const { result } = answer;
    characters += result.pages.reduce((sum, page) => sum + page.length, 0);
    passages.push(...splitPassages(result));
    firstPage = result.firstPage + Math.max(1, result.pages.length);
    if (firstPage > result.totalPages || characters > maxCharacters || passages.length > maxPassages) break;
  }
  return passages.length > 0 ? { passages } : noText;
}

const noText: { code: UnreadableCode; reason: string } = {
  code: 'no_text',
  reason: 'There is no text in it: it may be a scan or a picture. Put a version with text beside it.',
};

function unreadable(problem: string): { code: UnreadableCode; reason: string } {
  const known = findProblem(problem);
  const sentence = `It ${problem.replace(/(?<![.\s])[.\s]+$/, '')}.`;
  return known
    ? { code: known.code, reason: `${sentence} ${known.advice}`.trim() }
    : { code: 'unreadable', reason: sentence };
}
