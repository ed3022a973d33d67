import { and, asc, count, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Group } from '../../../contract/groups.ts';
import type { Executor, Transaction } from '../../db/client.ts';
import { groupMembers, groups, users } from '../../db/schema/index.ts';

export type GroupRow = typeof groups.$inferSelect;

const memberCount = sql<number>`(select count(*)::int from ${groupMembers} where ${groupMembers.groupId} = ${groups.id})`;
const counted = { id: groups.id, name: groups.name, description: groups.description, memberCount };

/** Newest first. */
export const listGroups = (executor: Executor): Promise<Group[]> =>
  executor.select(counted).from(groups).orderBy(desc(groups.createdAt), desc(groups.id));

export async function findGroup(executor: Executor, id: string): Promise<Group | undefined> {
  const [row] = await executor.select(counted).from(groups).where(eq(groups.id, id));
  return row;
}

/** Locks the row until the transaction ends. */
export async function findGroupForUpdate(tx: Transaction, id: string): Promise<GroupRow | undefined> {
  const [row] = await tx.select().from(groups).where(eq(groups.id, id)).for('update');
  return row;
}

/** The groups of this name, however it is capitalised. */
export async function findGroupsByName(executor: Executor, name: string): Promise<{ id: string }[]> {
  return executor
    .select({ id: groups.id })
    .from(groups)
    .where(eq(sql`lower(${groups.name})`, name.toLowerCase()));
}

export async function insertGroup(
  tx: Transaction,
  values: { name: string; description: string | null },
): Promise<GroupRow> {
  const [row] = await tx.insert(groups).values(values).returning();
  if (!row) throw new Error('The group was not inserted.');
  return row;
}

export async function updateGroup(
  tx: Transaction,
  id: string,
  changes: { name?: string | undefined; description?: string | null | undefined },
): Promise<void> {
  await tx
    .update(groups)
    .set({ ...changes, updatedAt: new Date() })
    .where(eq(groups.id, id));
}

export async function deleteGroup(tx: Transaction, id: string): Promise<void> {
  await tx.delete(groups).where(eq(groups.id, id));
}

export async function listMembers(executor: Executor, groupId: string): Promise<{ userId: string; groupId: string }[]> {
  return executor
    .select({ userId: groupMembers.userId, groupId: groupMembers.groupId })
    .from(groupMembers)
    .where(eq(groupMembers.groupId, groupId))
    .orderBy(asc(groupMembers.userId));
}

export async function insertMembers(tx: Transaction, members: { userId: string; groupId: string }[]): Promise<void> {
  await tx.insert(groupMembers).values(members);
}

export async function deleteMembers(tx: Transaction, groupId: string, userIds: string[]): Promise<void> {
  await tx.delete(groupMembers).where(and(eq(groupMembers.groupId, groupId), inArray(groupMembers.userId, userIds)));
}

/** How many of these people there are. */
export async function countKnownUsers(executor: Executor, userIds: string[]): Promise<number> {
  const [known] = await executor.select({ count: count() }).from(users).where(inArray(users.id, userIds));
  return known?.count ?? 0;
}
