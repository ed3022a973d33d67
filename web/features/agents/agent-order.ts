import type { Agent } from '../../../contract/agents.ts';
import type { OwnUser } from '../../../contract/users.ts';

export interface AgentGroups {
  /** The caller's own assistant, Smithers. */
  own: Agent[];
  shared: Agent[];
}

/** Whom the caller can talk to: an admin is told of the assistants of others, but they answer their owners only. */
export function groupAgents(agents: readonly Agent[], me: OwnUser): AgentGroups {
  // As people count: 2 before 10.
  const byName = agents.toSorted((left, right) => left.name.localeCompare(right.name, undefined, { numeric: true }));
  return {
    own: byName.filter((agent) => agent.isPersonal && agent.ownerId === me.id),
    shared: byName.filter((agent) => !agent.isPersonal),
  };
}

const lastAgentKey = 'pinchy.last-agent';

export function rememberLastAgent(id: string): void {
  try {
    localStorage.setItem(lastAgentKey, id);
  } catch {
    // Storage may be full or blocked; then the start page begins with the assistant.
  }
}

/** Where the start page leads: the agent used last, or the own assistant, or any. */
export function findStartAgent({ own, shared }: AgentGroups): Agent | undefined {
  const reachable = [...own, ...shared];
  let last: string | null = null;
  try {
    last = localStorage.getItem(lastAgentKey);
  } catch {
    // As above.
  }
  return reachable.find((agent) => agent.id === last) ?? reachable[0];
}
