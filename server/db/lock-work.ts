import { sql } from 'drizzle-orm';
import type { Transaction } from './client.ts';

/** What is changed by one transaction at a time, since each builds on what the one before left. */
export type SerialWork =
  'budgets' | 'documents' | 'group names' | 'model limits' | 'prices' | 'providers' | 'seats' | 'setup';

/** Waits for every other transaction that does this work, on all replicas, and keeps the next ones waiting until this one ends. */
export async function lockWork(tx: Transaction, work: SerialWork): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`pinchy ${work}`}))`);
}
