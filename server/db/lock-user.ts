import { eq } from 'drizzle-orm';
import type { Transaction } from './client.ts';
import { users } from './schema/index.ts';

/** Whoever sets a password, ends sessions, or reads one of them to write it anew does so one after the other. */
export async function lockUser(tx: Transaction, id: string): Promise<void> {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, id)).for('no key update');
}
