import { queryOptions, useQuery } from '@tanstack/react-query';
import { useRouteContext } from '@tanstack/react-router';
import type { OwnUser } from '../../../contract/users.ts';
import { hasSession } from '../../api/auth.ts';
import { call } from '../../api/client.ts';

export const sessionKeys = {
  setupStatus: ['setup-status'] as const,
  me: ['me'] as const,
  /** True when the page came to somebody whose session had ended. */
  ended: ['session-ended'] as const,
};

export const setupStatusQuery = queryOptions({
  queryKey: sessionKeys.setupStatus,
  queryFn: ({ signal }) => call('setupStatus', { signal }),
  staleTime: 60_000,
});

/** The signed-in person, or null. */
export const meQuery = queryOptions({
  queryKey: sessionKeys.me,
  queryFn: async ({ signal }): Promise<OwnUser | null> =>
    (await hasSession(signal)) ? call('getMe', { signal }) : null,
  staleTime: 60_000,
});

/**
 * The signed-in person; only for pages inside the shell. Whoever has just been signed out still counts until the
 * sign-in page has taken the page's place.
 */
export function useMe(): OwnUser {
  const { data } = useQuery(meQuery);
  const { me } = useRouteContext({ from: '/shell' });
  return data ?? me;
}

export function useIsAdmin(): boolean {
  return useMe().role === 'admin';
}
