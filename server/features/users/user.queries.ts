import { and, asc, count, eq, getTableColumns, isNull, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/client.ts';
import { accounts, groupMembers, groups, users } from '../../db/schema/index.ts';

export type UserRow = typeof users.$inferSelect;
export interface GroupReference {
  id: string;
  name: string;
}

export async function findUser(executor: Executor, id: string): Promise<UserRow | undefined> {
  const [row] = await executor.select().from(users).where(eq(users.id, id));
  return row;
}

export async function findUserByEmail(executor: Executor, email: string): Promise<UserRow | undefined> {
  const [row] = await executor
    .select()
    .from(users)
    .where(eq(sql`lower(${users.email})`, email.toLowerCase()));
  return row;
}

/** Somebody as the list of people shows them. `passwordBlocked`: no password opens the account until a link sets one. */
export type ListedUser = UserRow & { groups: GroupReference[]; passwordBlocked: boolean };

export async function listUsersWithGroups(executor: Executor): Promise<ListedUser[]> {
  const withoutPassword = executor
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.userId, users.id), eq(accounts.providerId, 'credential'), isNull(accounts.password)));
  const rows = await executor
    .select({ ...getTableColumns(users), passwordBlocked: sql<boolean>`exists ${withoutPassword}` })
    .from(users)
    .orderBy(sql`${users.createdAt} desc, ${users.id} desc`);
  const memberships = await executor
    .select({ userId: groupMembers.userId, id: groups.id, name: groups.name })
    .from(groupMembers)
    .innerJoin(groups, eq(groups.id, groupMembers.groupId))
    .orderBy(asc(groups.name));
  const byUser = Map.groupBy(memberships, (membership) => membership.userId);
  return rows.map((row) => ({ ...row, groups: (byUser.get(row.id) ?? []).map(({ id, name }) => ({ id, name })) }));
}

export async function updateUser(
  tx: Transaction,
  id: string,
  changes: Partial<Pick<UserRow, 'name' | 'role' | 'banned' | 'banReason' | 'context'>>,
): Promise<void> {
  await tx
    .update(users)
    .set({ ...changes, updatedAt: new Date() })
    .where(eq(users.id, id));
}

export async function findActiveAdmins(executor: Executor): Promise<string[]> {
  const rows = await executor
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, 'admin'), eq(users.banned, false)));
  return rows.map((row) => row.id);
}

export async function countUsers(executor: Executor): Promise<number> {
  const [row] = await executor.select({ count: count() }).from(users);
  return row?.count ?? 0;
}

export interface NewUser {
  name: string;
  email: string;
  role: 'admin' | 'member';
  passwordHash: string;
}

/** Inserts the user with the account that Better Auth signs them in with. */
export async function insertUser(tx: Transaction, { name, email, role, passwordHash }: NewUser): Promise<UserRow> {
  const [user] = await tx.insert(users).values({ name, email, role, emailVerified: true }).returning();
  if (!user) throw new Error('The user was not inserted.');
  await tx
    .insert(accounts)
    .values({ userId: user.id, accountId: user.id, providerId: 'credential', password: passwordHash });
  return user;
}

/** With null no password signs in any more. Called while the user's row is locked. */
export async function setPasswordHash(tx: Transaction, userId: string, passwordHash: string | null): Promise<void> {
  await tx
    .update(accounts)
    .set({ password: passwordHash, updatedAt: new Date() })
    .where(and(eq(accounts.userId, userId), eq(accounts.providerId, 'credential')));
}

export async function findPasswordHash(executor: Executor, userId: string): Promise<string | undefined> {
  const [row] = await executor
    .select({ password: accounts.password })
    .from(accounts)
    .where(and(eq(accounts.userId, userId), eq(accounts.providerId, 'credential')));
  return row?.password ?? undefined;
}

/** Of those that are active, by name. */
export const listAdminNames = (executor: Executor): Promise<{ name: string }[]> =>
  executor
    .select({ name: users.name })
    .from(users)
    .where(and(eq(users.role, 'admin'), eq(users.banned, false)))
    .orderBy(asc(users.name));
