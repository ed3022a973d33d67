import type { Agent } from '../../../contract/agents.ts';
import type { Role } from '../../../contract/common.ts';
import type { AccessReason } from '../../../contract/users.ts';
import { smithers } from './templates.ts';

export type Abilities = Agent['abilities'];

/** What the rules look at of the person who asks. */
export interface AgentActor {
  userId: string;
  role: Role;
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
export const canSee = (actor: AgentActor, agent: AgentFacts): boolean =>
  actor.role === 'admin' || reasonToChat(actor, agent) !== undefined;

export const canChat = (actor: AgentActor, agent: AgentFacts): boolean => reasonToChat(actor, agent) !== undefined;

/**
 * Why somebody may chat with an agent; undefined: they may not. A personal agent talks to its owner only: an admin who
 * sees it must not become its owner in its eyes.
 */
export function reasonToChat(actor: AgentActor, agent: AgentFacts): AccessReason | undefined {
  if (agent.isPersonal) return isOwner(actor, agent) ? 'owner' : undefined;
  if (agent.visibility === 'all') return 'everyone';
  if (agent.groupIds.some((groupId) => actor.groupIds.includes(groupId))) return 'group';
  return actor.role === 'admin' ? 'admin' : undefined;
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

/** What of a personal agent nobody changes: it follows its owner's role. */
const permissionFields = new Set(['allowedTools', 'pluginConfig', 'visibility', 'groupIds', 'connections']);

/** Whether a field of this agent stays as it is, whoever asks. */
export const isFixed = (agent: Pick<AgentFacts, 'isPersonal'>, field: string): boolean =>
  agent.isPersonal && permissionFields.has(field);

/** The tools of a personal agent, whatever its owner's role was when the account was made. */
export const personalTools = (role: Role): string[] => (role === 'admin' ? smithers.adminTools : smithers.allowedTools);

export const grantedTools = (agent: { isPersonal: boolean; allowedTools: string[] }, ownerRole: Role): string[] =>
  agent.isPersonal ? personalTools(ownerRole) : agent.allowedTools;

type Audience = Pick<AgentFacts, 'visibility' | 'groupIds'>;

/** Restricting access is licensed; without a licence it can still be tightened, never widened. */
export function needsLicence(agent: Audience, next: Audience): boolean {
  const isSame = next.visibility === agent.visibility && hasSameMembers(next.groupIds, agent.groupIds);
  const tightens =
    agent.visibility === 'restricted' &&
    next.visibility === 'restricted' &&
    next.groupIds.every((groupId) => agent.groupIds.includes(groupId));
  return !isSame && !tightens;
}

const hasSameMembers = (left: readonly string[], right: readonly string[]) =>
  left.length === right.length && left.every((item) => right.includes(item));

export function abilities(actor: AgentActor, agent: AgentFacts): Abilities {
  const isSharedForAdmin = actor.role === 'admin' && !agent.isPersonal;
  return { edit: canEdit(actor, agent), delete: isSharedForAdmin, setPermissions: isSharedForAdmin };
}
