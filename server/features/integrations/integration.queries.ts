import { and, desc, eq, inArray, isNull } from 'drizzle-orm';
import type { Executor, Transaction, WritableExecutor } from '../../db/client.ts';
import { agentConnections, agents, connections, odooSeenRecords } from '../../db/schema/index.ts';
import type { SeenRecords } from '../../tools/odoo/odoo-access.ts';

export type ConnectionRow = typeof connections.$inferSelect;
export type AgentConnectionRow = typeof agentConnections.$inferSelect;

/** Newest first. */
export const listConnections = (executor: Executor): Promise<ConnectionRow[]> =>
  executor.select().from(connections).orderBy(desc(connections.createdAt), desc(connections.id));

export async function findConnection(executor: Executor, id: string): Promise<ConnectionRow | undefined> {
  return (await executor.select().from(connections).where(eq(connections.id, id)))[0];
}

/** Locks the row until the transaction ends. */
export async function findConnectionForUpdate(tx: Transaction, id: string): Promise<ConnectionRow | undefined> {
  return (await tx.select().from(connections).where(eq(connections.id, id)).for('update'))[0];
}

export async function insertConnection(
  tx: Transaction,
  values: typeof connections.$inferInsert,
): Promise<ConnectionRow> {
  const [row] = await tx.insert(connections).values(values).returning();
  if (!row) throw new Error('The connection was not inserted.');
  return row;
}

export async function updateConnection(
  tx: Transaction,
  id: string,
  changes: Partial<typeof connections.$inferInsert>,
): Promise<ConnectionRow> {
  const [row] = await tx.update(connections).set(changes).where(eq(connections.id, id)).returning();
  if (!row) throw new Error('The connection was not updated.');
  return row;
}

export async function deleteConnection(tx: Transaction, id: string): Promise<void> {
  await tx.delete(connections).where(eq(connections.id, id));
}

/** Locks the agent, so that two changes of its permissions come one after the other. */
export async function findAgentForGrant(tx: Transaction, id: string) {
  const [row] = await tx
    .select({ id: agents.id, name: agents.name, isPersonal: agents.isPersonal })
    .from(agents)
    .where(and(eq(agents.id, id), isNull(agents.deletedAt)))
    .for('update');
  return row;
}

export async function isAgent(executor: Executor, id: string): Promise<boolean> {
  const rows = await executor
    .select({ id: agents.id })
    .from(agents)
    .where(and(eq(agents.id, id), isNull(agents.deletedAt)));
  return rows.length > 0;
}

/** Every connection with what the agent was given of it, if anything. */
export function listWithGrants(executor: Executor, agentId: string) {
  return executor
    .select({ connection: connections, grant: agentConnections })
    .from(connections)
    .leftJoin(
      agentConnections,
      and(eq(agentConnections.connectionId, connections.id), eq(agentConnections.agentId, agentId)),
    )
    .orderBy(desc(connections.createdAt), desc(connections.id));
}

export const listGrantsOf = (executor: Executor, connectionId: string): Promise<AgentConnectionRow[]> =>
  executor.select().from(agentConnections).where(eq(agentConnections.connectionId, connectionId));

export async function saveGrant(tx: Transaction, values: typeof agentConnections.$inferInsert): Promise<void> {
  const { agentId: _, connectionId: __, ...changes } = { ...values, updatedAt: new Date() };
  await tx
    .insert(agentConnections)
    .values(values)
    .onConflictDoUpdate({ target: [agentConnections.agentId, agentConnections.connectionId], set: changes });
}

export async function insertSeen(executor: WritableExecutor, { ids, ...seen }: SeenRecords): Promise<void> {
  if (ids.length === 0) return;
  await executor
    .insert(odooSeenRecords)
    .values(ids.map((recordId) => ({ ...seen, recordId })))
    .onConflictDoNothing();
}

export async function selectSeen(executor: Executor, { ids, ...seen }: SeenRecords): Promise<Set<number>> {
  const rows = await executor
    .select({ id: odooSeenRecords.recordId })
    .from(odooSeenRecords)
    .where(
      and(
        eq(odooSeenRecords.conversationId, seen.conversationId),
        eq(odooSeenRecords.connectionId, seen.connectionId),
        eq(odooSeenRecords.model, seen.model),
        inArray(odooSeenRecords.recordId, ids),
      ),
    );
  return new Set(rows.map(({ id }) => id));
}
