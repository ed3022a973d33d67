import { and, type AnyColumn, eq, type SQL, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/client.ts';
import { agents, allowances, conversations } from '../../db/schema/index.ts';

export type Allowance = typeof allowances.$inferSelect;

type AllowedCall = Pick<Allowance, 'conversationId' | 'agentId' | 'userId' | 'toolId' | 'scope'>;

/** Whether the admin permits that a tool of the agent is not asked about again: its id, or the column that has it. */
export const allowsAlways = (toolId: string | AnyColumn): SQL =>
  sql`${agents.pluginConfig} -> 'allow_always' ? ${toolId}`;

/** What the person allowed for good covers this call: given by them, to this agent, on the branch that is shown. */
export async function findAllowance(
  db: Executor,
  { conversationId, agentId, userId, toolId, scope }: AllowedCall,
): Promise<string | undefined> {
  const [found] = await db
    .select({ id: allowances.id })
    .from(allowances)
    .innerJoin(conversations, eq(conversations.id, allowances.conversationId))
    .where(
      and(
        eq(allowances.conversationId, conversationId),
        eq(allowances.agentId, agentId),
        eq(allowances.userId, userId),
        eq(allowances.toolId, toolId),
        eq(allowances.scope, scope),
        eq(conversations.agentId, allowances.agentId),
        eq(conversations.userId, allowances.userId),
        eq(conversations.branch, allowances.branch),
      ),
    );
  return found?.id;
}

/** Holds it until the transaction ends: false when it was taken back, or the admin permits it no longer. */
export async function holdAllowance(tx: Transaction, { id, toolId }: { id: string; toolId: string }): Promise<boolean> {
  const held = await tx
    .select({ id: allowances.id })
    .from(allowances)
    .innerJoin(agents, eq(agents.id, allowances.agentId))
    .where(and(eq(allowances.id, id), eq(allowances.toolId, toolId), allowsAlways(toolId)))
    .for('share');
  return held.length > 0;
}

/** One that exists is given anew, for the branch that is shown now. */
export async function insertAllowance(
  tx: Transaction,
  allowed: AllowedCall & Pick<Allowance, 'proposal'>,
): Promise<Allowance> {
  const branch = sql<number>`(select ${conversations.branch} from ${conversations}
    where ${conversations.id} = ${allowed.conversationId})`;
  const { proposal, userId, agentId } = allowed;
  const [inserted] = await tx
    .insert(allowances)
    .values({ ...allowed, branch })
    .onConflictDoUpdate({
      target: [allowances.conversationId, allowances.toolId, allowances.scope],
      set: { branch, proposal, userId, agentId },
    })
    .returning();
  if (!inserted) throw new Error('The allowance was not stored.');
  return inserted;
}

/** Whether the admin permits it now; holds the agent as it is until the transaction ends. */
export async function permitsAlways(
  tx: Transaction,
  { agentId, toolId }: { agentId: string; toolId: string },
): Promise<boolean> {
  const found = await tx
    .select({ id: agents.id })
    .from(agents)
    .where(and(eq(agents.id, agentId), allowsAlways(toolId)))
    .for('share');
  return found.length > 0;
}

export async function deleteAllowance(
  tx: Transaction,
  { id, userId }: { id: string; userId: string },
): Promise<Allowance | undefined> {
  const [deleted] = await tx
    .delete(allowances)
    .where(and(eq(allowances.id, id), eq(allowances.userId, userId)))
    .returning();
  return deleted;
}
