import { and, eq, inArray, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import type { FinishReason, MessageUsage, Source } from '../../../contract/socket.ts';
import type { Database, Transaction } from '../../db/client.ts';
import { prepared, preparedSql } from '../../db/prepared.ts';
import { conversations, messages, runs } from '../../db/schema/index.ts';
import type { Signals } from '../../db/signals.ts';
import { type Approval, listApprovalsOfRun } from '../../tools/approval/approval.queries.ts';
import type { RuntimeEvent, StepUsage } from '../../runtime/agent-runtime.ts';
import { cleanJson, cleanText } from '../clean-text.ts';
import { conversationSignal, type ConversationReference } from '../conversations/conversation-reference.ts';
import type { LiveMessage } from './live-run.ts';
import type { ChatAudit, ChatSpending, PriceUsage } from '../ports.ts';
import { findConversationById } from '../conversations/find-conversation.ts';
import { type CitingMessage, findSources } from '../conversations/find-sources.ts';
import { endRun } from './run.queries.ts';
import { systemAuthority } from '../../db/authority.ts';
import { joinToolCalls, splitToolCalls } from './tool-call-record.ts';
import { finishReasonOf, type RunOutcome, type RunProgress, type StoredStep } from './run-outcome.ts';
import { insertUsage, priceOf } from './usage-record.queries.ts';

/** The run was taken from this process, or its conversation is gone: nothing more may be written for it. */
export class RunLost extends Error {
  override name = 'RunLost';
}

export interface RunKey {
  runId: string;
  conversation: ConversationReference;
}

/** What a run reads and writes; each write in one transaction together with its audit entry. */
export interface RunStore {
  /** What a message whose text is whole rests on. */
  findSources(message: CitingMessage): Promise<Source[]>;
  /** Stores a step's message for good and what it cost; once, also when it is tried again after a commit nobody heard of. */
  storeStep(
    run: RunKey,
    message: LiveMessage | undefined,
    step: StoredStep & { finishReason: FinishReason },
  ): Promise<MessageUsage>;
  /** Stores a step whose calls wait for a person, and what the run needs to go on, here or elsewhere. */
  storeWaiting(run: RunKey, message: LiveMessage, step: StoredStep & { continuation: unknown }): Promise<MessageUsage>;
  /** What is stored of a run of ours that waits; undefined when it does not (any more). */
  loadWaiting(runId: string): Promise<{ message: LiveMessage; progress: RunProgress } | undefined>;
  listApprovals(run: RunKey): Promise<Approval[]>;
  /** Stores the outcomes of calls while others of the step still wait. */
  storeCalls(run: RunKey, message: LiveMessage): Promise<void>;
  /** All calls of the step have an outcome: stores its message for good, and the run goes on. */
  storeDecided(run: RunKey, message: LiveMessage): Promise<void>;
  storeSummary(
    run: RunKey,
    compacted: { summary: string; throughPosition: number; usage: StepUsage; model: string },
  ): Promise<void>;
  /** Stores that another model goes on, and what the one that failed has spent. */
  storeFallback(run: RunKey, change: Omit<Extract<RuntimeEvent, { type: 'fallback' }>, 'type'>): Promise<void>;
  /** Stores what was said, and a last step with it, ends the run and tells every replica. Returns what the message cost. */
  finish(run: RunKey, message: LiveMessage | undefined, outcome: RunOutcome): Promise<MessageUsage | null>;
  hasConversation(run: RunKey): Promise<boolean>;
  /** Its end is written by nobody here: what it spent counts all the same. Never throws. */
  chargeLost(run: RunKey): Promise<void>;
  /** It ended. */
  forget(run: RunKey): void;
}

export function createRunStore(options: {
  db: Database;
  signals: Signals;
  audit: ChatAudit;
  priceUsage: PriceUsage;
  spending: ChatSpending;
  replicaId: string;
  runtimeMode: () => string;
}): RunStore {
  const { db, signals, audit, priceUsage, spending, replicaId, runtimeMode } = options;

  /** Before the transaction that writes it: nothing is waited for in between. */
  const price = (step: StepUsage & { model: string }): Promise<MessageUsage> => priceOf(priceUsage, step);

  function recordUsage(
    tx: Transaction,
    { runId, conversation }: RunKey,
    { model, source, usage }: { model: string; source: 'chat' | 'system'; usage: MessageUsage },
  ): void {
    const { id: conversationId, agentId, userId } = conversation;
    signals.write(tx, insertUsage(tx, { agentId, userId, conversationId, runId, source, model, ...usage }));
    writeIfAny(tx, spending.settle(tx, runId));
  }

  function writeIfAny(tx: Transaction, sent: Promise<unknown> | undefined): void {
    if (sent) signals.write(tx, sent);
  }

  /** Holds the conversation and moves the run on by a step, and writes down what that cost, unless that was done before. @throws RunLost */
  async function takeStep(
    tx: Transaction,
    run: RunKey,
    { number, model, usage }: Pick<StoredStep, 'number' | 'model'> & { usage: MessageUsage },
    set: PgUpdateSetSource<typeof runs>,
  ): Promise<void> {
    const isOurs = and(eq(runs.id, run.runId), eq(runs.replicaId, replicaId));
    const [, moved] = await Promise.all([
      holdConversation(tx, run.conversation.id),
      tx
        .update(runs)
        .set({ ...set, steps: number })
        .where(and(isOurs, eq(runs.state, 'running'), eq(runs.steps, number - 1)))
        .returning({ id: runs.id }),
    ]);
    if (moved.length > 0) return recordUsage(tx, run, { model, source: 'chat', usage });
    const before = await tx
      .select({ id: runs.id })
      .from(runs)
      .where(and(isOurs, inArray(runs.state, ['running', 'waiting']), eq(runs.steps, number)));
    if (before.length === 0) throw new RunLost('The run is not ours any more.');
  }

  return {
    findSources: (message) => findSources(db, message),
    async storeStep(run, message, { finishReason, ...step }) {
      const usage = await price(step);
      await signals.transaction(systemAuthority, async (tx) => {
        await takeStep(tx, run, { ...step, usage }, {});
        const state = finishReason === 'error' ? 'interrupted' : 'complete';
        if (message) signals.write(tx, writeMessage(tx, message, { state, usage, finishReason }));
      });
      return usage;
    },
    async storeWaiting(run, message, { continuation, ...step }) {
      const usage = await price(step);
      const set = { state: 'waiting', continuation: cleanJson(continuation ?? null) } as const;
      await signals.transaction(systemAuthority, async (tx) => {
        await takeStep(tx, run, { ...step, usage }, set);
        signals.write(tx, writeMessage(tx, message, { state: 'streaming', usage, finishReason: null }));
        signals.signal(tx, conversationSignal(run.conversation, 'run'));
      });
      return usage;
    },
    async loadWaiting(runId) {
      const [row] = await db
        .select({ run: runs, message: messages })
        .from(runs)
        .innerJoin(messages, and(eq(messages.runId, runs.id), eq(messages.state, 'streaming')))
        .where(and(eq(runs.id, runId), eq(runs.replicaId, replicaId), eq(runs.state, 'waiting')));
      if (!row) return undefined;
      const { id, conversationId, content, seq, usage, fallbackModel } = row.message;
      const toolCalls = joinToolCalls(row.message);
      const stored = { inserted: true, seq, length: content.length, toolsChanged: false };
      return {
        message: {
          ...{ id, runId, conversationId, content, seq, toolCalls, stored, fallbackModel, usage },
          ...{ sources: [], ended: false },
        },
        progress: { steps: row.run.steps, continuation: row.run.continuation ?? undefined },
      };
    },
    listApprovals: (run) => listApprovalsOfRun(db, run.runId),
    storeCalls: (run, message) =>
      signals.transaction(systemAuthority, async (tx) => {
        await holdConversation(tx, run.conversation.id);
        await requireOwned(tx, run.runId, { replicaId, from: ['waiting'], set: { state: 'waiting' } });
        await writeMessage(tx, message, { state: 'streaming', usage: message.usage, finishReason: null });
      }),
    storeDecided: (run, message) =>
      signals.transaction(systemAuthority, async (tx) => {
        await holdConversation(tx, run.conversation.id);
        await requireOwned(tx, run.runId, { replicaId, from: ['waiting', 'running'], set: { state: 'running' } });
        await writeMessage(tx, message, { state: 'complete', usage: message.usage, finishReason: 'stop' });
      }),
    async storeSummary(run, { summary, throughPosition, model, ...compacted }) {
      const usage = await price({ ...compacted.usage, model });
      await signals.transaction(systemAuthority, async (tx) => {
        await tx
          .update(conversations)
          .set({ summary: cleanText(summary), summaryThrough: throughPosition })
          .where(eq(conversations.id, run.conversation.id));
        recordUsage(tx, run, { usage, model, source: 'system' });
      });
    },
    async storeFallback({ runId, conversation }, { code, message: error, model, fallbackModel }) {
      await signals.transaction(systemAuthority, async (tx) => {
        const { id: conversationId, agentId, userId } = conversation;
        // The fallback model's call is reserved in place of the one that failed.
        writeIfAny(tx, spending.charge(tx, runId, { failed: true }));
        const entry = audit.record(tx, {
          eventType: 'run.fell_back',
          actor: { type: 'agent', id: agentId },
          resource: `run:${runId}`,
          outcome: 'failure',
          error,
          detail: { agentId, userId, conversationId, code, model, fallbackModel },
        });
        signals.write(tx, entry);
      });
      spending.forget(runId);
    },
    async finish(run, message, outcome) {
      const lastStep = outcome.state === 'completed' ? outcome.lastStep : undefined;
      const usage = lastStep ? await price(lastStep) : (message?.usage ?? null);
      await signals.transaction(systemAuthority, async (tx) => {
        const { id: conversationId, agentId, userId } = run.conversation;
        const write = (sent: Promise<unknown>) => signals.write(tx, sent);
        const end = endOf(outcome);
        const held = holdConversation(tx, conversationId);
        if (!(await endRun(tx, { id: run.runId, replicaId }, end, { write, held }))) {
          // Its commit may have been made and never heard of.
          const isOurEnd = and(eq(runs.id, run.runId), eq(runs.replicaId, replicaId), eq(runs.state, end.state));
          const [before] = await tx.select({ id: runs.id }).from(runs).where(isOurEnd);
          if (before) return;
          throw new RunLost('The run is not ours any more.');
        }
        if (lastStep && usage) recordUsage(tx, run, { model: lastStep.model, source: 'chat', usage });
        else writeIfAny(tx, spending.charge(tx, run.runId, { failed: outcome.state === 'failed' }));
        // An answer that its reader stopped is whole as it is; one that broke off is not.
        const state = outcome.state === 'completed' || isUserAbort(outcome) ? 'complete' : 'interrupted';
        const finishReason = finishReasonOf(outcome);
        if (message) write(writeMessage(tx, message, { state, usage, finishReason }));
        const resource = `run:${run.runId}`;
        const agent = { type: 'agent', id: agentId } as const;
        const whose = { agentId, userId, conversationId };
        if (outcome.state === 'completed') {
          const detail = { ...whose, model: outcome.model, steps: outcome.steps, runtime: runtimeMode() };
          write(audit.record(tx, { eventType: 'run.completed', actor: agent, resource, detail }));
        } else if (outcome.state === 'failed') {
          const { code, message: error } = outcome.error;
          const detail = { ...whose, code };
          write(
            audit.record(tx, {
              eventType: 'run.failed',
              actor: agent,
              resource,
              outcome: 'failure',
              error,
              detail,
            }),
          );
        } else if (isUserAbort(outcome)) {
          const actor = { type: 'user', id: userId } as const;
          write(audit.record(tx, { eventType: 'run.aborted', actor, resource, detail: whose }));
        } else {
          const actor = { type: 'system' } as const;
          write(
            audit.record(tx, {
              eventType: 'run.interrupted',
              actor,
              resource,
              outcome: 'failure',
              detail: whose,
            }),
          );
        }
        signals.signal(tx, conversationSignal(run.conversation, 'run'));
      });
      return usage;
    },
    chargeLost: (run) => spending.chargeLost(run.runId),
    forget: (run) => spending.forget(run.runId),
    hasConversation: async (run) => (await findConversationById(db, run.conversation.id)) !== undefined,
  };
}

const isUserAbort = (outcome: RunOutcome) => outcome.state === 'aborted' && outcome.cause === 'user';

function endOf(outcome: RunOutcome): Parameters<typeof endRun>[2] {
  if (outcome.state === 'completed') return { state: 'completed', steps: outcome.steps };
  if (outcome.state === 'failed') {
    const { code, message, retryable, details } = outcome.error;
    const error = { errorCode: code, errorMessage: message, errorRetryable: retryable, errorDetails: details };
    return { state: 'failed', ...error };
  }
  return { state: isUserAbort(outcome) ? 'aborted' : 'interrupted' };
}

/** Locks come in one order everywhere, the conversation before its runs, so that deleting one cannot deadlock with this. */
async function holdConversation(tx: Transaction, conversationId: string): Promise<void> {
  const [held] = await hold(tx, { conversationId });
  if (!held) throw new RunLost('The conversation was deleted.');
}

const hold = prepared('conversation_hold', (tx: Transaction) =>
  tx
    .select({ id: conversations.id })
    .from(conversations)
    .where(eq(conversations.id, sql.placeholder('conversationId')))
    .for('key share'),
);

/** Moves a run of ours on. @throws RunLost when it is not ours, or in another state */
async function requireOwned(
  tx: Transaction,
  runId: string,
  { replicaId, from, set }: { replicaId: string; from: ('running' | 'waiting')[]; set: PgUpdateSetSource<typeof runs> },
): Promise<void> {
  const owned = await tx
    .update(runs)
    .set(set)
    .where(and(eq(runs.id, runId), eq(runs.replicaId, replicaId), inArray(runs.state, from)))
    .returning({ id: runs.id });
  if (owned.length === 0) throw new RunLost('The run is not ours any more.');
}

async function writeMessage(
  tx: Transaction,
  message: LiveMessage,
  end: {
    state: 'complete' | 'streaming' | 'interrupted';
    usage: MessageUsage | null;
    finishReason: FinishReason | null;
  },
): Promise<void> {
  const { id, conversationId, runId, content, seq, fallbackModel } = message;
  const cited = message.sources.map((source) => source.number);
  const { toolCalls, toolOutputs } = splitToolCalls(message.toolCalls);
  await upsertMessage(tx, {
    ...{
      id,
      conversationId,
      runId,
      content,
      seq,
      fallbackModel,
      cited,
      state: end.state,
      finishReason: end.finishReason,
    },
    toolCalls: JSON.stringify(toolCalls),
    toolOutputs: JSON.stringify(toolOutputs),
    usage: end.usage && JSON.stringify(end.usage),
  });
}

const upsertMessage = preparedSql(
  'message_upsert',
  sql`
    insert into messages (id, conversation_id, run_id, role, content, seq, tool_calls, tool_outputs, state, usage,
      finish_reason, cited, fallback_model)
    values (${sql.placeholder('id')}, ${sql.placeholder('conversationId')}, ${sql.placeholder('runId')}, 'assistant',
      ${sql.placeholder('content')}, ${sql.placeholder('seq')}, ${sql.placeholder('toolCalls')}::jsonb,
      ${sql.placeholder('toolOutputs')}::jsonb, ${sql.placeholder('state')}, ${sql.placeholder('usage')}::jsonb,
      ${sql.placeholder('finishReason')}, ${sql.placeholder('cited')}::integer[],
      ${sql.placeholder('fallbackModel')})
    on conflict (id) do update set content = excluded.content, seq = excluded.seq, tool_calls = excluded.tool_calls,
      tool_outputs = excluded.tool_outputs, state = excluded.state, usage = excluded.usage,
      finish_reason = excluded.finish_reason, cited = excluded.cited,
      fallback_model = excluded.fallback_model`,
);
