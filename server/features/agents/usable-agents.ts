import type { UserAccess } from '../../../contract/users.ts';
import type { Database } from '../../db/client.ts';
import { reasonToChat } from './agent.policy.ts';
import { findAgentActor, listAgents, listGroupsOf } from './agent.queries.ts';

/** The agents that a person may chat with now, by name, and why; none for somebody deactivated. */
export async function listUsableAgents(db: Database, userId: string): Promise<UserAccess['agents']> {
  const person = await findAgentActor(db, userId);
  if (!person) return [];
  const own = await listGroupsOf(db, userId);
  const agents = await listAgents(db);
  return agents
    .flatMap((agent) => {
      const reason = reasonToChat(person, agent);
      if (!reason) return [];
      const through = agent.visibility === 'restricted' && !agent.isPersonal ? agent.groupIds : [];
      const { id, name, stopped } = agent;
      return [{ id, name, reason, stopped, groups: own.filter((group) => through.includes(group.id)) }];
    })
    .toSorted((left, right) => left.name.localeCompare(right.name));
}
