import type { KnowledgeDirectory } from '../../../contract/knowledge.ts';
import type { DirectoryCounts } from './knowledge.queries.ts';

/** A directory with what is indexed of it; `counts` is undefined before the index has seen it. */
export function presentDirectory(
  path: string,
  counts: DirectoryCounts | undefined,
  { isIndexing }: { isIndexing: boolean },
): KnowledgeDirectory {
  const isReady = counts !== undefined && counts.indexed_at !== null && counts.pending === 0;
  return {
    path,
    documents: counts?.documents ?? 0,
    passages: counts?.passages ?? 0,
    pending: counts?.pending ?? 0,
    unreadable: counts?.unreadable ?? 0,
    indexedAt: counts?.indexed_at ?? null,
    state: isReady ? 'ready' : isIndexing ? 'indexing' : 'off',
  };
}
