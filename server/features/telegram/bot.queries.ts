import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/client.ts';
import { agents, telegramBots } from '../../db/schema/index.ts';

export type BotRow = typeof telegramBots.$inferSelect;

/** The first half of an advisory lock's key; the connecting of bots is rare enough to go one by one. */
const lockSpace = 746_425;

/** Changes of bots follow one another until the transaction ends. */
export async function lockBots(tx: Transaction): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${lockSpace}, 0)`);
}

export async function findAgentForBot(executor: Executor, agentId: string) {
  const [agent] = await executor
    .select({ id: agents.id, name: agents.name, isPersonal: agents.isPersonal })
    .from(agents)
    .where(and(eq(agents.id, agentId), isNull(agents.deletedAt)));
  return agent;
}

/** Keeps the agent from being deleted meanwhile. */
export async function lockAgentForBot(tx: Transaction, agentId: string): Promise<void> {
  await tx.select({ id: agents.id }).from(agents).where(eq(agents.id, agentId)).for('share');
}

export async function findMainBot(executor: Executor): Promise<BotRow | undefined> {
  const [row] = await executor.select().from(telegramBots).where(eq(telegramBots.isMain, true));
  return row;
}

export async function findBotOfAgent(executor: Executor, agentId: string): Promise<BotRow | undefined> {
  const [row] = await executor.select().from(telegramBots).where(eq(telegramBots.agentId, agentId));
  return row;
}

export async function findBot(executor: Executor, id: number): Promise<BotRow | undefined> {
  const [row] = await executor.select().from(telegramBots).where(eq(telegramBots.id, id));
  return row;
}

export async function insertBot(tx: Transaction, values: typeof telegramBots.$inferInsert): Promise<BotRow> {
  const [created] = await tx.insert(telegramBots).values(values).returning();
  if (!created) throw new Error('The bot was not stored.');
  return created;
}

export async function updateBot(
  tx: Transaction,
  id: number,
  changes: Partial<typeof telegramBots.$inferInsert>,
): Promise<void> {
  await tx.update(telegramBots).set(changes).where(eq(telegramBots.id, id));
}

export async function deleteBot(tx: Transaction, id: number): Promise<void> {
  await tx.delete(telegramBots).where(eq(telegramBots.id, id));
}

/** The main bot first, then by the agents' names. */
export async function listBotsWithAgents(executor: Executor) {
  return executor
    .select({ bot: telegramBots, agentName: agents.name })
    .from(telegramBots)
    .innerJoin(agents, eq(agents.id, telegramBots.agentId))
    .orderBy(sql`${telegramBots.isMain} desc`, asc(agents.name), asc(telegramBots.id));
}
