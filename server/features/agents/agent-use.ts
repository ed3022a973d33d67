import { sql } from 'drizzle-orm';
import type { AgentUse } from '../../../contract/agents.ts';
import type { Database } from '../../db/client.ts';
import type { Actor } from '../../http/actor.ts';
import { canSee } from './agent.policy.ts';
import { listAgents } from './agent.queries.ts';
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

type Use = Pick<AgentUse, 'lastUsedAt' | 'cost'>;

const iso = (moment: Date | string | null) => moment && new Date(moment).toISOString();

/** The newest record of each from the index of agents; the cost from the sums by hour. */
async function findAllUse(db: Database): Promise<Map<string, Use>> {
  const { rows } = await db.execute<{ id: string; lastUsedAt: string | null; cost: string | null }>(sql`
    select agent.id::text as id, newest.created_at as "lastUsedAt", trim_scale(spent.cost)::text as cost
    from agents agent
    left join lateral (
      select created_at from usage_records
      where agent_id = agent.id and source = 'chat' order by created_at desc limit 1
    ) newest on true
    left join (
      select agent_id, sum(cost) as cost from usage_hours where hour >= now() - interval '30 days' group by agent_id
    ) spent on spent.agent_id = agent.id
    where agent.deleted_at is null`);
  return new Map(rows.map(({ id, lastUsedAt, cost }) => [id, { lastUsedAt: iso(lastUsedAt), cost }]));
}

async function findOwnUse(db: Database, userId: string): Promise<Map<string, Use>> {
  const { rows } = await db.execute<{ id: string; lastUsedAt: string | null }>(sql`
    select agent_id::text as id, max(last_message_at) as "lastUsedAt" from conversations
    where user_id = ${userId} group by agent_id`);
  return new Map(rows.map(({ id, lastUsedAt }) => [id, { lastUsedAt: iso(lastUsedAt), cost: null }]));
}
