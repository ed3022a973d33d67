import type { OwnUser, User } from '../../../contract/users.ts';
import type { ListedUser, UserRow } from './user.queries.ts';

/** As the list of people shows somebody. `lastActiveAt` is undefined for whoever never was. */
export function presentUser(user: ListedUser, lastActiveAt: Date | undefined): User {
  const { id, name, email, role, banned, groups, passwordBlocked, createdAt } = user;
  return {
    ...{ id, name, email, role, banned, groups },
    ...(passwordBlocked && { passwordBlocked }),
    createdAt: createdAt.toISOString(),
    lastActiveAt: lastActiveAt?.toISOString() ?? null,
  };
}

/** As somebody sees themselves. */
export const presentOwnUser = ({ id, name, email, role, createdAt }: UserRow): OwnUser => ({
  ...{ id, name, email, role },
  createdAt: createdAt.toISOString(),
});
