import { and, asc, desc, eq, ilike, inArray, lt, ne, or, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/client.ts';
import { containsPattern } from '../../db/contains-pattern.ts';
import {
  conversations,
  conversationShares,
  groupMembers,
  groups,
  messages,
  shareGroups,
  shareUsers,
  uploads,
  users,
} from '../../db/schema/index.ts';
import { queuedPositions } from '../../chat/conversations/find-conversation.ts';

interface Named {
  id: string;
  name: string;
}

/** What is temporary is nobody else's. */
const isKept = eq(conversations.temporary, false);

/** A share with whose it is, as of now; undefined where the owner was deactivated. */
export async function findShare(executor: Executor, shareId: string) {
  const [row] = await executor
    .select({
      id: conversationShares.id,
      conversationId: conversationShares.conversationId,
      sharedAt: conversationShares.sharedAt,
      total: sql<number>`cardinality(${conversationShares.messageIds})`,
      agentId: conversations.agentId,
      title: conversations.title,
      ownerId: users.id,
      owner: users.name,
    })
    .from(conversationShares)
    .innerJoin(conversations, eq(conversations.id, conversationShares.conversationId))
    .innerJoin(users, and(eq(users.id, conversations.userId), eq(users.banned, false)))
    .where(and(eq(conversationShares.id, shareId), isKept))
    // Whoever revokes it waits for what it was read for.
    .for('key share', { of: conversationShares });
  return row;
}
export type FoundShare = NonNullable<Awaited<ReturnType<typeof findShare>>>;

/** More that others share with one person is not listed; a link opens it all the same. */
const maxListed = 1_000;

/** What others share with the person by name or with a group that they are in now, newest first. */
export function listSharesWith(executor: Executor, userId: string) {
  const isNamedThemselves = sql<boolean>`exists (select from ${shareUsers}
    where ${shareUsers.shareId} = ${conversationShares.id} and ${shareUsers.userId} = ${userId})`;
  // By the indexes of people and groups: whether a share names somebody is not asked of all that there are.
  const isNamedInAny = sql`${conversationShares.id} in (
    select ${shareUsers.shareId} from ${shareUsers} where ${shareUsers.userId} = ${userId}
    union all select ${shareGroups.shareId} from ${shareGroups}
    join ${groupMembers} on ${groupMembers.groupId} = ${shareGroups.groupId} and ${groupMembers.userId} = ${userId})`;
  return executor
    .select({
      id: conversationShares.id,
      sharedAt: conversationShares.sharedAt,
      agentId: conversations.agentId,
      title: conversations.title,
      owner: users.name,
      isNamedThemselves,
    })
    .from(conversationShares)
    .innerJoin(conversations, eq(conversations.id, conversationShares.conversationId))
    .innerJoin(users, and(eq(users.id, conversations.userId), eq(users.banned, false)))
    .where(and(isKept, ne(conversations.userId, userId), isNamedInAny))
    .orderBy(desc(conversationShares.sharedAt), desc(conversationShares.id))
    .limit(maxListed);
}

/** Everybody whom a share names, and who is in a group that it names. */
export async function listReaderIds(executor: Executor, shareId: string): Promise<string[]> {
  const [people, members] = [
    await executor.select({ userId: shareUsers.userId }).from(shareUsers).where(eq(shareUsers.shareId, shareId)),
    await executor
      .select({ userId: groupMembers.userId })
      .from(shareGroups)
      .innerJoin(groupMembers, eq(groupMembers.groupId, shareGroups.groupId))
      .where(eq(shareGroups.shareId, shareId)),
  ];
  return [...new Set([...people, ...members].map(({ userId }) => userId))];
}

/** How a person is named in a share: themselves, or with a group that they are in now. */
export async function isNamed(executor: Executor, shareId: string, userId: string): Promise<'self' | 'group' | 'no'> {
  const [own] = await executor
    .select({ userId: shareUsers.userId })
    .from(shareUsers)
    .where(and(eq(shareUsers.shareId, shareId), eq(shareUsers.userId, userId)));
  if (own) return 'self';
  const [group] = await executor
    .select({ groupId: shareGroups.groupId })
    .from(shareGroups)
    .innerJoin(groupMembers, and(eq(groupMembers.groupId, shareGroups.groupId), eq(groupMembers.userId, userId)))
    .where(eq(shareGroups.shareId, shareId))
    .limit(1);
  return group ? 'group' : 'no';
}

/** The messages of a share from one place on, in its order. */
export async function findSharedIds(
  executor: Executor,
  shareId: string,
  { offset, limit }: { offset: number; limit: number },
): Promise<string[]> {
  const ids = sql<string[]>`${conversationShares.messageIds}[${offset + 1}::int : ${offset + limit}::int]`;
  const [row] = await executor.select({ ids }).from(conversationShares).where(eq(conversationShares.id, shareId));
  return row?.ids ?? [];
}

/** The conversation, locked, if it is this person's. */
export async function lockOwnConversation(
  tx: Transaction,
  { userId, agentId, chatId }: { userId: string; agentId: string; chatId: string },
): Promise<{ id: string } | undefined> {
  const [row] = await tx
    .select({ id: conversations.id })
    .from(conversations)
    .where(
      and(eq(conversations.id, chatId), eq(conversations.userId, userId), eq(conversations.agentId, agentId), isKept),
    )
    .for('update');
  return row;
}

export async function findShareOf(executor: Executor, conversationId: string) {
  const [row] = await executor
    .select({
      id: conversationShares.id,
      sharedAt: conversationShares.sharedAt,
      messages: sql<number>`cardinality(${conversationShares.messageIds})`,
    })
    .from(conversationShares)
    .where(eq(conversationShares.conversationId, conversationId));
  return row;
}

export async function listReaders(executor: Executor, shareId: string): Promise<{ users: Named[]; groups: Named[] }> {
  const [people, named] = [
    await executor
      .select({ id: users.id, name: users.name })
      .from(shareUsers)
      .innerJoin(users, eq(users.id, shareUsers.userId))
      .where(eq(shareUsers.shareId, shareId))
      .orderBy(asc(users.name), asc(users.id)),
    await executor
      .select({ id: groups.id, name: groups.name })
      .from(shareGroups)
      .innerJoin(groups, eq(groups.id, shareGroups.groupId))
      .where(eq(shareGroups.shareId, shareId))
      .orderBy(asc(groups.name)),
  ];
  return { users: people, groups: named };
}

/** What is shown of a conversation and has come to its end. */
export async function listShownMessages(executor: Executor, conversationId: string, limit: number): Promise<string[]> {
  const rows = await executor
    .select({ id: messages.id })
    .from(messages)
    .where(
      and(
        eq(messages.conversationId, conversationId),
        eq(messages.hidden, false),
        ne(messages.state, 'streaming'),
        lt(messages.position, queuedPositions),
      ),
    )
    .orderBy(asc(messages.position))
    .limit(limit);
  return rows.map(({ id }) => id);
}

export async function replaceReaders(
  tx: Transaction,
  shareId: string,
  { userIds, groupIds }: { userIds: readonly string[]; groupIds: readonly string[] },
): Promise<void> {
  await tx.delete(shareUsers).where(eq(shareUsers.shareId, shareId));
  await tx.delete(shareGroups).where(eq(shareGroups.shareId, shareId));
  if (userIds.length > 0) await tx.insert(shareUsers).values(userIds.map((userId) => ({ shareId, userId })));
  if (groupIds.length > 0) await tx.insert(shareGroups).values(groupIds.map((groupId) => ({ shareId, groupId })));
}

/** Active people but one, by name, whose name holds the words. */
export function findPeople(
  executor: Executor,
  { except, words, limit }: { except: string; words: string; limit: number },
): Promise<(Named & { email: string })[]> {
  return executor
    .select({ id: users.id, name: users.name, email: users.email })
    .from(users)
    .where(and(ne(users.id, except), eq(users.banned, false), ilike(users.name, containsPattern(words))))
    .orderBy(asc(sql`lower(${users.name})`), asc(users.id))
    .limit(limit);
}

/** The groups that a person may name: their own; of an admin all. */
export async function findGroups(
  executor: Executor,
  userId: string,
  wanted: { words: string } | { ids: readonly string[] },
): Promise<Named[]> {
  const isAdmin = sql`exists (select from ${users} where ${users.id} = ${userId} and ${users.role} = 'admin')`;
  const isMember = sql`exists (select from ${groupMembers}
    where ${groupMembers.groupId} = ${groups.id} and ${groupMembers.userId} = ${userId})`;
  const isWanted =
    'ids' in wanted ? inArray(groups.id, [...wanted.ids]) : ilike(groups.name, containsPattern(wanted.words));
  return executor
    .select({ id: groups.id, name: groups.name })
    .from(groups)
    .where(and(or(isAdmin, isMember), isWanted))
    .orderBy(asc(groups.name))
    .limit('ids' in wanted ? 1_000 : 20);
}

/** Whether a file came with a message that a share shows. */
export async function isSharedUpload(executor: Executor, shareId: string, uploadId: string): Promise<boolean> {
  const rows = await executor
    .select({ id: uploads.id })
    .from(conversationShares)
    .innerJoin(messages, sql`${messages.id} = any(${conversationShares.messageIds})`)
    .innerJoin(uploads, or(eq(uploads.messageId, messages.id), eq(uploads.messageId, messages.attachmentsOf)))
    .where(and(eq(conversationShares.id, shareId), eq(uploads.id, uploadId)))
    .limit(1);
  return rows.length > 0;
}

export async function insertShare(tx: Transaction, conversationId: string, messageIds: string[]): Promise<string> {
  const [row] = await tx
    .insert(conversationShares)
    .values({ conversationId, messageIds })
    .returning({ id: conversationShares.id });
  if (!row) throw new Error('The share was not inserted.');
  return row.id;
}

export async function updateShown(tx: Transaction, shareId: string, messageIds: string[]): Promise<void> {
  await tx
    .update(conversationShares)
    .set({ messageIds, sharedAt: new Date() })
    .where(eq(conversationShares.id, shareId));
}

/** Its id, if the conversation was shared. */
export async function deleteShareOf(tx: Transaction, conversationId: string): Promise<string | undefined> {
  const [removed] = await tx
    .delete(conversationShares)
    .where(eq(conversationShares.conversationId, conversationId))
    .returning({ id: conversationShares.id });
  return removed?.id;
}
