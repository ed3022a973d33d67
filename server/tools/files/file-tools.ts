import type { Tool } from '../tool.ts';
import { createDocumentCache } from './document-cache.ts';
import { createListFilesTool } from './list-files.tool.ts';
import { createReadFileTool } from './read-file.tool.ts';

/**
 * The tools that read documents: `pinchy_ls` and `pinchy_read`.
 *
 * @param options.dataRoot the host directory behind the virtual root `/data`
 */
export function createFileTools(options: { dataRoot: string }): Tool[] {
  const cache = createDocumentCache();
  return [createListFilesTool(options), createReadFileTool({ ...options, cache })] as Tool[];
}
