import { sql } from 'drizzle-orm';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Transaction } from '../../db/client.ts';
import { prepared } from '../../db/prepared.ts';
import { conversations } from '../../db/schema/index.ts';
import type { ConversationReference } from './conversation-reference.ts';

export interface BeginParts {
  audit: Pick<AuditTrail, 'record'>;
  /** Throws unless the person may use the agent. Sent together with the conversation's row. */
  requireAgent: () => Promise<unknown>;
  /** See `Signals.write`. */
  write: (sent: Promise<unknown>) => void;
}

/**
 * Stores a conversation that begins with what is stored in the same transaction. False when there is one already: the
 * person's default one with this agent, or any with this id. @throws what `requireAgent` throws
 */
export async function beginConversation(
  tx: Transaction,
  { audit, requireAgent, write }: BeginParts,
  conversation: ConversationReference,
): Promise<boolean> {
  const { id, agentId, userId, temporary } = conversation;
  // Both have come to their end when one fails; and of an agent that is gone it is not said that no row can refer to it.
  const [allowed, inserted] = await Promise.allSettled([requireAgent(), insertConversation(tx, { ...conversation })]);
  if (allowed.status === 'rejected') throw allowed.reason;
  if (inserted.status === 'rejected') throw inserted.reason;
  if (inserted.value.length === 0) return false;
  const detail = { agentId, ...(temporary && { temporary }) };
  const event = { eventType: 'conversation.created', resource: `conversation:${id}`, detail } as const;
  write(audit.record(tx, { ...event, actor: { type: 'user', id: userId } }));
  return true;
}

const insertConversation = prepared('conversation_insert', (tx: Transaction) =>
  tx
    .insert(conversations)
    .values({
      id: sql.placeholder('id'),
      agentId: sql.placeholder('agentId'),
      userId: sql.placeholder('userId'),
      isDefault: sql.placeholder('isDefault'),
      temporary: sql.placeholder('temporary'),
    })
    .onConflictDoNothing()
    .returning({ id: conversations.id }),
);
