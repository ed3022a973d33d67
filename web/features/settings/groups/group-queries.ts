import { queryOptions } from '@tanstack/react-query';
import type { Group } from '../../../../contract/groups.ts';
import { call } from '../../../api/client.ts';

export const groupKeys = { all: ['groups'] as const, members: (id: string) => ['groups', id, 'members'] as const };

/** As people count: 2 before 10. */
const byName = (groups: Group[]) =>
  groups.toSorted((left, right) => left.name.localeCompare(right.name, undefined, { numeric: true }));

/** Needs a licence; the server answers 403 without one. */
export const groupsQuery = queryOptions({
  queryKey: groupKeys.all,
  queryFn: ({ signal }) => call('listGroups', { signal }),
  select: byName,
});

/** Never remembered: who edits the members has to begin with those of now. */
export const groupMembersQuery = (id: string) =>
  queryOptions({
    queryKey: groupKeys.members(id),
    gcTime: 0,
    queryFn: async ({ signal }) =>
      (await call('listGroupMembers', { params: { id }, signal })).map(({ userId }) => userId),
  });
