import { ToolError, type Tool, type ToolResult } from '../tool.ts';
import type { DocumentCache } from './document-cache.ts';
import { openPlace } from './open-place.ts';
import { readDocument } from './read-document.ts';
import { readInput, type ReadInput, type ReadRequest } from './read-input.ts';
import { readPicture } from './read-picture.ts';
import { readTextFile } from './read-text-file.ts';
import { recogniseFile } from './recognise-file.ts';
import { denyOnly, locate, rootsOf, shown } from './virtual-path.ts';

const sampleBytes = 64 * 1024;

export function createReadFileTool({ dataRoot, cache }: { dataRoot: string; cache: DocumentCache }): Tool<ReadInput> {
  return {
    id: 'pinchy_read',
    title: 'Read file',
    description:
      'Reads a file: text, Markdown, CSV, JSON, source code, PDF, Office and OpenDocument files, mail with its attachments, web pages, ' +
      'e-books and calendars as text, and images; text in scans and images is recognised. Paths begin with ' +
      '/data/ (documents of the organisation), /workspace/uploads/ (files this person sent in the chat) or /workspace/workbench/. ' +
      'The first line of the result names the file and the part shown; quote it when you cite. Long files come in parts: go on as the ' +
      'last line says. Use find to look for words in a long file. List directories with pinchy_ls.',
    category: 'safe',
    integration: null,
    input: readInput,
    timeLimit: 60_000,
    resultLimit: 60_000,
    checkScope(input, context) {
      denyOnly(() => locate(input.path, rootsOf(context, dataRoot)));
    },
    async execute(input, context) {
      const roots = rootsOf(context, dataRoot);
      const place = locate(input.path, roots);
      if (place.kind === 'above')
        throw new ToolError(`${shown(place.virtualPath)} is a directory. List it with pinchy_ls.`);
      const opened = await openPlace(place, roots, 'file');
      try {
        return await readOpened({ opened, input, context, path: shown(opened.virtualPath) }, cache);
      } finally {
        await opened.handle.close();
      }
    },
    auditInput: ({ path, offset, limit, page, find }) => ({
      path: shown(path),
      ...(offset !== undefined && { offset }),
      ...(limit !== undefined && { limit }),
      ...(page !== undefined && { page }),
      ...(find !== undefined && { search: true }),
    }),
  };
}

/** Decides by content how a file is read; names and endings can lie. */
async function readOpened(request: ReadRequest, cache: DocumentCache): Promise<ToolResult> {
  const { opened, path, input } = request;
  const { size } = opened.stats;
  const sample = Buffer.alloc(Math.min(size, sampleBytes));
  const { bytesRead } = await opened.handle.read(sample, 0, sample.length, 0);
  const bytes = sample.subarray(0, bytesRead);
  const recognised = await recogniseFile(bytes, path);
  if (recognised.reader === 'none') throw new ToolError(`${path} ${recognised.reason}.`);
  if (recognised.reader === 'image' && input.find === undefined) {
    return readPicture({ ...request, mediaType: recognised.mediaType, cache });
  }
  if (recognised.reader === 'image') return readDocument({ ...request, kind: 'image', cache });
  if (recognised.reader === 'document') return readDocument({ ...request, kind: recognised.kind, cache });
  if (input.page !== undefined && input.page > 1) throw new ToolError(`${path} has no pages; use offset and limit.`);
  return readTextFile(request);
}
