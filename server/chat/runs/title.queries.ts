import { and, asc, eq, lt, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/client.ts';
import { conversations, messages } from '../../db/schema/index.ts';
import { queuedPositions } from '../conversations/find-conversation.ts';

/** True once for each conversation, on whichever replica. One that a person named, or that is not kept, has no need of it. */
export async function claimTitle(tx: Transaction, conversationId: string): Promise<boolean> {
  const isOpen = and(
    eq(conversations.id, conversationId),
    eq(conversations.titledBy, 'words'),
    eq(conversations.temporary, false),
  );
  const claimed = await tx
    .update(conversations)
    .set({ titledBy: 'asked' })
    .where(isOpen)
    .returning({ id: conversations.id });
  return claimed.length > 0;
}

/** False when a person named it since it was claimed, or it is gone. */
export async function giveTitle(tx: Transaction, conversationId: string, title: string): Promise<boolean> {
  const titled = await tx
    .update(conversations)
    .set({ title, titledBy: 'model', updatedAt: sql`now()` })
    .where(and(eq(conversations.id, conversationId), eq(conversations.titledBy, 'asked')))
    .returning({ id: conversations.id });
  return titled.length > 0;
}

/** What was said first, and what was answered to it. */
export async function readBeginning(
  db: Database,
  conversationId: string,
): Promise<{ question: string; answer: string }> {
  const excerpt = sql<string>`left(${messages.content}, 4000)`;
  const rows = await db
    .select({ role: messages.role, content: excerpt })
    .from(messages)
    .where(
      and(
        eq(messages.conversationId, conversationId),
        eq(messages.hidden, false),
        lt(messages.position, queuedPositions),
        sql`${messages.content} <> ''`,
      ),
    )
    .orderBy(asc(messages.position))
    .limit(6);
  const first = (role: 'user' | 'assistant') => rows.find((row) => row.role === role)?.content ?? '';
  return { question: first('user'), answer: first('assistant') };
}
