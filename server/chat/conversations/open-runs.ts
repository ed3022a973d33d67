import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Executor, Reader } from '../../db/client.ts';
import { prepared } from '../../db/prepared.ts';
import { runs } from '../../db/schema/index.ts';

export const openStates = ['queued', 'running', 'waiting'] as const;

export interface OpenRun {
  id: string;
  state: 'queued' | 'running' | 'waiting';
  messageId: string;
  replicaId: string | null;
  position: number;
}

export async function listOpenRuns(db: Executor, conversationId: string): Promise<OpenRun[]> {
  const rows = await listOpen(db, { conversationId });
  return rows as OpenRun[];
}

const listOpen = prepared('runs_open', (db: Reader) =>
  db
    .select({
      id: runs.id,
      state: runs.state,
      messageId: runs.messageId,
      replicaId: runs.replicaId,
      position: runs.position,
    })
    .from(runs)
    .where(and(eq(runs.conversationId, sql.placeholder('conversationId')), inArray(runs.state, [...openStates])))
    .orderBy(asc(runs.position)),
);

/** Of the newest run, ended or not; 0 before any. */
export async function newestRunPosition(db: Executor, conversationId: string): Promise<number> {
  const [newest] = await db
    .select({ position: runs.position })
    .from(runs)
    .where(eq(runs.conversationId, conversationId))
    .orderBy(desc(runs.position))
    .limit(1);
  return newest?.position ?? 0;
}
