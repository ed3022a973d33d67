import { and, eq } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/client.ts';
import { conversations } from '../../db/schema/index.ts';
import type { ConversationReference } from './conversation-reference.ts';

/** Messages whose run is queued come after everything that is said before their turn. */
export const queuedPositions = 2 ** 52;

const reference = {
  id: conversations.id,
  agentId: conversations.agentId,
  userId: conversations.userId,
  isDefault: conversations.isDefault,
};

/** Everything that changes a conversation's runs goes through this lock, so they follow one another on all replicas. */
export async function lockConversation(
  tx: Transaction,
  conversationId: string,
): Promise<(ConversationReference & { title: string | null }) | undefined> {
  const [row] = await tx
    .select({ ...reference, title: conversations.title })
    .from(conversations)
    .where(eq(conversations.id, conversationId))
    .for('update');
  return row;
}

export async function findConversation(
  db: Executor,
  who: { userId: string; agentId: string; chatId: string | undefined },
): Promise<ConversationReference | undefined> {
  const [row] = await db
    .select(reference)
    .from(conversations)
    .where(
      and(
        eq(conversations.userId, who.userId),
        eq(conversations.agentId, who.agentId),
        who.chatId === undefined ? eq(conversations.isDefault, true) : eq(conversations.id, who.chatId),
      ),
    );
  return row;
}

export async function findConversationById(db: Executor, id: string): Promise<ConversationReference | undefined> {
  const [row] = await db.select(reference).from(conversations).where(eq(conversations.id, id));
  return row;
}
