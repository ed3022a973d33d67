import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import { sharedWithMeKey } from './shared-with-me-key.ts';

/** Whether an admin allows to share conversations. */
export const sharingQuery = queryOptions({
  queryKey: ['sharing'],
  queryFn: ({ signal }) => call('getSharing', { signal }),
});

export const shareQuery = (chat: { agentId: string; chatId: string }) =>
  queryOptions({
    queryKey: ['share', chat.chatId],
    queryFn: ({ signal }) => call('getShare', { params: chat, signal }),
  });

/** Whom a conversation with this agent may be shared with, by name. */
export const readersQuery = (agentId: string, q: string) =>
  queryOptions({
    queryKey: ['share-readers', agentId, q],
    queryFn: ({ signal }) => call('findShareReaders', { params: { agentId }, query: { q }, signal }),
    placeholderData: keepPreviousData,
  });

/** What was said, page by page. Never remembered: who may read it is asked each time. */
export const sharedQuery = (shareId: string) =>
  infiniteQueryOptions({
    queryKey: ['shared-conversation', shareId],
    gcTime: 0,
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) =>
      call('readShare', { params: { shareId }, query: { offset: String(pageParam) }, signal }),
    getNextPageParam: ({ total }, _pages, offset) => {
      const next = offset + 50;
      return next < total ? next : undefined;
    },
  });

/** A few of what others share with the person, then more of them. */
export const sharedWithMeQuery = infiniteQueryOptions({
  queryKey: sharedWithMeKey,
  initialPageParam: 0,
  queryFn: ({ pageParam, signal }) =>
    call('listShares', { query: { offset: String(pageParam), limit: pageParam === 0 ? '5' : '50' }, signal }),
  getNextPageParam: ({ total }, pages) => {
    const listed = pages.reduce((sum, { shares }) => sum + shares.length, 0);
    return listed < total ? listed : undefined;
  },
});
