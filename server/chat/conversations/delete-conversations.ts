import { eq } from 'drizzle-orm';
import type { Transaction } from '../../db/client.ts';
import { conversations } from '../../db/schema/index.ts';

/** Everything said to an agent, by anybody; running answers notice that their conversation is gone and stop. */
export async function deleteConversationsWith(tx: Transaction, agentId: string): Promise<void> {
  await tx.delete(conversations).where(eq(conversations.agentId, agentId));
}
