import { sql } from 'drizzle-orm';
import type { Executor, WritableDatabase } from '../../db/client.ts';
import { userActivity } from '../../db/schema/index.ts';

export const listActivity = (executor: Executor) => executor.select().from(userActivity);

/** Keeps the later moment of each person: of two processes, the slower one may write last. */
export async function keepActivity(db: WritableDatabase, moments: ReadonlyMap<string, Date>): Promise<void> {
  const rows = [...moments].map(([userId, lastActiveAt]) => ({ userId, lastActiveAt }));
  // In one order, so that two processes wait for each other.
  rows.sort((left, right) => (left.userId < right.userId ? -1 : 1));
  await db
    .insert(userActivity)
    .values(rows)
    .onConflictDoUpdate({
      target: userActivity.userId,
      set: { lastActiveAt: sql`greatest(${userActivity.lastActiveAt}, excluded.last_active_at)` },
    });
}
