import { setTimeout as sleep } from 'node:timers/promises';
import { and, eq, sql } from 'drizzle-orm';
import { runs } from '../../db/schema/index.ts';
import type { Signals } from '../../db/signals.ts';
import type { Logger } from '../../platform/logger.ts';
import { conversationSignal, type ConversationReference } from '../conversations/conversation-reference.ts';
import { createLiveRun, type AbortCause, type LiveMessage, type LiveRun } from './live-run.ts';
import { lockConversation } from '../conversations/find-conversation.ts';
import { listOpenRuns } from '../conversations/open-runs.ts';
import { placeMessage } from './run.queries.ts';
import { systemAuthority } from '../../db/authority.ts';
import type { RunProgress } from './run-outcome.ts';

/** The runs that this process answers. One per conversation at a time. */
export interface LocalRuns {
  live(conversationId: string): LiveRun | undefined;
  growing(): Iterable<LiveMessage>;
  runs(): Iterable<LiveRun>;
  /** Does what writes the row of a run that starts here and then starts it: a row without its run is no fault meanwhile. */
  whileStarting<Result>(conversationId: string, work: () => Promise<Result>): Promise<Result>;
  /** True of a run that is not answered here, and that nobody is about to start. */
  isForgotten(run: { id: string; conversationId: string }): boolean;
  /** It was answered here, but its end could not be written. */
  wasAnswered(runId: string): boolean;
  /** Answers a run whose row is `running` and ours. */
  start(run: { runId: string; conversation: ConversationReference }): void;
  /** Goes on with a run whose row is `waiting` and ours, unless it is under way. */
  resume(run: { runId: string; conversation: ConversationReference }): Promise<void>;
  /** A decision about a call of this run was made; without an id: decisions may have been missed. */
  wake(runId?: string): void;
  /** A run of ours waits in this conversation. */
  queue(conversationId: string): void;
  /** Starts the next run that waits in a conversation, if it is ours and nothing runs. */
  claimNext(conversationId: string): Promise<void>;
  /** Conversations in which runs of ours wait. */
  queued(): Iterable<string>;
  abort(run: { conversationId: string; runId: string }, cause: AbortCause): void;
  readonly stopping: boolean;
  /** Answers that do not end within the time are kept as interrupted. */
  stop(graceMs: number): Promise<void>;
}

/** What is left of a stop's time for writing down interrupted answers. */
const lastWriteMs = 3_000;

