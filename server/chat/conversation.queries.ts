import { and, desc, eq, exists, ilike, or, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../db/client.ts';
import { conversations, messages } from '../db/schema/index.ts';

export type ConversationRow = typeof conversations.$inferSelect;

/** More conversations with one agent than this are found by searching. */
const mostListed = 1_000;
const mostFound = 100;

export interface Owner {
  userId: string;
  agentId: string;
}

const ownedBy = ({ userId, agentId }: Owner) =>
  and(eq(conversations.userId, userId), eq(conversations.agentId, agentId));

const newestFirst = [
  desc(sql`coalesce(${conversations.lastMessageAt}, ${conversations.createdAt})`),
  desc(conversations.id),
];

export function listConversations(db: Executor, owner: Owner): Promise<ConversationRow[]> {
  return db
    .select()
    .from(conversations)
    .where(ownedBy(owner))
    .orderBy(...newestFirst)
    .limit(mostListed);
}

/** Conversations whose title or text has the words as they stand, with the newest message that has them. */
export async function searchConversations(
  db: Executor,
  owner: Owner,
  words: string,
): Promise<{ conversation: ConversationRow; message: string | null }[]> {
  const pattern = `%${words.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const matching = and(eq(messages.conversationId, conversations.id), ilike(messages.content, pattern));
  const newestMatch = db
    .select({ content: messages.content })
    .from(messages)
    .where(matching)
    .orderBy(desc(messages.position))
    .limit(1);
  return db
    .select({ conversation: conversations, message: sql<string | null>`(${newestMatch})` })
    .from(conversations)
    .where(
      and(
        ownedBy(owner),
        or(
          ilike(conversations.title, pattern),
          exists(
            db
              .select({ one: sql`1` })
              .from(messages)
              .where(matching),
          ),
        ),
      ),
    )
    .orderBy(...newestFirst)
    .limit(mostFound);
}

export async function findConversationForUpdate(
  tx: Transaction,
  owner: Owner,
  chatId: string,
): Promise<ConversationRow | undefined> {
  const [row] = await tx
    .select()
    .from(conversations)
    .where(and(ownedBy(owner), eq(conversations.id, chatId)))
    .for('update');
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
