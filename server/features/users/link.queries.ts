import { and, asc, desc, eq, inArray, isNull, or } from 'drizzle-orm';
import type { Transaction } from '../../db/client.ts';
import { lockUser } from '../../db/lock-user.ts';
import { invites, users } from '../../db/schema/index.ts';
import { AppError } from '../../platform/errors.ts';

/**
 * Makes sure that whoever makes a link still is an admin, and that nobody changes that, nor the person it is for, before
 * the transaction ends. Users are always locked before links.
 */
export async function requireStillAdmin(tx: Transaction, actorId: string, forUserId?: string): Promise<void> {
  const ids = forUserId === undefined ? [actorId] : [actorId, forUserId];
  const rows = await tx
    .select({ id: users.id, role: users.role, banned: users.banned })
    .from(users)
    .where(inArray(users.id, ids))
    // The order in which a change of roles locks: active admins first.
    .orderBy(desc(and(eq(users.role, 'admin'), eq(users.banned, false))!), asc(users.id))
    .for('no key update');
  const actor = rows.find(({ id }) => id === actorId);
  if (actor?.role !== 'admin' || actor.banned) throw new AppError('forbidden', 'Only admins can do this.');
}

/** Locks the person whose password a link sets, if it is one that does. */
export async function lockUserOfLink(tx: Transaction, tokenHash: string): Promise<void> {
  const [row] = await tx.select({ userId: invites.userId }).from(invites).where(eq(invites.tokenHash, tokenHash));
  if (row?.userId) await lockUser(tx, row.userId);
}

/**
 * Removes the unused links that a person made, and with `for` those that set their own password, so that nothing they
 * kept lets anybody in. Returns them. Called while the user's row is locked.
 */
export async function removeOpenLinks(tx: Transaction, userId: string, which: 'made' | 'made and for') {
  const made = eq(invites.createdBy, userId);
  return tx
    .delete(invites)
    .where(and(which === 'made' ? made : or(made, eq(invites.userId, userId)), isNull(invites.claimedAt)))
    .returning();
}
