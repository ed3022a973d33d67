import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/client.ts';

export const agentKeys = {
  all: ['agents'] as const,
  one: (id: string) => ['agents', id] as const,
  file: (id: string, name: string) => ['agents', id, 'files', name] as const,
  versions: (id: string) => ['agents', id, 'versions'] as const,
  use: ['agents', 'use'] as const,
  templates: ['templates'] as const,
  tools: ['tools'] as const,
  directories: ['data-directories'] as const,
  models: ['models'] as const,
};

export const agentsQuery = queryOptions({
  queryKey: agentKeys.all,
  queryFn: ({ signal }) => call('listAgents', { signal }),
});

export const agentUseQuery = queryOptions({
  queryKey: agentKeys.use,
  queryFn: async ({ signal }) => (await call('listAgentUse', { signal })).agents,
});

export const agentQuery = (id: string) =>
  queryOptions({ queryKey: agentKeys.one(id), queryFn: ({ signal }) => call('getAgent', { params: { id }, signal }) });

export const agentAboutQuery = (id: string) =>
  queryOptions({
    queryKey: [...agentKeys.one(id), 'about'],
    queryFn: ({ signal }) => call('getAgentAbout', { params: { id }, signal }),
  });

export const agentFileQuery = (id: string, name: 'SOUL.md' | 'AGENTS.md') =>
  queryOptions({
    queryKey: agentKeys.file(id, name),
    queryFn: ({ signal }) => call('getAgentFile', { params: { id, name }, signal }),
  });

export const versionsOfPage = 20;

export const versionsQuery = (id: string, page: number) =>
  queryOptions({
    queryKey: [...agentKeys.versions(id), page],
    queryFn: ({ signal }) =>
      call('listAgentVersions', {
        params: { id },
        query: { page: String(page), limit: String(versionsOfPage) },
        signal,
      }),
  });

export const templatesQuery = queryOptions({
  queryKey: agentKeys.templates,
  queryFn: async ({ signal }) => (await call('listTemplates', { signal })).templates,
});

export const toolsQuery = queryOptions({
  queryKey: agentKeys.tools,
  queryFn: async ({ signal }) => (await call('listTools', { signal })).tools,
});

export const directoriesQuery = queryOptions({
  queryKey: agentKeys.directories,
  queryFn: async ({ signal }) => (await call('listDataDirectories', { signal })).directories,
});

export const subdirectoriesQuery = (path: string) =>
  queryOptions({
    queryKey: [...agentKeys.directories, path],
    queryFn: async ({ signal }) => (await call('listDataDirectories', { query: { path }, signal })).directories,
  });

export const modelsQuery = queryOptions({
  queryKey: agentKeys.models,
  queryFn: async ({ signal }) => (await call('listModels', { signal })).models,
  staleTime: 60_000,
});
