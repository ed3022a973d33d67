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

/** @throws ChatError as above, or agent_stopped: what is there can be read, nothing new begins */
export async function requireAnsweringAgent(
  agents: Pick<ChatAgents, 'findUsable'>,
  userId: string,
  agentId: string,
  tx?: Transaction,
): Promise<void> {
  const agent = await agents.findUsable(userId, agentId, tx);
  if (!agent) throw new ChatError('not_found', 'This agent was not found, or you may not use it any more.');
  if (agent.stopped) throw agentStopped();
}

export const agentStopped = (): ChatError =>
  new ChatError('agent_stopped', 'This agent is stopped. It answers again once an admin lets it go on.');
