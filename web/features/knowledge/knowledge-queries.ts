import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../../api/client.ts';

export const documentsOfPage = 50;

export const knowledgeKeys = {
  all: ['knowledge'] as const,
  content: ['knowledge', 'content'] as const,
};

export const directoryContentQuery = (directory: string, page: number) =>
  queryOptions({
    queryKey: [...knowledgeKeys.content, directory, page],
    queryFn: ({ signal }) =>
      call('listDocuments', { query: { directory, page: String(page), limit: String(documentsOfPage) }, signal }),
    placeholderData: (before) => (before?.path === directory ? before : undefined),
  });

const restingMs = 5_000;
const indexingMs = 2_000;

/** How far each directory is indexed; asked often while something is read. */
export const knowledgeIndexQuery = queryOptions({
  queryKey: [...knowledgeKeys.all, 'index'],
  queryFn: ({ signal }) => call('listKnowledge', { signal }),
  refetchInterval: ({ state }) =>
    state.data?.directories.some(({ state: each }) => each === 'indexing') ? indexingMs : restingMs,
});

export const unreadableOfPage = 20;

export const unreadableQuery = (path: string | undefined, page: number) =>
  queryOptions({
    queryKey: [...knowledgeKeys.all, 'unreadable', path, page],
    queryFn: ({ signal }) =>
      call('listUnreadable', {
        query: { ...(path && { path }), page: String(page), limit: String(unreadableOfPage) },
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: restingMs,
  });

export const rankingQuery = queryOptions({
  queryKey: ['settings', 'knowledge'],
  queryFn: ({ signal }) => call('getKnowledgeSettings', { signal }),
});

/** By meaning: asked often while vectors are made. */
export const semanticSearchQuery = queryOptions({
  queryKey: [...knowledgeKeys.all, 'semantic search'],
  queryFn: ({ signal }) => call('getSemanticSearch', { signal }),
  refetchInterval: ({ state }) => (state.data?.state === 'embedding' ? indexingMs : restingMs),
});

export const embeddingModelsQuery = queryOptions({
  queryKey: [...knowledgeKeys.all, 'embedding models'],
  queryFn: async ({ signal }) => (await call('listEmbeddingModels', { signal })).models,
});
