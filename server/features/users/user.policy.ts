import type { Role } from '../../../contract/common.ts';

/** What the rules look at of the person who is changed. */
export interface UserFacts {
  id: string;
  role: Role;
  /** No other active admin is left. */
  isLastAdmin: boolean;
}

/** Why somebody may not be given this role, if so. */
export function roleRefusal(actor: { userId: string }, user: UserFacts, role: Role): string | undefined {
  if (user.id === actor.userId) return 'You cannot change your own role. Ask another admin.';
  if (user.isLastAdmin && user.role !== role) return 'The last admin cannot be demoted.';
  return undefined;
}

/** Why somebody may not be deactivated, if so. */
export function deactivationRefusal(
  actor: { userId: string },
  user: UserFacts & { banned: boolean },
): string | undefined {
  if (user.id === actor.userId) return 'You cannot deactivate yourself. Ask another admin.';
  if (user.isLastAdmin && !user.banned) return 'The last admin cannot be deactivated.';
  return undefined;
}
