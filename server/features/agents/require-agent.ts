import type { Executor } from '../../db/client.ts';
import type { Actor } from '../../http/actor.ts';
import { AppError, forbidden, notFound } from '../../platform/errors.ts';
import { type AgentActor, canEdit, canSee } from './agent.policy.ts';
import { type AgentWithGroups, findAgentActor } from './agent.queries.ts';

/** Role and groups as they are now. @throws AppError 401 for somebody who was deactivated meanwhile */
export async function requireActor(executor: Executor, actor: Actor): Promise<AgentActor> {
  const found = await findAgentActor(executor, actor.userId);
  if (!found) throw new AppError('unauthenticated', 'Sign in to continue.');
  return found;
}

/** @throws AppError 404, also for what this person may not see */
export function requireVisible(actor: AgentActor, agent: AgentWithGroups | undefined): AgentWithGroups {
  if (!agent || !canSee(actor, agent)) throw notFound('The agent');
  return agent;
}

/** @throws AppError 403, or 404 for what this person may not even see */
export function requireEditable(actor: AgentActor, agent: AgentWithGroups | undefined): AgentWithGroups {
  const visible = requireVisible(actor, agent);
  if (!canEdit(actor, visible)) throw forbidden('Only admins can change this agent.');
  return visible;
}

/** For whoever asks to change what follows the owner's role. */
export const fixedPermissions = () =>
  new AppError('invalid_request', 'The permissions of a personal agent cannot be changed.');
