import { desc, eq, inArray, lt } from 'drizzle-orm';
import type { Executor, Transaction, WritableDatabase } from '../../db/client.ts';
import { sessions, users } from '../../db/schema/index.ts';

/** The session of a token, with the person whose it is, whether or not either still counts. */
export async function findSessionByToken(executor: Executor, token: string) {
  const [row] = await executor
    .select({ user: users, createdAt: sessions.createdAt, expiresAt: sessions.expiresAt })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(sessions.token, token));
  return row;
}

/** Ends a person's sessions, all but one if said. Called while the user's row is locked. */
export async function deleteSessions(tx: Transaction, userId: string, except?: string): Promise<void> {
  const owned = await tx
    .select({ id: sessions.id, token: sessions.token })
    .from(sessions)
    .where(eq(sessions.userId, userId));
  for (const session of owned)
    if (session.token !== except) await tx.delete(sessions).where(eq(sessions.id, session.id));
}

/** Ends a person's sessions beyond the newest of this number. Says whether there were any. */
export async function deleteOldestSessions(tx: Transaction, userId: string, kept: number): Promise<boolean> {
  const surplus = tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(eq(sessions.userId, userId))
    .orderBy(desc(sessions.createdAt), desc(sessions.id))
    .offset(kept)
    // Another sign-in at this instant ends them already.
    .for('update', { skipLocked: true });
  const ended = await tx.delete(sessions).where(inArray(sessions.id, surplus)).returning({ id: sessions.id });
  return ended.length > 0;
}

export async function deleteSessionsExpiredBefore(db: WritableDatabase, moment: Date): Promise<void> {
  await db.delete(sessions).where(lt(sessions.expiresAt, moment));
}
