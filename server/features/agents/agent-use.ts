import type { AgentUse } from '../../../contract/agents.ts';
import type { Database } from '../../db/client.ts';
import type { Actor } from '../../http/actor.ts';
import { canSee } from './agent.policy.ts';
import { listAgents } from './agent.queries.ts';
import { findAllUse, findOwnUse } from './agent-use.queries.ts';
import { requireActor } from './require-agent.ts';

export interface AgentUseList {
  /** Of the agents that this person sees: by anybody and with cost for admins, by themselves for everybody else. */
  listUse(actor: Actor): Promise<AgentUse[]>;
}

export function createAgentUseList({ db }: { db: Database }): AgentUseList {
  return {
    async listUse(actor) {
      const [viewer, all] = await Promise.all([requireActor(db, actor), listAgents(db)]);
      const known = await (viewer.role === 'admin' ? findAllUse(db) : findOwnUse(db, actor.userId));
      return all
        .filter((agent) => canSee(viewer, agent))
        .map(({ id }) => ({ agentId: id, lastUsedAt: null, cost: null, ...known.get(id) }));
    },
  };
}
