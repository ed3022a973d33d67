import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { WritableDatabase } from '../../db/client.ts';
import type { ScheduledJob } from '../../db/jobs.ts';
import { deleteExpiredCounts } from '../../db/rate-limiter.ts';
import { sweepBudgets } from '../budgets/spending.ts';
import { deleteExpiredSessions } from '../auth/session.service.ts';
import { sweepLeftovers } from '../documents/walk-documents.ts';
import { deleteUnsentUploads } from '../uploads/delete-uploads.ts';
import { sweepOrphans } from '../uploads/sweep-orphans.ts';

const hourMs = 60 * 60 * 1_000;
const dayMs = 24 * hourMs;

/** What the server does by itself, by the clock. */
export function createMaintenanceJobs(options: {
  db: WritableDatabase;
  audit: AuditTrail;
  workspaceRoot: string;
  dataRoot: string;
  /** Removes temporary conversations whose time is over. */
  sweepTemporary(signal: AbortSignal): Promise<void>;
}): ScheduledJob[] {
  const { db, audit, workspaceRoot, dataRoot, sweepTemporary } = options;
  return [
    {
      id: 'audit.integrity-check',
      schedule: '0 */6 * * *',
      run: async (signal) => void (await audit.integrityCheck(signal)),
    },
    {
      id: 'sessions.sweep',
      schedule: '20 3 * * *',
      run: async () => void (await deleteExpiredSessions(db)),
    },
    {
      id: 'rate-limits.sweep',
      schedule: '10 * * * *',
      /** An hour late, since the replicas' clocks may differ. */
      run: async () => void (await deleteExpiredCounts(db, Date.now() - hourMs)),
    },
    {
      id: 'budgets.sweep',
      schedule: '30 3 * * *',
      run: () => sweepBudgets(db),
    },
    {
      id: 'conversations.sweep',
      schedule: '*/10 * * * *',
      run: sweepTemporary,
    },
    {
      id: 'documents.sweep',
      schedule: '50 3 * * *',
      /** What a server that was killed had received in part, or was about to remove. */
      run: (signal) => sweepLeftovers(dataRoot, new Date(Date.now() - dayMs), signal),
    },
    {
      id: 'uploads.sweep',
      schedule: '40 3 * * *',
      /** Files that were uploaded but never sent with a message, and such as a server that was killed has left. */
      run: async (signal) => {
        const before = new Date(Date.now() - dayMs);
        await deleteUnsentUploads(db, { workspaceRoot, before });
        await sweepOrphans(db, { workspaceRoot, before }, signal);
      },
    },
  ];
}
