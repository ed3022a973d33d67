import { isDeepStrictEqual } from 'node:util';
import { and, desc, eq, sql } from 'drizzle-orm';
import type { AgentVersion } from '../../../contract/agents.ts';
import type { Executor, Transaction } from '../../db/client.ts';
import { type AgentState, agents, agentVersions, connections, groups, users } from '../../db/schema/index.ts';
import { describeChanges } from './describe-changes.ts';

export interface VersionAuthor {
  agentId: string;
  /** Null where Pinchy itself changes it. */
  authorId: string | null;
  restoredFrom?: number;
}

/**
 * Does a change of an agent and keeps what it then is as a new version, unless nothing differs. What changed since the last
 * version by itself, such as a group that was deleted, becomes a version of nobody's first. Called inside a transaction that
 * holds the agent's row; says whether there is a new one.
 */
export async function keepVersion(
  tx: Transaction,
  author: VersionAuthor,
  change: () => Promise<void>,
): Promise<boolean> {
  const { agentId } = author;
  const [before, newest] = [await readAgentState(tx, agentId), await findNewest(tx, agentId)];
  const hasDrifted = before !== undefined && !isDeepStrictEqual(newest?.state, before);
  const number = (newest?.number ?? 0) + (hasDrifted ? 1 : 0);
  if (hasDrifted) await tx.insert(agentVersions).values({ agentId, number, authorId: null, state: before });
  await change();
  return recordNext(tx, author, { number, state: before });
}

/** The first version of an agent that was just made. */
export async function recordFirstVersion(tx: Transaction, author: VersionAuthor): Promise<void> {
  await recordNext(tx, author, { number: 0, state: undefined });
}

async function recordNext(
  tx: Transaction,
  { agentId, authorId, restoredFrom }: VersionAuthor,
  before: { number: number; state: AgentState | undefined },
): Promise<boolean> {
  const state = await readAgentState(tx, agentId);
  if (state === undefined || isDeepStrictEqual(before.state, state)) return false;
  const number = before.number + 1;
  await tx.insert(agentVersions).values({ agentId, number, authorId, restoredFrom: restoredFrom ?? null, state });
  return true;
}

/** What an agent is, as versions keep it. */
export async function readAgentState(executor: Executor, agentId: string): Promise<AgentState | undefined> {
  const { rows } = await executor.execute<{ state: AgentState }>(sql`
    select jsonb_build_object(
      'name', name, 'tagline', tagline, 'greetingMessage', greeting_message, 'description', description,
      'responsibleUserId', responsible_user_id, 'reviewAt', review_at, 'model', model, 'personality', personality,
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

async function findNewest(executor: Executor, agentId: string) {
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

/** Newest first, each with what differs from the one before. */
export async function listVersions(
  executor: Executor,
  agentId: string,
  { page, limit }: { page: number; limit: number },
): Promise<{ versions: AgentVersion[]; total: number }> {
  const newest = await findNewest(executor, agentId);
  const total = newest?.number ?? 0;
  // One more, to compare the oldest of the page with.
  const rows = await executor
    .select({ version: agentVersions, authorName: users.name })
    .from(agentVersions)
    .leftJoin(users, eq(users.id, agentVersions.authorId))
    .where(eq(agentVersions.agentId, agentId))
    .orderBy(desc(agentVersions.number))
    .limit(limit + 1)
    .offset((page - 1) * limit);
  const names = await findNamesIn(
    executor,
    rows.map(({ version }) => version.state),
  );
  const versions = rows.slice(0, limit).map(({ version, authorName }, index): AgentVersion => {
    const before = rows[index + 1]?.version.state;
    const { number, createdAt, authorId, restoredFrom, state } = version;
    return {
      number,
      createdAt: createdAt.toISOString(),
      authorId,
      authorName,
      restoredFrom,
      changes: before ? describeChanges(before, state) : {},
      names: Object.fromEntries(
        idsIn(state)
          .concat(before ? idsIn(before) : [])
          .flatMap((id) => names.get(id) ?? []),
      ),
    };
  });
  return { versions, total };
}

const idsIn = ({ groupIds, responsibleUserId, connections: granted }: AgentState): string[] => [
  ...groupIds,
  ...(responsibleUserId ? [responsibleUserId] : []),
  ...granted.map(({ connectionId }) => connectionId),
];

async function findNamesIn(executor: Executor, states: AgentState[]): Promise<Map<string, [[string, string]]>> {
  const ids = [...new Set(states.flatMap(idsIn))];
  if (ids.length === 0) return new Map();
  const { rows } = await executor.execute<{ id: string; name: string }>(sql`
    select id::text, name from ${groups} where id = any(${sql.param(ids)}::uuid[])
    union all select id::text, name from ${users} where id = any(${sql.param(ids)}::uuid[])
    union all select id::text, name from ${connections} where id = any(${sql.param(ids)}::uuid[])`);
  return new Map(rows.map(({ id, name }) => [id, [[id, name]]]));
}
