import type { Tool } from '../tool.ts';
import { createDocumentCache, type DocumentCache } from './document-cache.ts';
import { createListFilesTool } from './list-files.tool.ts';
import { createReadFileTool } from './read-file.tool.ts';

/**
 * The tools that read documents: `pinchy_ls` and `pinchy_read`.
 *
 * @param options.dataRoot the host directory behind the virtual root `/data`
 * @param options.cache what was read of documents, shared with whoever else reads them
 */
export function createFileTools(options: { dataRoot: string; cache?: DocumentCache }): Tool[] {
  const { cache = createDocumentCache() } = options;
  return [createListFilesTool(options), createReadFileTool({ ...options, cache })] as Tool[];
}
