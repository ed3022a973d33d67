import { eq, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/client.ts';
import { users } from '../../db/schema/index.ts';

const hasAddress = (email: string) => eq(sql`lower(${users.email})`, email);

/** Whose account it is; undefined for an address that nobody has. */
export async function findUserIdByEmail(executor: Executor, email: string): Promise<string | undefined> {
  const [user] = await executor.select({ id: users.id }).from(users).where(hasAddress(email));
  return user?.id;
}

/** Lets nobody end this person's sessions between the check of the password and the session that it opens. */
export async function holdPassword(tx: Transaction, email: string): Promise<void> {
  await tx.select({ id: users.id }).from(users).where(hasAddress(email)).for('share');
}
