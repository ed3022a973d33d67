/** What the rules look at of a link: an invitation or a reset. */
export interface InviteFacts {
  claimedAt: Date | null;
  expiresAt: Date;
}

export function inviteStatus(invite: InviteFacts, now: number): 'claimed' | 'expired' | 'pending' {
  if (invite.claimedAt) return 'claimed';
  return invite.expiresAt.getTime() <= now ? 'expired' : 'pending';
}

const refusals = {
  claimed: 'This link was used already. Sign in, or ask your admin for a new one.',
  expired: 'This link has expired. Ask your admin for a new one.',
  pending: undefined,
} as const;

/** Why a link can no longer be claimed, if so. */
export const claimRefusal = (invite: InviteFacts, now: number): string | undefined =>
  refusals[inviteStatus(invite, now)];

/** Nobody blocks their own password: a link that is lost would lock out the last admin. */
export const canBlockPassword = (actor: { userId: string }, userId: string): boolean => actor.userId !== userId;
