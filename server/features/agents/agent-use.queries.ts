import { sql } from 'drizzle-orm';
import type { AgentUse } from '../../../contract/agents.ts';
import type { Database } from '../../db/client.ts';

type Use = Pick<AgentUse, 'lastUsedAt' | 'cost'>;

const iso = (moment: Date | string | null) => moment && new Date(moment).toISOString();

/** The newest record of each from the index of agents; the cost from the sums by hour. */
export async function findAllUse(db: Database): Promise<Map<string, Use>> {
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

export async function findOwnUse(db: Database, userId: string): Promise<Map<string, Use>> {
  const { rows } = await db.execute<{ id: string; lastUsedAt: string | null }>(sql`
    select agent_id::text as id, max(last_message_at) as "lastUsedAt" from conversations
    where user_id = ${userId} group by agent_id`);
  return new Map(rows.map(({ id, lastUsedAt }) => [id, { lastUsedAt: iso(lastUsedAt), cost: null }]));
}
