import { and, desc, eq, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/client.ts';
import { type AgentState, agents, agentVersions, connections, groups, users } from '../../db/schema/index.ts';

export type VersionRow = typeof agentVersions.$inferSelect;

/** What a version keeps of an agent, as it is now; undefined for one that is gone. */
export async function readState(executor: Executor, agentId: string): Promise<AgentState | undefined> {
  const { rows } = await executor.execute<{ state: AgentState }>(sql`
    select jsonb_build_object(
      'name', name, 'tagline', tagline, 'greetingMessage', greeting_message, 'description', description,
      'responsibleUserId', responsible_user_id, 'reviewAt', review_at, 'model', model, 'personality', personality,
      'fallbackModel', fallback_model, 'reasoningEffort', reasoning_effort, 'temperature', temperature,
      'maxOutputTokens', max_output_tokens,
      'instructions', instructions, 'starters', to_jsonb(starters), 'icon', icon,
      'allowedTools', to_jsonb(allowed_tools), 'pluginConfig', plugin_config,
      'visibility', visibility,
      'groupIds', coalesce((select jsonb_agg(group_id order by group_id) from agent_groups where agent_id = agents.id), '[]'),
      'connections', coalesce((select jsonb_agg(jsonb_build_object('connectionId', connection_id, 'accessLevel', access_level,
        'models', to_jsonb(models), 'permissions', permissions) order by connection_id)
        from agent_connections where agent_id = agents.id and enabled), '[]')) as state
    from ${agents} where id = ${agentId} and deleted_at is null`);
  return rows[0]?.state;
}

export async function findNewestVersion(executor: Executor, agentId: string) {
  const [row] = await executor
    .select({ number: agentVersions.number, state: agentVersions.state })
    .from(agentVersions)
    .where(eq(agentVersions.agentId, agentId))
    .orderBy(desc(agentVersions.number))
    .limit(1);
  return row;
}

export async function findVersion(
  executor: Executor,
  agentId: string,
  number: number,
): Promise<AgentState | undefined> {
  const [row] = await executor
    .select({ state: agentVersions.state })
    .from(agentVersions)
    .where(and(eq(agentVersions.agentId, agentId), eq(agentVersions.number, number)));
  return row?.state;
}

/** Newest first, each with its author's name. */
export const listVersionRows = (
  executor: Executor,
  agentId: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ version: VersionRow; authorName: string | null }[]> =>
  executor
    .select({ version: agentVersions, authorName: users.name })
    .from(agentVersions)
    .leftJoin(users, eq(users.id, agentVersions.authorId))
    .where(eq(agentVersions.agentId, agentId))
    .orderBy(desc(agentVersions.number))
    .limit(limit)
    .offset(offset);

export async function insertVersion(tx: Transaction, values: typeof agentVersions.$inferInsert): Promise<void> {
  await tx.insert(agentVersions).values(values);
}

/** The names of these groups, people and connections, as far as they are still there. */
export async function findNames(executor: Executor, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await executor.execute<{ id: string; name: string }>(sql`
    select id::text, name from ${groups} where id = any(${sql.param(ids)}::uuid[])
    union all select id::text, name from ${users} where id = any(${sql.param(ids)}::uuid[])
    union all select id::text, name from ${connections} where id = any(${sql.param(ids)}::uuid[])`);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
