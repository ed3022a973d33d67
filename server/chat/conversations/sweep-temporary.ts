import { systemAuthority } from '../../db/authority.ts';
import type { Database } from '../../db/client.ts';
import { lockConversation } from './find-conversation.ts';
import { type RemovalParts, removeConversation } from './remove-conversation.ts';
import { isOverdue, listOverdue } from './temporary.queries.ts';

const batchSize = 100;

/** Removes temporary conversations whose time is over: those of browsers that went without saying so. */
export async function sweepTemporary(
  { db, ...parts }: RemovalParts & { db: Database },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const overdue = await listOverdue(db, batchSize);
    for (const id of overdue) {
      if (signal.aborted) return;
      const removeFiles = await parts.signals.transaction(systemAuthority, async (tx) => {
        const conversation = await lockConversation(tx, id);
        // Somebody may have said something or left it meanwhile.
        if (!conversation || !(await isOverdue(tx, id))) return undefined;
        return removeConversation(tx, parts, conversation, { type: 'system' });
      });
      await removeFiles?.();
    }
    if (overdue.length < batchSize) return;
  }
}
