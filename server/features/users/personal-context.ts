import { eq } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/client.ts';
import { users } from '../../db/schema/index.ts';
import { notFound } from '../../platform/errors.ts';

/** What agents are told about a person. @throws AppError 404 when there is no such person */
export async function findPersonalContext(executor: Executor, userId: string): Promise<string> {
  const [row] = await executor.select({ context: users.context }).from(users).where(eq(users.id, userId));
  if (!row) throw notFound('The user');
  return row.context;
}

export async function updatePersonalContext(tx: Transaction, userId: string, context: string): Promise<void> {
  await tx.update(users).set({ context, updatedAt: new Date() }).where(eq(users.id, userId));
}
