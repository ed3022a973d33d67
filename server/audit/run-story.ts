import { and, eq, gte, lte } from 'drizzle-orm';
import type { AuditEntry, AuditRun } from '../../contract/audit.ts';
import type { Database } from '../db/client.ts';
import { runs, usageRecords } from '../db/schema/index.ts';
import { findNames } from './names.ts';
import type { AuditReader } from './query.ts';

/** Usage of the last step may be written a moment after the run's end. */
const marginMs = 60_000;

/** A run with all that the trail has of it; undefined where it has nothing. */
export async function findRunStory(
  db: Database,
  reader: Pick<AuditReader, 'ofRun'>,
  runId: string,
): Promise<AuditRun | undefined> {
  const [entries, [run]] = await Promise.all([reader.ofRun(runId), db.select().from(runs).where(eq(runs.id, runId))]);
  if (!run && entries.length === 0) return undefined;
  const agentId = run?.agentId ?? agentOf(entries);
  const personId = run?.userId ?? entries.find((entry) => entry.personId !== null)?.personId ?? null;
  const names = await findNames(db, [
    ...(agentId === null ? [] : [{ kind: 'agent', id: agentId }]),
    ...(personId === null ? [] : [{ kind: 'user', id: personId }]),
  ]);
  const used = agentId === null ? [] : await findUsage(db, { runId, agentId, ...spanOf(run, entries) });
  return {
    id: runId,
    run: run
      ? {
          state: run.state,
          askedAt: run.createdAt.toISOString(),
          startedAt: run.startedAt?.toISOString() ?? null,
          finishedAt: run.finishedAt?.toISOString() ?? null,
          steps: run.steps,
        }
      : null,
    agentId,
    agentName: agentId === null ? null : (names('agent', agentId)?.name ?? null),
    personId,
    personName: personId === null ? null : (names('user', personId)?.name ?? null),
    models: [...new Set(used.map(({ model }) => model))],
    inputTokens: sum(used.map((step) => step.inputTokens + step.cacheReadTokens + step.cacheWriteTokens)),
    outputTokens: sum(used.map((step) => step.outputTokens)),
    cost: used.some(({ cost }) => cost === null) ? null : sum(used.map(({ cost }) => Number(cost))).toFixed(10),
    entries,
  };
}

function agentOf(entries: readonly AuditEntry[]): string | null {
  const acting = entries.find(({ actorType }) => actorType === 'agent');
  if (acting) return acting.actorId;
  const named = entries.find(({ detail }) => typeof detail['agentId'] === 'string');
  return (named?.detail['agentId'] as string | undefined) ?? null;
}

/** From when to when the run may have used a model; the records are found by agent and moment. */
function spanOf(run: typeof runs.$inferSelect | undefined, entries: readonly AuditEntry[]): { from: Date; to: Date } {
  const moments = entries.map(({ timestamp }) => Date.parse(timestamp));
  const from = run?.createdAt.getTime() ?? Math.min(...moments) - 60 * marginMs;
  const to = run ? (run.finishedAt?.getTime() ?? Date.now()) : Math.max(...moments);
  return { from: new Date(from), to: new Date(to + marginMs) };
}

const findUsage = (
  db: Database,
  { runId, agentId, from, to }: { runId: string; agentId: string; from: Date; to: Date },
) =>
  db
    .select()
    .from(usageRecords)
    .where(
      and(
        eq(usageRecords.agentId, agentId),
        gte(usageRecords.createdAt, from),
        lte(usageRecords.createdAt, to),
        eq(usageRecords.runId, runId),
      ),
    );

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
