import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Executor, Reader, Transaction } from '../../db/client.ts';
import { agentGroups, agents, groupMembers, groups, users } from '../../db/schema/index.ts';
import { prepared } from '../../db/prepared.ts';
import { endForbiddenAllowances } from '../../tools/approval/forbidden-allowances.ts';
import type { AgentActor } from './agent.policy.ts';

export type AgentRow = typeof agents.$inferSelect;
export type AgentWithGroups = AgentRow & { groupIds: string[]; responsibleUserName: string | null };
export type AgentChanges = Partial<Omit<typeof agents.$inferInsert, 'id' | 'createdAt'>>;

const groupIds = sql<string[]>`coalesce(
  (select array_agg(${agentGroups.groupId} order by ${agentGroups.groupId}) from ${agentGroups}
   where ${agentGroups.agentId} = ${agents.id}), '{}')`;

const responsibleUserName = sql<string | null>`(
  select responsible.name from ${users} responsible where responsible.id = ${agents.responsibleUserId})`;

const present = isNull(agents.deletedAt);

/** Newest first; personal agents of deactivated people are left out. */
export async function listAgents(executor: Executor): Promise<AgentWithGroups[]> {
  const rows = await listAll(executor, {});
  return rows.map(withRelated);
}

const listAll = prepared('agents', (executor: Reader) =>
  executor
    .select({ agent: agents, groupIds, responsibleUserName })
    .from(agents)
    .leftJoin(users, eq(users.id, agents.ownerId))
    .where(and(present, sql`not (${agents.isPersonal} and coalesce(${users.banned}, false))`))
    .orderBy(desc(agents.createdAt), desc(agents.id)),
);

const withRelated = ({
  agent,
  ...related
}: {
  agent: AgentRow;
  groupIds: string[];
  responsibleUserName: string | null;
}): AgentWithGroups => ({ ...agent, ...related });

export async function findAgent(executor: Reader, id: string): Promise<AgentWithGroups | undefined> {
  const [row] = await findById(executor, { id });
  return row && withRelated(row);
}

/** Locks the rows until the transaction ends; in one order, so that two of these wait for each other. */
export async function listAgentsForUpdate(tx: Transaction): Promise<{ id: string; name: string; stopped: boolean }[]> {
  return tx
    .select({ id: agents.id, name: agents.name, stopped: agents.stopped })
    .from(agents)
    .where(present)
    .orderBy(agents.id)
    .for('update');
}

const findById = prepared('agent', (executor: Reader) =>
  executor
    .select({ agent: agents, groupIds, responsibleUserName })
    .from(agents)
    .where(and(eq(agents.id, sql.placeholder('id')), present)),
);

/** Locks the row until the transaction ends. */
export async function findAgentForUpdate(tx: Transaction, id: string): Promise<AgentWithGroups | undefined> {
  const [locked] = await tx
    .select({ id: agents.id })
    .from(agents)
    .where(and(eq(agents.id, id), present))
    .for('update');
  return locked && findAgent(tx, id);
}

export async function insertAgent(tx: Transaction, values: typeof agents.$inferInsert): Promise<AgentWithGroups> {
  const [row] = await tx.insert(agents).values(values).returning({ id: agents.id });
  const inserted = row && (await findAgent(tx, row.id));
  if (!inserted) throw new Error('The agent was not inserted.');
  return inserted;
}

export async function updateAgent(tx: Transaction, id: string, changes: AgentChanges): Promise<void> {
  await tx
    .update(agents)
    .set({ ...changes, updatedAt: new Date() })
    .where(eq(agents.id, id));
  if (changes.pluginConfig || changes.allowedTools) await endForbiddenAllowances(tx, id);
}

export async function replaceAgentGroups(tx: Transaction, agentId: string, ids: string[]): Promise<void> {
  await tx.delete(agentGroups).where(eq(agentGroups.agentId, agentId));
  if (ids.length > 0) await tx.insert(agentGroups).values(ids.map((groupId) => ({ agentId, groupId })));
}

export async function findPersonalAgent(executor: Executor, userId: string): Promise<AgentRow | undefined> {
  const [row] = await executor
    .select()
    .from(agents)
    .where(and(eq(agents.ownerId, userId), eq(agents.isPersonal, true), present));
  return row;
}

/** Those of these groups that exist. */
export async function findKnownGroups(executor: Executor, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const found = await executor.select({ id: groups.id }).from(groups).where(inArray(groups.id, ids));
  return found.map(({ id }) => id).sort();
}

/** Gives every agent that has no model this one. Returns those. */
export const setMissingModels = (tx: Transaction, model: string): Promise<{ id: string; name: string }[]> =>
  tx
    .update(agents)
    .set({ model, updatedAt: new Date() })
    .where(and(isNull(agents.model), present))
    .returning({ id: agents.id, name: agents.name });

/** The rows alone: all agents, the shared ones, one by its id, or the personal one of a person. */
export const listAgentRows = (
  executor: Executor,
  which: 'all' | 'shared' | { id: string } | { ownerId: string },
): Promise<AgentRow[]> =>
  executor
    .select()
    .from(agents)
    .where(and(present, conditionOf(which)));

function conditionOf(which: Parameters<typeof listAgentRows>[1]) {
  if (which === 'all') return undefined;
  if (which === 'shared') return eq(agents.isPersonal, false);
  return 'id' in which ? eq(agents.id, which.id) : and(eq(agents.isPersonal, true), eq(agents.ownerId, which.ownerId));
}

/** What agents are told about the owner of a personal one. */
export async function findOwnerContext(executor: Executor, ownerId: string): Promise<string> {
  const [owner] = await executor.select({ context: users.context }).from(users).where(eq(users.id, ownerId));
  return owner?.context ?? '';
}

const groupsOfUser = sql<string[]>`coalesce(
  (select array_agg(${groupMembers.groupId}) from ${groupMembers} where ${groupMembers.userId} = ${users.id}), '{}')`;

/** Role and groups as they are now; undefined for someone unknown or deactivated. */
export async function findAgentActor(executor: Reader, userId: string): Promise<AgentActor | undefined> {
  const [row] = await findActor(executor, { userId });
  return row && { userId, role: row.role, groupIds: row.groupIds };
}

const isActive = and(eq(users.id, sql.placeholder('userId')), eq(users.banned, false));
const findActor = prepared('agent_actor', (executor: Reader) =>
  executor.select({ role: users.role, groupIds: groupsOfUser }).from(users).where(isActive),
);

/** The same of several; whoever is unknown or deactivated is left out. */
export async function findAgentActors(executor: Executor, userIds: readonly string[]): Promise<AgentActor[]> {
  return executor
    .select({ userId: users.id, role: users.role, groupIds: groupsOfUser })
    .from(users)
    .where(and(inArray(users.id, [...userIds]), eq(users.banned, false)));
}

/** The same, with what agents are told about the person. */
export async function findUserForPrompt(executor: Reader, userId: string) {
  const [row] = await findForPrompt(executor, { userId });
  return row && { userId, ...row };
}

const findForPrompt = prepared('agent_prompt_user', (executor: Reader) =>
  executor
    .select({ name: users.name, role: users.role, context: users.context, groupIds: groupsOfUser })
    .from(users)
    .where(isActive),
);

/** The groups that a person is in, by name. */
export const listGroupsOf = (executor: Reader, userId: string): Promise<{ id: string; name: string }[]> =>
  executor
    .select({ id: groups.id, name: groups.name })
    .from(groupMembers)
    .innerJoin(groups, eq(groups.id, groupMembers.groupId))
    .where(eq(groupMembers.userId, userId))
    .orderBy(asc(groups.name));
