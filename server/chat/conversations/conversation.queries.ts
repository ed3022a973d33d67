import { and, asc, desc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/client.ts';
import { conversations, messages } from '../../db/schema/index.ts';

/** Without the summary, which only models read. */
export const conversationColumns = {
  id: conversations.id,
  agentId: conversations.agentId,
  userId: conversations.userId,
  isDefault: conversations.isDefault,
  temporary: conversations.temporary,
  title: conversations.title,
  titledBy: conversations.titledBy,
  pinnedAt: conversations.pinnedAt,
  archivedAt: conversations.archivedAt,
  lastMessageAt: conversations.lastMessageAt,
  createdAt: conversations.createdAt,
  updatedAt: conversations.updatedAt,
};

export type ConversationRow = Omit<typeof conversations.$inferSelect, 'summary' | 'summaryThrough' | 'branch'>;

/** More conversations with one agent than this are found by searching. */
const maxListed = 1_000;

export interface Owner {
  userId: string;
  agentId: string;
}

export const ownedBy = ({ userId, agentId }: Owner) =>
  and(eq(conversations.userId, userId), eq(conversations.agentId, agentId));

/** The agents that a person has said something to. */
export async function listAgentsOf(db: Executor, userId: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ agentId: conversations.agentId })
    .from(conversations)
    .where(eq(conversations.userId, userId));
  return rows.map(({ agentId }) => agentId);
}

export const newestFirst = [
  desc(sql`coalesce(${conversations.lastMessageAt}, ${conversations.createdAt})`),
  desc(conversations.id),
];

const isPinned = sql`(${conversations.pinnedAt} is not null)`;

export function listConversations(
  db: Executor,
  owner: Owner,
  { archived }: { archived: boolean },
): Promise<ConversationRow[]> {
  const { archivedAt, temporary } = conversations;
  return db
    .select(conversationColumns)
    .from(conversations)
    .where(and(ownedBy(owner), eq(temporary, false), archived ? isNotNull(archivedAt) : isNull(archivedAt)))
    .orderBy(desc(isPinned), ...newestFirst)
    .limit(maxListed);
}

export async function findConversationForUpdate(
  tx: Transaction,
  owner: Owner,
  chatId: string,
): Promise<ConversationRow | undefined> {
  const [row] = await tx
    .select(conversationColumns)
    .from(conversations)
    .where(and(ownedBy(owner), eq(conversations.id, chatId)))
    .for('update');
  return row;
}

/** Several of them, locked in one order whoever asks for which; those that are not the owner's are left out. */
export function listConversationsForUpdate(
  tx: Transaction,
  owner: Owner,
  chatIds: readonly string[],
): Promise<ConversationRow[]> {
  return tx
    .select(conversationColumns)
    .from(conversations)
    .where(and(ownedBy(owner), inArray(conversations.id, [...chatIds])))
    .orderBy(asc(conversations.id))
    .for('update');
}

export async function findOwnConversation(
  db: Executor,
  owner: Owner,
  chatId: string,
): Promise<ConversationRow | undefined> {
  const [row] = await db
    .select(conversationColumns)
    .from(conversations)
    .where(and(ownedBy(owner), eq(conversations.id, chatId)));
  return row;
}

/** What one call gave, null while it has not; undefined when this owner's conversations have no such call. */
export async function findToolOutput(
  db: Executor,
  owner: Owner,
  { messageId, toolCallId }: { messageId: string; toolCallId: string },
): Promise<string | null | undefined> {
  const has = sql`${messages.toolCalls} @> ${JSON.stringify([{ toolCallId }])}::jsonb`;
  const output = sql<string | null>`(
    select entry ->> 'output' from jsonb_array_elements(${messages.toolOutputs}) as entries(entry)
    where entry ->> 'toolCallId' = ${toolCallId} limit 1)`;
  const [found] = await db
    .select({ output })
    .from(messages)
    .innerJoin(conversations, eq(conversations.id, messages.conversationId))
    .where(and(ownedBy(owner), eq(messages.id, messageId), has));
  return found?.output;
}

/** Where a conversation stands in its person's list, and since when. */
export async function updatePlace(
  tx: Transaction,
  { id, pinnedAt, archivedAt }: Pick<ConversationRow, 'id' | 'pinnedAt' | 'archivedAt'>,
  { pinned, archived }: { pinned: boolean; archived: boolean },
): Promise<ConversationRow | undefined> {
  const since = (is: boolean, was: Date | null) => (is ? (was ?? sql`now()`) : null);
  const [placed] = await tx
    .update(conversations)
    .set({ pinnedAt: since(pinned, pinnedAt), archivedAt: since(archived, archivedAt), updatedAt: sql`now()` })
    .where(eq(conversations.id, id))
    .returning(conversationColumns);
  return placed;
}

export async function deleteConversation(tx: Transaction, id: string): Promise<void> {
  await tx.delete(conversations).where(eq(conversations.id, id));
}
