import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/client.ts';
import { telegramChats, telegramLinks, telegramPairings } from '../../db/schema/index.ts';

export type LinkRow = typeof telegramLinks.$inferSelect;

export async function findLink(executor: Executor, userId: string): Promise<LinkRow | undefined> {
  const [row] = await executor.select().from(telegramLinks).where(eq(telegramLinks.userId, userId));
  return row;
}

export async function findLinkOfAccount(executor: Executor, telegramUserId: number): Promise<LinkRow | undefined> {
  const [row] = await executor.select().from(telegramLinks).where(eq(telegramLinks.telegramUserId, telegramUserId));
  return row;
}

/** What is shown in the account's chats ends with the link. */
export async function removeLink(tx: Transaction, link: LinkRow): Promise<void> {
  await tx.delete(telegramLinks).where(eq(telegramLinks.userId, link.userId));
  // A private chat has the id of the person in it.
  await tx.delete(telegramChats).where(eq(telegramChats.chatId, link.telegramUserId));
}

export async function removeAllLinks(tx: Transaction): Promise<LinkRow[]> {
  return tx.delete(telegramLinks).returning();
}

export async function insertLink(tx: Transaction, link: Pick<LinkRow, 'userId' | 'telegramUserId'>): Promise<boolean> {
  const added = await tx
    .insert(telegramLinks)
    .values(link)
    .onConflictDoNothing()
    .returning({ id: telegramLinks.userId });
  return added.length > 0;
}

/** Uses a code up. Two racing uses: one gets it. */
export async function claimPairing(tx: Transaction, codeHash: string) {
  const [claimed] = await tx
    .update(telegramPairings)
    .set({ usedAt: sql`now()` })
    .where(
      and(
        eq(telegramPairings.codeHash, codeHash),
        isNull(telegramPairings.usedAt),
        gt(telegramPairings.expiresAt, sql`now()`),
      ),
    )
    .returning({ botId: telegramPairings.botId, telegramUserId: telegramPairings.telegramUserId });
  return claimed;
}

export async function countRecentPairings(tx: Transaction, telegramUserId: number, seconds: number): Promise<number> {
  const [row] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(telegramPairings)
    .where(
      and(
        eq(telegramPairings.telegramUserId, telegramUserId),
        gt(telegramPairings.createdAt, sql`now() - ${seconds} * interval '1 second'`),
      ),
    );
  return row?.count ?? 0;
}

/** A new code takes the place of the account's earlier ones, and of everybody's that ran out long ago. */
export async function insertPairing(
  tx: Transaction,
  pairing: { codeHash: string; botId: number; telegramUserId: number; seconds: number },
): Promise<void> {
  const { codeHash, botId, telegramUserId, seconds } = pairing;
  await tx.delete(telegramPairings).where(lt(telegramPairings.createdAt, sql`now() - interval '1 day'`));
  await tx
    .update(telegramPairings)
    .set({ expiresAt: sql`now()` })
    .where(and(eq(telegramPairings.telegramUserId, telegramUserId), isNull(telegramPairings.usedAt)));
  await tx
    .insert(telegramPairings)
    .values({ codeHash, botId, telegramUserId, expiresAt: sql`now() + ${seconds} * interval '1 second'` });
}
