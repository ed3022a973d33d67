import { and, desc, eq, gt, isNull, lt, sql } from 'drizzle-orm';
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
    .returning({
      botId: telegramPairings.botId,
      telegramUserId: telegramPairings.telegramUserId,
      language: telegramPairings.language,
    });
  return claimed;
}

/** The codes that an account was given within a time, newest first, with the seconds that each still counts. */
export async function listRecentPairings(tx: Transaction, telegramUserId: number, seconds: number) {
  return tx
    .select({
      codeHash: telegramPairings.codeHash,
      createdAt: telegramPairings.createdAt,
      usedAt: telegramPairings.usedAt,
      secondsLeft: sql<number>`extract(epoch from ${telegramPairings.expiresAt} - now())::float8`,
      ageSeconds: sql<number>`extract(epoch from now() - ${telegramPairings.createdAt})::float8`,
    })
    .from(telegramPairings)
    .where(
      and(
        eq(telegramPairings.telegramUserId, telegramUserId),
        gt(telegramPairings.createdAt, sql`now() - ${seconds} * interval '1 second'`),
      ),
    )
    .orderBy(desc(telegramPairings.createdAt));
}

/** Two messages at once get one code. */
export async function lockPairings(tx: Transaction, telegramUserId: number): Promise<Date> {
  const key = `telegram pairing ${telegramUserId}`;
  const { rows } = await tx.execute<{ now: number }>(
    sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0)), floor(extract(epoch from clock_timestamp()) * 1000)::float8 as now`,
  );
  return new Date(rows[0]?.now ?? Date.now());
}

/** A new code takes the place of the account's earlier ones, and of everybody's that ran out long ago. */
export async function insertPairing(
  tx: Transaction,
  pairing: Omit<typeof telegramPairings.$inferSelect, 'expiresAt' | 'usedAt'> & { seconds: number },
): Promise<void> {
  const { codeHash, botId, telegramUserId, language, createdAt, seconds } = pairing;
  await tx.delete(telegramPairings).where(lt(telegramPairings.createdAt, sql`now() - interval '1 day'`));
  await tx
    .update(telegramPairings)
    .set({ expiresAt: sql`now()` })
    .where(and(eq(telegramPairings.telegramUserId, telegramUserId), isNull(telegramPairings.usedAt)));
  const expiresAt = new Date(createdAt.getTime() + seconds * 1_000);
  await tx.insert(telegramPairings).values({ codeHash, botId, telegramUserId, language, createdAt, expiresAt });
}
