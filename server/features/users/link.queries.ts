import { and, eq, isNull, or } from 'drizzle-orm';
import type { Transaction } from '../../db/client.ts';
import { lockUser } from '../../db/lock-user.ts';
import { invites } from '../../db/schema/index.ts';

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
