import type { Invite } from '../../../contract/users.ts';
import { inviteStatus } from './invite.policy.ts';
import type { InviteRow } from './invite.queries.ts';
import type { GroupReference } from './user.queries.ts';

/** Without its token, which is said once, to whoever made it. */
export const presentInvitation = (row: InviteRow, groups: GroupReference[]): Omit<Invite, 'status'> => ({
  id: row.id,
  email: row.email,
  name: row.name,
  role: row.role,
  groups,
  expiresAt: row.expiresAt.toISOString(),
  createdAt: row.createdAt.toISOString(),
});

export const presentListedInvitation = (row: InviteRow & { groups: GroupReference[] }, now: number): Invite => ({
  ...presentInvitation(row, row.groups),
  status: inviteStatus(row, now),
});
