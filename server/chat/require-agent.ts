import type { Transaction } from '../db/client.ts';
import { ChatError } from './chat-error.ts';
import type { ChatAgents } from './ports.ts';

/** @throws ChatError not_found when this person may not use the agent now */
export async function requireAgent(
  agents: Pick<ChatAgents, 'findUsable'>,
  userId: string,
  agentId: string,
  tx?: Transaction,
): Promise<void> {
  if (await agents.findUsable(userId, agentId, tx)) return;
  throw new ChatError('not_found', 'This agent was not found, or you may not use it any more.');
}
