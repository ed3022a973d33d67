import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { PersonAuthority } from '../../db/authority.ts';
import { conversations } from '../../db/schema/index.ts';
import type { Signals } from '../../db/signals.ts';
import type { ConversationReference } from './conversation-reference.ts';
import type { ChatAgents } from '../ports.ts';
import { requireAgent } from '../require-agent.ts';
import { findConversation } from './find-conversation.ts';

/**
 * The caller's conversation: the one named, or the default one, which is made on first use. Two first uses at once make
 * one. Undefined when the named one is not the caller's. @throws ChatError not_found when none may be made
 */
export async function openConversation(
  {
    signals,
    audit,
    db,
    agents,
  }: {
    signals: Signals;
    audit: Pick<AuditTrail, 'record'>;
    db: Parameters<typeof findConversation>[0];
    agents: Pick<ChatAgents, 'findUsable'>;
  },
  { person, ...which }: { person: PersonAuthority; agentId: string; chatId: string | undefined },
): Promise<ConversationReference | undefined> {
  const who = { userId: person.userId, ...which };
  const existing = await findConversation(db, who);
  if (existing || who.chatId !== undefined) return existing;
  await signals.transaction(person, async (tx) => {
    await requireAgent(agents, who.userId, who.agentId, tx);
    const [created] = await tx
      .insert(conversations)
      .values({ agentId: who.agentId, userId: who.userId, isDefault: true })
      .onConflictDoNothing()
      .returning({ id: conversations.id });
    if (!created) return;
    await audit.record(tx, {
      eventType: 'conversation.created',
      actor: { type: 'user', id: who.userId },
      resource: `conversation:${created.id}`,
      detail: { agentId: who.agentId },
    });
  });
  return findConversation(db, who);
}
