import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/client.ts';

export const chatKeys = {
  all: ['chats'] as const,
  ofAgent: (agentId: string) => ['chats', agentId] as const,
  list: (agentId: string, query: string, archived: boolean) => ['chats', agentId, 'list', query, archived] as const,
};

/** A search finds those in the archive too. */
export const conversationsQuery = (agentId: string, query = '', archived = false) =>
  queryOptions({
    queryKey: chatKeys.list(agentId, query, archived),
    queryFn: ({ signal }) => {
      const list = archived ? { archived: 'true' as const } : {};
      return call('listConversations', { params: { agentId }, query: query ? { q: query } : list, signal });
    },
  });

export const foundConversationsQuery = (query: string) =>
  queryOptions({
    queryKey: [...chatKeys.all, 'search', query] as const,
    queryFn: async ({ signal }) => (await call('searchConversations', { query: { q: query }, signal })).conversations,
    enabled: query !== '',
  });

export interface ToolCallAddress {
  agentId: string;
  messageId: string;
  toolCallId: string;
}

/** What a call that is over gave never changes. */
export const toolOutputQuery = (params: ToolCallAddress) =>
  queryOptions({
    queryKey: ['tool-output', params.agentId, params.messageId, params.toolCallId] as const,
    queryFn: ({ signal }) => call('getToolOutput', { params, signal }),
    staleTime: Infinity,
  });
