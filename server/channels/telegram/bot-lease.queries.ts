import { eq, isNull, lt, or, sql } from 'drizzle-orm';
import type { Transaction, WritableDatabase } from '../../db/client.ts';
import { telegramBots } from '../../db/schema/index.ts';
import type { BotRow } from '../../features/telegram/bot.queries.ts';

/** Renews what a process holds, takes what is free, and returns both. Telling time is the database's. */
export const claimBots = (db: WritableDatabase, replicaId: string, leaseMs: number): Promise<BotRow[]> =>
  db
    .update(telegramBots)
    .set({ leaseReplica: replicaId, leaseUntil: sql`now() + ${leaseMs} * interval '1 millisecond'` })
    .where(
      or(
        eq(telegramBots.leaseReplica, replicaId),
        isNull(telegramBots.leaseUntil),
        lt(telegramBots.leaseUntil, sql`now()`),
      ),
    )
    .returning();

/** Says whether there were any. */
export async function releaseBots(tx: Transaction, replicaId: string): Promise<boolean> {
  const given = await tx
    .update(telegramBots)
    .set({ leaseReplica: null, leaseUntil: null })
    .where(eq(telegramBots.leaseReplica, replicaId))
    .returning({ id: telegramBots.id });
  return given.length > 0;
}

type BotHealth = Pick<BotRow, 'state' | 'reason'>;

/** Returns the state before; undefined for a bot that is gone. */
export async function replaceBotHealth(
  tx: Transaction,
  id: number,
  health: BotHealth,
): Promise<BotRow['state'] | undefined> {
  const [before] = await tx
    .select({ state: telegramBots.state })
    .from(telegramBots)
    .where(eq(telegramBots.id, id))
    .for('update');
  if (!before) return undefined;
  await tx.update(telegramBots).set(health).where(eq(telegramBots.id, id));
  return before.state;
}
