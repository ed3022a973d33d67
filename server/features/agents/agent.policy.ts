import type { Agent } from '../../../contract/agents.ts';

export type Abilities = Agent['abilities'];

/** What the rules look at of the person who asks. */
export interface AgentActor {
  userId: string;
  role: 'admin' | 'member';
  groupIds: readonly string[];
}

/** What the rules look at of an agent. */
export interface AgentFacts {
  isPersonal: boolean;
  ownerId: string | null;
  visibility: 'all' | 'restricted';
  groupIds: readonly string[];
}

const isOwner = (actor: AgentActor, agent: AgentFacts) => agent.isPersonal && agent.ownerId === actor.userId;

/** Admins see every agent, others' personal ones too; restricted ones are for the members of their groups. */
export function canSee(actor: AgentActor, agent: AgentFacts): boolean {
  if (actor.role === 'admin') return true;
  if (agent.isPersonal) return isOwner(actor, agent);
  if (agent.visibility === 'all') return true;
  return agent.groupIds.some((groupId) => actor.groupIds.includes(groupId));
}

/** A personal agent talks to its owner only: an admin who sees it must not become its owner in its eyes. */
export function canChat(actor: AgentActor, agent: AgentFacts): boolean {
  return agent.isPersonal ? isOwner(actor, agent) : canSee(actor, agent);
}

export function canEdit(actor: AgentActor, agent: AgentFacts): boolean {
  return actor.role === 'admin' || isOwner(actor, agent);
}

/** What an owner may change of their personal agent; everything else is for admins. */
const ownerFields = new Set(['name', 'model', 'tagline', 'greetingMessage', 'starters', 'icon']);

/** The fields of a change that this person may not touch. */
export function forbiddenFields(actor: AgentActor, fields: readonly string[]): string[] {
  return actor.role === 'admin' ? [] : fields.filter((field) => !ownerFields.has(field));
}

export function abilities(actor: AgentActor, agent: AgentFacts): Abilities {
  return {
    edit: canEdit(actor, agent),
    delete: actor.role === 'admin' && !agent.isPersonal,
    setPermissions: actor.role === 'admin' && !agent.isPersonal,
  };
}
