import { queryOptions } from '@tanstack/react-query';
import { call } from '../../../api/client.ts';

export const userKeys = {
  all: ['users'] as const,
  invites: ['invites'] as const,
  access: (id: string) => ['user-access', id] as const,
};

export const usersQuery = queryOptions({
  queryKey: userKeys.all,
  queryFn: async ({ signal }) => (await call('listUsers', { signal })).users,
});

export const invitesQuery = queryOptions({
  queryKey: userKeys.invites,
  queryFn: ({ signal }) => call('listInvites', { signal }),
});
