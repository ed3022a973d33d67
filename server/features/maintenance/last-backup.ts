import { and, desc, eq } from 'drizzle-orm';
import type { Executor } from '../../db/client.ts';
import { auditEntries } from '../../db/schema/index.ts';

/** When `pinchy backup` last succeeded: it says so in the audit trail. Other ways to back up are not known here. */
export async function findLastBackup(db: Executor): Promise<Date | undefined> {
  const [row] = await db
    .select({ timestamp: auditEntries.timestamp })
    .from(auditEntries)
    .where(and(eq(auditEntries.eventType, 'backup.created'), eq(auditEntries.outcome, 'success')))
    .orderBy(desc(auditEntries.timestamp), desc(auditEntries.id))
    .limit(1);
  return row?.timestamp;
}
