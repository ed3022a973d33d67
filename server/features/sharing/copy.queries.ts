import { eq, ne, and, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/client.ts';
import { conversations, conversationShares, messages } from '../../db/schema/index.ts';
import type { SaidMessage } from './share.policy.ts';

type CopiedConversationRow = Omit<typeof conversations.$inferSelect, 'summary' | 'summaryThrough' | 'branch'>;

/** What was said in a share, in its order. */
export const readSaid = (executor: Executor, shareId: string): Promise<SaidMessage[]> =>
  executor
    .select({ role: messages.role, content: messages.content })
    .from(conversationShares)
    .innerJoin(messages, sql`${messages.id} = any(${conversationShares.messageIds})`)
    .where(and(eq(conversationShares.id, shareId), ne(messages.content, '')))
    .orderBy(sql`array_position(${conversationShares.messageIds}, ${messages.id})`);

export async function countSaidBytes(executor: Executor, shareId: string): Promise<number> {
  const [row] = await executor
    .select({ bytes: sql<string>`coalesce(sum(octet_length(${messages.content})), 0)` })
    .from(conversationShares)
    .innerJoin(messages, sql`${messages.id} = any(${conversationShares.messageIds})`)
    .where(eq(conversationShares.id, shareId));
  return Number(row?.bytes ?? 0);
}

/** A conversation with these messages, as if they had just been said. */
export async function insertCopy(
  tx: Transaction,
  values: { agentId: string; userId: string; title: string | null },
  said: readonly SaidMessage[],
): Promise<CopiedConversationRow> {
  const [row] = await tx
    .insert(conversations)
    .values({ ...values, lastMessageAt: new Date() })
    .returning();
  if (!row) throw new Error('The conversation was not copied.');
  // In the order of the list, which is that of their positions.
  await tx.insert(messages).values(
    said.map(({ role, content }) => ({
      ...{ conversationId: row.id, role, content },
      ...(role === 'assistant' && { finishReason: 'stop' as const }),
    })),
  );
  return row;
}
