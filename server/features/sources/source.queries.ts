import { and, eq, sql } from 'drizzle-orm';
import type { Source } from '../../../contract/socket.ts';
import type { Executor } from '../../db/client.ts';
import { conversationPassages, conversations, messages } from '../../db/schema/index.ts';

export interface SourceKey {
  agentId: string;
  messageId: string;
  number: number;
}

/** What a message of this person's own conversation cites by this number. */
export async function findSource(
  executor: Executor,
  userId: string,
  { agentId, messageId, number }: SourceKey,
): Promise<Source | undefined> {
  const passages = conversationPassages;
  const [found] = await executor
    .select({ number: passages.number, path: passages.path, place: passages.place, text: passages.text })
    .from(messages)
    .innerJoin(conversations, eq(conversations.id, messages.conversationId))
    .innerJoin(passages, and(eq(passages.conversationId, messages.conversationId), eq(passages.number, number)))
    .where(
      and(
        eq(messages.id, messageId),
        eq(conversations.agentId, agentId),
        eq(conversations.userId, userId),
        sql`${number} = any(${messages.cited})`,
      ),
    );
  return found;
}
