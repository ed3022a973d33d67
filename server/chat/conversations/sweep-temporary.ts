import { and, asc, eq, sql } from 'drizzle-orm';
import { temporaryHours } from '../../../contract/limits.ts';
import { systemAuthority } from '../../db/authority.ts';
import type { Database } from '../../db/client.ts';
import { conversations } from '../../db/schema/index.ts';
import { lockConversation } from './find-conversation.ts';
import { type RemovalParts, removeConversation } from './remove-conversation.ts';

const lastSaid = sql`coalesce(${conversations.lastMessageAt}, ${conversations.createdAt})`;
const batchSize = 100;

/** Removes temporary conversations whose time is over: those of browsers that went without saying so. */
export async function sweepTemporary(
  { db, ...parts }: RemovalParts & { db: Database },
  signal: AbortSignal,
): Promise<void> {
  const isOver = and(
    eq(conversations.temporary, true),
    sql`${lastSaid} < now() - ${temporaryHours} * interval '1 hour'`,
  );
  while (!signal.aborted) {
    const over = await db
      .select({ id: conversations.id })
      .from(conversations)
      .where(isOver)
      .orderBy(asc(lastSaid))
      .limit(batchSize);
    for (const { id } of over) {
      if (signal.aborted) return;
      const removeFiles = await parts.signals.transaction(systemAuthority, async (tx) => {
        const conversation = await lockConversation(tx, id);
        // Somebody may have said something or left it meanwhile.
        const [still] = await tx
          .select({ id: conversations.id })
          .from(conversations)
          .where(and(isOver, eq(conversations.id, id)));
        return conversation && still && removeConversation(tx, parts, conversation, { type: 'system' });
      });
      await removeFiles?.();
    }
    if (over.length < batchSize) return;
  }
}
