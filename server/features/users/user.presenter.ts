import type { OwnUser, User } from '../../../contract/users.ts';
import type { ListedUser, UserRow } from './user.queries.ts';

/** As the list of people shows somebody. */
export const presentUser = ({ id, name, email, role, banned, groups, passwordBlocked }: ListedUser): User => ({
  ...{ id, name, email, role, banned, groups },
  ...(passwordBlocked && { passwordBlocked }),
});

/** As somebody sees themselves. */
export const presentOwnUser = ({ id, name, email, role, createdAt }: UserRow): OwnUser => ({
  ...{ id, name, email, role },
  createdAt: createdAt.toISOString(),
});
