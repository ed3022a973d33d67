import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Reader, WritableDatabase, Transaction } from '../../db/client.ts';
import { prepared, preparedSql } from '../../db/prepared.ts';
import { replicas, runs } from '../../db/schema/index.ts';
import { holdsReplicaLock, takeReplicaLock } from '../../db/replica-lock.ts';
import type { Signals } from '../../db/signals.ts';
import type { Logger } from '../../platform/logger.ts';
import { conversationSignal, type ConversationReference } from '../conversations/conversation-reference.ts';
import type { ChatAudit, ChatSpending, ChatTimings } from '../ports.ts';
import { findConversationById, lockConversation } from '../conversations/find-conversation.ts';
import { openStates } from '../conversations/open-runs.ts';
import { endRun, interruptMessages } from '../runs/run.queries.ts';
import type { LocalRuns } from '../runs/local-runs.ts';
import { systemAuthority } from '../../db/authority.ts';

/** This process among those on the same database: says that it lives, and tidies up after those that do not. */
export interface RunTakeover {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Structurally a client of `pg`'s pool. */
export interface HeldClient {
  query(text: string, values?: unknown[]): Promise<unknown>;
  release(error?: Error | boolean): void;
  on(event: 'error', listener: () => void): unknown;
}

const sayAlive = preparedSql(
  'replica_alive',
  sql`
    insert into replicas (id) values (${sql.placeholder('replicaId')}) on conflict (id) do update set seen_at = now()`,
);

/** Open runs of replicas that are gone. Dead ones without any are forgotten on the way. */
const findOrphans = preparedSql<{ conversationId: string; replicaId: string | null }, Record<string, unknown>>(
  'replica_orphans',
  sql`
    with forgotten as (
      delete from replicas where seen_at < now() - ${sql.placeholder('deadAfter')} * interval '1 millisecond'
        and not exists (
          select from runs where runs.replica_id = replicas.id and runs.state in ('queued', 'running', 'waiting'))
    )
    select distinct runs.conversation_id as "conversationId", runs.replica_id as "replicaId"
    from runs left join replicas on replicas.id = runs.replica_id
    where runs.state in ('queued', 'running', 'waiting')
      and runs.replica_id is distinct from ${sql.placeholder('replicaId')}::uuid
      and (replicas.id is null
        or replicas.seen_at < now() - ${sql.placeholder('deadAfter')} * interval '1 millisecond'
        or (replicas.seen_at < now() - ${sql.placeholder('goneAfter')} * interval '1 millisecond'
          and not ${holdsReplicaLock(runs.replicaId)}))`,
);

const listOwn = prepared('replica_runs', (db: Reader) =>
  db
    .select({ id: runs.id, conversationId: runs.conversationId, agentId: runs.agentId, state: runs.state })
    .from(runs)
    .where(and(eq(runs.replicaId, sql.placeholder('replicaId')), inArray(runs.state, [...openStates]))),
);

export function createRunTakeover(options: {
  signals: Signals;
  db: WritableDatabase;
  audit: ChatAudit;
  spending: Pick<ChatSpending, 'charge'>;
  replicaId: string;
  localRuns: LocalRuns;
  timings: ChatTimings;
  log: Logger;
  /** A connection of its own, held as long as the process lives; its end shows at once that the process ended. */
  connect: () => Promise<HeldClient>;
}): RunTakeover {
  const { signals, db, audit, spending, replicaId, localRuns, timings, log, connect } = options;
  let held: HeldClient | undefined;
  let heldSince = 0;
  let timer: NodeJS.Timeout | undefined;
  let beating: Promise<void> | undefined;
  let unsubscribe: (() => void) | undefined;

  async function holdLock(): Promise<void> {
    if (held) return;
    const client = await connect();
    client.on('error', () => {
      if (held !== client) return;
      held = undefined;
      client.release(true);
    });
    try {
      await client.query(takeReplicaLock, [replicaId]);
    } catch (error) {
      // The database went away just now. Kept, it would be missing from the pool, which then never closes.
      client.release(true);
      throw error;
    }
    held = client;
    heldSince = performance.now();
  }

  async function beat(isStart: boolean): Promise<void> {
    try {
      await holdLock();
      await sayAlive(db, { replicaId });
      await takeOver(isStart);
      await checkOwn();
      for (const conversationId of localRuns.queued()) await localRuns.claimNext(conversationId);
    } catch (error) {
      if (isStart) throw error;
      log.warn({ error }, 'the heartbeat could not be written');
    }
  }

  /** Ends or takes over the open runs of replicas that are gone. */
  async function takeOver(isStart: boolean): Promise<void> {
    // After an outage that we came out of first, the others have neither lock nor heartbeat yet, and live.
    if (!isStart && performance.now() - heldSince < timings.replicaGone) return;
    const goneAfter = isStart ? 0 : timings.replicaGone;
    const orphans = await findOrphans(db, { replicaId, goneAfter, deadAfter: timings.replicaDead });
    for (const orphan of orphans.rows) {
      const waiting = await signals.transaction(systemAuthority, (tx) => adopt(tx, orphan));
      for (const run of waiting) await localRuns.resume(run);
    }
  }

  /** Returns the runs that wait for a person and are ours from now on. */
  async function adopt(
    tx: Transaction,
    orphan: { conversationId: string; replicaId: string | null },
  ): Promise<{ runId: string; conversation: ConversationReference }[]> {
    const waiting: { runId: string; conversation: ConversationReference }[] = [];
    const conversation = await lockConversation(tx, orphan.conversationId);
    if (!conversation) return waiting;
    const { id: conversationId, agentId, userId, isDefault, temporary } = conversation;
    const ofOrphan = and(
      eq(runs.conversationId, conversationId),
      sql`${runs.replicaId} is not distinct from ${orphan.replicaId}`,
      inArray(runs.state, [...openStates]),
    );
    const open = await tx.select({ id: runs.id, state: runs.state }).from(runs).where(ofOrphan);
    for (const run of open) {
      if (run.state === 'queued') {
        await tx.update(runs).set({ replicaId }).where(eq(runs.id, run.id));
        localRuns.queue(conversationId);
      } else if (run.state === 'waiting') {
        await tx.update(runs).set({ replicaId }).where(eq(runs.id, run.id));
        const reference = { id: conversationId, agentId, userId, isDefault, temporary };
        waiting.push({ runId: run.id, conversation: reference });
      } else {
        await interrupt(tx, { id: run.id, replicaId: orphan.replicaId, agentId, userId, conversationId });
      }
    }
    if (open.length > 0) {
      signals.signal(tx, conversationSignal(conversation, 'run'));
    }
    return waiting;
  }

  async function interrupt(
    tx: Transaction,
    run: { id: string; replicaId: string | null; agentId: string; userId: string; conversationId: string },
  ): Promise<void> {
    const { agentId, userId, conversationId } = run;
    const write = (sent: Promise<unknown>) => signals.write(tx, sent);
    if (!(await endRun(tx, run, { state: 'interrupted', errorCode: 'interrupted' }, { write }))) return;
    const { written } = await interruptMessages(tx, run.id);
    await spending.charge(tx, run.id, { failed: false, written });
    await audit.record(tx, {
      eventType: 'run.interrupted',
      actor: { type: 'system' },
      resource: `run:${run.id}`,
      outcome: 'failure',
      error: 'The server stopped while it was answering.',
      detail: { agentId, userId, conversationId },
    });
  }

  /** Runs that are ours by their rows must be answered here, and the other way round. */
  async function checkOwn(): Promise<void> {
    const before = new Set([...localRuns.runs()].map((run) => run.runId));
    const rows = await listOwn(db, { replicaId });
    const ours = new Set(rows.map((row) => row.id));
    for (const run of localRuns.runs()) {
      if (before.has(run.runId) && !ours.has(run.runId)) run.abort('lost');
    }
    for (const row of rows) {
      if (row.state === 'queued') localRuns.queue(row.conversationId);
      else if (row.state === 'waiting') await takeUp(row);
      else if (localRuns.isForgotten(row)) await startForgotten(row);
    }
  }

  async function takeUp({ id, conversationId }: { id: string; conversationId: string }): Promise<void> {
    if (localRuns.live(conversationId)) return;
    const conversation = await findConversationById(db, conversationId);
    if (conversation) await localRuns.resume({ runId: id, conversation });
  }

  /**
   * The commit of such a run was never heard of, because the connection broke: it is started now. One that was answered
   * here, but whose end could not be written, is interrupted.
   */
  async function startForgotten({ id, conversationId }: { id: string; conversationId: string }): Promise<void> {
    const toStart = await signals.transaction(systemAuthority, async (tx) => {
      const conversation = await lockConversation(tx, conversationId);
      if (!conversation) return undefined;
      const isOurs = and(eq(runs.id, id), eq(runs.replicaId, replicaId), eq(runs.state, 'running'));
      const [run] = await tx.select({ id: runs.id }).from(runs).where(isOurs);
      if (!run || !localRuns.isForgotten({ id, conversationId })) return undefined;
      const { agentId, userId, isDefault, temporary } = conversation;
      const isEnd = localRuns.wasAnswered(id);
      if (isEnd) await interrupt(tx, { id, replicaId, agentId, userId, conversationId });
      const change = isEnd ? 'run' : 'message';
      signals.signal(tx, conversationSignal(conversation, change));
      return isEnd ? undefined : { id: conversationId, agentId, userId, isDefault, temporary };
    });
    if (toStart && localRuns.isForgotten({ id, conversationId })) localRuns.start({ runId: id, conversation: toStart });
  }

  function beatNow(): void {
    beating ??= beat(false).finally(() => (beating = undefined));
  }

  return {
    async start() {
      await beat(true);
      timer = setInterval(beatNow, timings.heartbeat).unref();
      // The database is back: what could not be said or done meanwhile does not wait any longer.
      unsubscribe = signals.onReset(() => signals.listening && beatNow());
    },
    async stop() {
      clearInterval(timer);
      unsubscribe?.();
      await beating;
      await db
        .delete(replicas)
        .where(eq(replicas.id, replicaId))
        .catch(() => undefined);
      const client = held;
      held = undefined;
      await client?.query('select pg_advisory_unlock_all()').catch(() => undefined);
      client?.release();
    },
  };
}
