import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Transaction } from '../../db/client.ts';
import { conversations } from '../../db/schema/index.ts';
import type { ConversationReference } from './conversation-reference.ts';

/**
 * Stores a conversation that begins with what is stored in the same transaction. False when there is one already: the
 * person's default one with this agent, or any with this id.
 */
export async function beginConversation(
  tx: Transaction,
  audit: Pick<AuditTrail, 'record'>,
  { id, agentId, userId, isDefault, temporary }: ConversationReference,
): Promise<boolean> {
  const [created] = await tx
    .insert(conversations)
    .values({ id, agentId, userId, isDefault, temporary })
    .onConflictDoNothing()
    .returning({ id: conversations.id });
  if (!created) return false;
  await audit.record(tx, {
    eventType: 'conversation.created',
    actor: { type: 'user', id: userId },
    resource: `conversation:${id}`,
    detail: { agentId, ...(temporary && { temporary }) },
  });
  return true;
}
