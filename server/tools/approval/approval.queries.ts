import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/client.ts';
import { prepared } from '../../db/prepared.ts';
import { approvals } from '../../db/schema/index.ts';

export type Approval = typeof approvals.$inferSelect;

export async function insertApproval(
  tx: Transaction,
  { lifetimeMs, ...call }: Omit<typeof approvals.$inferInsert, 'expiresAt' | 'state'> & { lifetimeMs: number },
): Promise<Approval> {
  const expiresAt = sql<Date>`now() + ${lifetimeMs} * interval '1 millisecond'`;
  const [inserted] = await tx
    .insert(approvals)
    .values({ ...call, expiresAt })
    .returning();
  if (!inserted) throw new Error('The approval was not stored.');
  return inserted;
}

export async function findApproval(db: Executor, id: string): Promise<Approval | undefined> {
  const [found] = await db.select().from(approvals).where(eq(approvals.id, id));
  return found;
}

export function listApprovalsOfRun(db: Executor, runId: string): Promise<Approval[]> {
  return db.select().from(approvals).where(eq(approvals.runId, runId)).orderBy(asc(approvals.createdAt));
}

/** What waits for this person's decision, oldest first. */
export function listPendingApprovals(
  db: Executor,
  { userId, conversationId }: { userId: string; conversationId?: string | undefined },
): Promise<Approval[]> {
  return db
    .select()
    .from(approvals)
    .where(
      and(
        eq(approvals.state, 'pending'),
        sql`${approvals.expiresAt} > now()`,
        eq(approvals.userId, userId),
        conversationId === undefined ? undefined : eq(approvals.conversationId, conversationId),
      ),
    )
    .orderBy(asc(approvals.createdAt));
}

/** Claims the decision: undefined when it was taken, or its time was over, before. */
export async function decideApproval(
  tx: Transaction,
  { id, userId, state }: { id: string; userId: string; state: 'approved' | 'denied' },
): Promise<Approval | undefined> {
  const [decided] = await tx
    .update(approvals)
    .set({ state, decidedBy: userId, decidedAt: sql`now()` })
    .where(
      and(
        eq(approvals.id, id),
        eq(approvals.userId, userId),
        eq(approvals.state, 'pending'),
        sql`${approvals.expiresAt} > now()`,
      ),
    )
    .returning();
  return decided;
}

/** Whether calls wait for a decision, and whether the time of one has run out. */
export async function findWaitingApprovals(db: Executor): Promise<'none' | 'waiting' | 'overdue'> {
  const [row] = await db
    .select({ isOverdue: sql<boolean | null>`min(${approvals.expiresAt}) <= now()` })
    .from(approvals)
    .where(eq(approvals.state, 'pending'));
  if (typeof row?.isOverdue !== 'boolean') return 'none';
  return row.isOverdue ? 'overdue' : 'waiting';
}

/** Ends what nobody decided in time, each once, however many replicas look. */
export async function expireApprovals(tx: Transaction, most: number): Promise<Approval[]> {
  const overdue = tx
    .select({ id: approvals.id })
    .from(approvals)
    .where(and(eq(approvals.state, 'pending'), sql`${approvals.expiresAt} <= now()`))
    .limit(most)
    .for('update', { skipLocked: true });
  return tx
    .update(approvals)
    .set({ state: 'expired', decidedAt: sql`now()` })
    .where(inArray(approvals.id, overdue))
    .returning();
}

/** Claims the one execution of an approved call. */
export async function takeApproval(tx: Transaction, id: string): Promise<boolean> {
  const taken = await tx
    .update(approvals)
    .set({ state: 'executed' })
    .where(and(eq(approvals.id, id), eq(approvals.state, 'approved')))
    .returning({ id: approvals.id });
  return taken.length > 0;
}

const cancelOfRun = prepared('approvals_cancel', (tx: Transaction) =>
  tx
    .update(approvals)
    .set({ state: 'cancelled' })
    .where(and(eq(approvals.runId, sql.placeholder('runId')), inArray(approvals.state, ['pending', 'approved']))),
);

/** Nothing of this run may be decided or begin any more. */
export async function cancelApprovals(tx: Transaction, runId: string): Promise<void> {
  await cancelOfRun(tx, { runId });
}
