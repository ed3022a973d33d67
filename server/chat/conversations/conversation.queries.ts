import { and, desc, eq, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/client.ts';
import { conversations, messages } from '../../db/schema/index.ts';

/** Without the summary, which only models read. */
export const conversationColumns = {
  id: conversations.id,
  agentId: conversations.agentId,
  userId: conversations.userId,
  isDefault: conversations.isDefault,
  title: conversations.title,
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

export function listConversations(db: Executor, owner: Owner): Promise<ConversationRow[]> {
  return db
    .select(conversationColumns)
    .from(conversations)
    .where(ownedBy(owner))
    .orderBy(...newestFirst)
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
