import type { Executor, Transaction } from '../../db/client.ts';
import { notFound } from '../../platform/errors.ts';
import { findUser, updateUser } from './user.queries.ts';

/** What agents are told about a person. @throws AppError 404 when there is no such person */
export async function findPersonalContext(executor: Executor, userId: string): Promise<string> {
  const user = await findUser(executor, userId);
  if (!user) throw notFound('The user');
  return user.context;
}

export async function updatePersonalContext(tx: Transaction, userId: string, context: string): Promise<void> {
  await updateUser(tx, userId, { context });
}
