import { and, eq, sql } from 'drizzle-orm';
import type { Executor, Transaction, WritableDatabase, WritableExecutor } from '../db/client.ts';
import { prepared } from '../db/prepared.ts';
import { holdsReplicaLock } from '../db/replica-lock.ts';
import { pluginCalls, replicas, runs } from '../db/schema/index.ts';

export interface PluginCallKey {
  gatewayRunId: string;
  toolCallId: string;
}

/** A live process writes every few seconds that it lives; it may be without its lock for as long. */
const lostAfterSeconds = 8;

const isCall = ({ gatewayRunId, toolCallId }: PluginCallKey) =>
  and(eq(pluginCalls.gatewayRunId, gatewayRunId), eq(pluginCalls.toolCallId, toolCallId));

/** `claimed`: the call is ours to make. `taken`: it was asked for before. `ended`: its run does not run (any more). */
export async function claimPluginCall(
  db: WritableDatabase,
  { runId, replicaId, ...call }: PluginCallKey & { runId: string; replicaId: string },
): Promise<'claimed' | 'taken' | 'ended'> {
  return db.transaction(async (tx) => {
    // The end of a run, which forgets its calls, comes before or after this.
    const isRunning = and(eq(runs.id, runId), eq(runs.state, 'running'));
    const [run] = await tx.select({ id: runs.id }).from(runs).where(isRunning).for('share');
    if (!run) return 'ended';
    const claimed = await tx
      .insert(pluginCalls)
      .values({ runId, replicaId, ...call })
      .onConflictDoNothing()
      .returning({ runId: pluginCalls.runId });
    return claimed.length > 0 ? 'claimed' : 'taken';
  });
}

/** `isLost`: the process that was making the call is gone. Undefined once the run has ended. */
export async function findPluginCall(
  db: Executor,
  call: PluginCallKey,
): Promise<{ outcome: unknown; isLost: boolean } | undefined> {
  const [row] = await db
    .select({
      outcome: pluginCalls.outcome,
      isLost: sql<boolean>`not ${holdsReplicaLock(pluginCalls.replicaId)} and not exists (
        select from ${replicas} where ${replicas.id} = ${pluginCalls.replicaId}
          and ${replicas.seenAt} > now() - ${lostAfterSeconds} * interval '1 second')`,
    })
    .from(pluginCalls)
    .where(isCall(call));
  return row;
}

/** The first outcome stays, and is returned; undefined once the run has ended. */
export async function storePluginOutcome(db: WritableExecutor, call: PluginCallKey, outcome: object): Promise<unknown> {
  const [row] = await db
    .update(pluginCalls)
    .set({ outcome: sql`coalesce(${pluginCalls.outcome}, ${JSON.stringify(outcome)}::jsonb)` })
    .where(isCall(call))
    .returning({ outcome: pluginCalls.outcome });
  return row?.outcome;
}

const deleteOfRun = prepared('plugin_calls_forget', (tx: Transaction) =>
  tx.delete(pluginCalls).where(eq(pluginCalls.runId, sql.placeholder('runId'))),
);

export async function forgetPluginCalls(tx: Transaction, runId: string): Promise<void> {
  await deleteOfRun(tx, { runId });
}