export function createLocalRuns(options: {
  signals: Signals;
  replicaId: string;
  log: Logger;
  answer: (live: LiveRun, progress?: RunProgress) => Promise<void>;
  /** What is stored of a waiting run of ours; undefined when it does not wait (any more). */
  loadWaiting: (runId: string) => Promise<{ message: LiveMessage; progress: RunProgress } | undefined>;
  /** From now on the run's frames come from here. */
  onResume: (conversationId: string) => void;
  publish: (conversationId: string, frame: string) => void;
  onChange: (conversationId: string) => void;
  /** Sends what other replicas said in the conversation; called between the runs of this one. */
  catchUp: (conversationId: string) => Promise<void>;
}): LocalRuns {
  const { signals, replicaId, log, answer, loadWaiting, publish, onChange, catchUp } = options;
  const live = new Map<string, LiveRun>();
  const waiting = new Set<string>();
  const answers = new Set<Promise<void>>();
  /** How many are about to start a run, by conversation. */
  const starting = new Map<string, number>();
  const unended = new Set<string>();
  let stopping = false;

  function start(
    { runId, conversation }: { runId: string; conversation: ConversationReference },
    waited?: { message: LiveMessage; progress: RunProgress },
  ): void {
    const run = createLiveRun({
      runId,
      conversation,
      message: waited?.message,
      publish: (frame) => publish(conversation.id, frame),
      onChange: () => onChange(conversation.id),
      // Nothing is lost by leaving it to the next process, and a person may take a quarter of an hour.
      onWait: () => stopping && run.abort('shutdown'),
    });
    live.set(conversation.id, run);
    onChange(conversation.id);
    if (stopping) run.abort('shutdown');
    const answered = answer(run, waited?.progress).finally(() => {
      answers.delete(answered);
      if (run.unended) unended.add(runId);
      if (live.get(conversation.id) === run) live.delete(conversation.id);
      onChange(conversation.id);
      void catchUp(conversation.id)
        .catch(() => undefined)
        .then(() => claimNext(conversation.id));
    });
    answers.add(answered);
  }

  async function resume(run: { runId: string; conversation: ConversationReference }): Promise<void> {
    const { id } = run.conversation;
    if (stopping || live.has(id)) return;
    try {
      const waited = await loadWaiting(run.runId);
      if (!waited || stopping || live.has(id)) return;
      options.onResume(id);
      start(run, waited);
    } catch (error) {
      // The next heartbeat tries again.
      log.warn({ error, runId: run.runId }, 'a waiting run could not be taken up');
    }
  }

  async function claimNext(conversationId: string): Promise<void> {
    if (stopping || live.has(conversationId) || !waiting.has(conversationId)) return;
    try {
      await whileStarting(conversationId, async () => {
        const claimed = await claim(conversationId);
        if (!claimed) return;
        await catchUp(conversationId).catch(() => undefined);
        start(claimed);
      });
    } catch (error) {
      // The next heartbeat tries again.
      log.warn({ error, conversationId }, 'the next run could not be claimed');
    }
  }

  async function whileStarting<Result>(conversationId: string, work: () => Promise<Result>): Promise<Result> {
    starting.set(conversationId, (starting.get(conversationId) ?? 0) + 1);
    try {
      return await work();
    } finally {
      const left = (starting.get(conversationId) ?? 1) - 1;
      if (left > 0) starting.set(conversationId, left);
      else starting.delete(conversationId);
    }
  }

  /** Claims under the conversation's lock, so that one replica gets the run, and only when the one before has ended. */
  function claim(conversationId: string) {
    return signals.transaction(systemAuthority, async (tx) => {
      const conversation = await lockConversation(tx, conversationId);
      const open = await listOpenRuns(tx, conversationId);
      const next = open[0];
      if (!open.some((run) => run.state === 'queued' && run.replicaId === replicaId)) waiting.delete(conversationId);
      if (!conversation || !next || next.state !== 'queued' || next.replicaId !== replicaId) return undefined;
      await tx
        .update(runs)
        .set({ state: 'running', startedAt: sql`now()` })
        .where(and(eq(runs.id, next.id), eq(runs.state, 'queued')));
      await placeMessage(tx, next.messageId);
      const { id, agentId, userId, isDefault, temporary } = conversation;
      signals.signal(tx, conversationSignal(conversation, 'run'));
      return { runId: next.id, conversation: { id, agentId, userId, isDefault, temporary } };
    });
  }

  return {
    live: (conversationId) => live.get(conversationId),
    runs: () => live.values(),
    *growing() {
      for (const run of live.values()) if (run.message) yield run.message;
    },
    whileStarting,
    isForgotten: ({ id, conversationId }) => !starting.has(conversationId) && live.get(conversationId)?.runId !== id,
    wasAnswered: (runId) => unended.has(runId),
    start: (run) => start(run),
    resume,
    wake(runId) {
      for (const run of live.values()) if (runId === undefined || run.runId === runId) run.wake();
    },
    queue(conversationId) {
      waiting.add(conversationId);
      // The run before may have ended already, and its signal been heard before ours was stored.
      void claimNext(conversationId);
    },
    queued: () => [...waiting],
    claimNext,
    abort({ conversationId, runId }, cause) {
      const run = live.get(conversationId);
      if (run?.runId === runId) run.abort(cause);
    },
    get stopping() {
      return stopping;
    },
    async stop(graceMs) {
      stopping = true;
      for (const run of live.values()) if (run.waiting) run.abort('shutdown');
      const allAnswered = () => Promise.all(answers);
      await Promise.race([allAnswered(), sleep(graceMs, undefined, { ref: false })]);
      for (const run of live.values()) run.abort('shutdown');
      await Promise.race([allAnswered(), sleep(lastWriteMs, undefined, { ref: false })]);
    },
  };
}
