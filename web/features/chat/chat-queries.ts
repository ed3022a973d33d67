import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/client.ts';

export const chatKeys = {
  all: ['chats'] as const,
  ofAgent: (agentId: string) => ['chats', agentId] as const,
  list: (agentId: string, query: string) => ['chats', agentId, 'list', query] as const,
};

export const conversationsQuery = (agentId: string, query = '') =>
  queryOptions({
    queryKey: chatKeys.list(agentId, query),
    queryFn: ({ signal }) =>
      call('listConversations', { params: { agentId }, query: query ? { q: query } : {}, signal }),
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
