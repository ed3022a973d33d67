import { and, asc, eq, sql } from 'drizzle-orm';
import { temporaryHours } from '../../../contract/limits.ts';
import type { Executor } from '../../db/client.ts';
import { conversations } from '../../db/schema/index.ts';

const lastSaid = sql`coalesce(${conversations.lastMessageAt}, ${conversations.createdAt})`;
const isOver = and(eq(conversations.temporary, true), sql`${lastSaid} < now() - ${temporaryHours} * interval '1 hour'`);

/** Temporary conversations whose time is over, the oldest first. */
export async function listOverdue(db: Executor, limit: number): Promise<string[]> {
  const rows = await db
    .select({ id: conversations.id })
    .from(conversations)
    .where(isOver)
    .orderBy(asc(lastSaid))
    .limit(limit);
  return rows.map(({ id }) => id);
}

export async function isOverdue(db: Executor, id: string): Promise<boolean> {
  const rows = await db
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(isOver, eq(conversations.id, id)));
  return rows.length > 0;
}
