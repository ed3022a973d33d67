import { and, asc, desc, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/client.ts';
import { lockUser } from '../../db/lock-user.ts';
import { groups, inviteGroups, invites } from '../../db/schema/index.ts';
import { sha256 } from '../../platform/secrets.ts';
import type { GroupReference } from './user.queries.ts';

export type InviteRow = typeof invites.$inferSelect;

/** Of invitations and of resets; a token is kept as its digest only. */
export async function findInviteByToken(executor: Executor, token: string): Promise<InviteRow | undefined> {
  const [row] = await executor
    .select()
    .from(invites)
    .where(eq(invites.tokenHash, sha256(token)));
  return row;
}

/** Locks the person whose password a link sets, if it is one that does, then the link, until the transaction ends. */
export async function findInviteForClaim(tx: Transaction, token: string): Promise<InviteRow | undefined> {
  const tokenHash = sha256(token);
  const [link] = await tx.select({ userId: invites.userId }).from(invites).where(eq(invites.tokenHash, tokenHash));
  if (link?.userId) await lockUser(tx, link.userId);
  const [row] = await tx.select().from(invites).where(eq(invites.tokenHash, tokenHash)).for('update');
  return row;
}

/** Invitations only. Locks the row until the transaction ends. */
export async function findInvitationForUpdate(tx: Transaction, id: string): Promise<InviteRow | undefined> {
  const [row] = await tx
    .select()
    .from(invites)
    .where(and(eq(invites.id, id), eq(invites.type, 'invite')))
    .for('update');
  return row;
}

/** Newest first, each with the groups that it promises, by name. Resets are left out. */
export async function listInvitations(executor: Executor): Promise<(InviteRow & { groups: GroupReference[] })[]> {
  const rows = await executor
    .select()
    .from(invites)
    .where(eq(invites.type, 'invite'))
    .orderBy(desc(invites.createdAt), desc(invites.id));
  const promised = await executor
    .select({ inviteId: inviteGroups.inviteId, id: groups.id, name: groups.name })
    .from(inviteGroups)
    .innerJoin(groups, eq(groups.id, inviteGroups.groupId))
    .orderBy(asc(groups.name));
  const byInvite = Map.groupBy(promised, (group) => group.inviteId);
  return rows.map((row) => ({ ...row, groups: (byInvite.get(row.id) ?? []).map(({ id, name }) => ({ id, name })) }));
}

export async function insertInvite(
  tx: Transaction,
  { token, ...values }: Omit<typeof invites.$inferInsert, 'tokenHash'> & { token: string },
): Promise<InviteRow> {
  const [row] = await tx
    .insert(invites)
    .values({ ...values, tokenHash: sha256(token) })
    .returning();
  if (!row) throw new Error('The invite was not inserted.');
  return row;
}

export async function promiseGroups(tx: Transaction, inviteId: string, groupIds: string[]): Promise<void> {
  if (groupIds.length === 0) return;
  await tx.insert(inviteGroups).values(groupIds.map((groupId) => ({ inviteId, groupId })));
}

export async function listPromisedGroups(executor: Executor, inviteId: string): Promise<string[]> {
  const rows = await executor
    .select({ id: inviteGroups.groupId })
    .from(inviteGroups)
    .where(eq(inviteGroups.inviteId, inviteId));
  return rows.map(({ id }) => id);
}

export async function markClaimed(tx: Transaction, id: string, userId: string): Promise<void> {
  await tx.update(invites).set({ claimedAt: new Date(), claimedBy: userId }).where(eq(invites.id, id));
}

export async function deleteInvite(tx: Transaction, id: string): Promise<void> {
  await tx.delete(invites).where(eq(invites.id, id));
}

/** The unused links that set this person's password. */
export async function deleteOpenResets(tx: Transaction, userId: string): Promise<void> {
  await tx.delete(invites).where(and(eq(invites.userId, userId), eq(invites.type, 'reset'), isNull(invites.claimedAt)));
}

/**
 * Removes the unused links that a person made, and with `for` those that set their own password, so that nothing they
 * kept lets anybody in. Returns them. Called while the user's row is locked.
 */
export async function deleteOpenInvites(tx: Transaction, userId: string, which: 'made' | 'made and for') {
  const made = eq(invites.createdBy, userId);
  return tx
    .delete(invites)
    .where(and(which === 'made' ? made : or(made, eq(invites.userId, userId)), isNull(invites.claimedAt)))
    .returning();
}

/** One account for an address, also when two invites to it are claimed at the same instant. */
export async function lockAccountAddress(tx: Transaction, email: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`account ${email.toLowerCase()}`}, 0))`);
}

/** Those of these groups that exist, by name. */
export async function findGroups(executor: Executor, ids: string[]): Promise<GroupReference[]> {
  return executor
    .select({ id: groups.id, name: groups.name })
    .from(groups)
    .where(inArray(groups.id, ids))
    .orderBy(asc(groups.name));
}
