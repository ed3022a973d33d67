import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { Database } from './client.ts';

/** A probe wants an answer, not a queue for a connection. */
const timeoutMs = 2_000;

export async function isConnected(db: Database): Promise<boolean> {
  const question = db.execute(sql`select 1`).then(
    () => true,
    () => false,
  );
  return Promise.race([question, sleep(timeoutMs, false, { ref: false })]);
}
