import { queryOptions } from '@tanstack/react-query';
import { call, urlOf } from '../../../api/client.ts';
import type { WantedSource } from './source-context.tsx';

const paramsOf = ({ agentId, messageId, source }: WantedSource) => ({
  agentId,
  messageId,
  number: String(source.number),
});

/** Asked for at each opening: the document, or what the agent may read, may have changed. */
export const openedSourceQuery = (wanted: WantedSource) => {
  const params = paramsOf(wanted);
  return queryOptions({
    queryKey: ['source', params.agentId, params.messageId, params.number] as const,
    queryFn: ({ signal }) => call('openSource', { params, signal }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
};

export const sourceFileUrl = (wanted: WantedSource): string => urlOf('getSourceFile', { params: paramsOf(wanted) });
