import { and, eq, sql } from 'drizzle-orm';
import type { MessageUsage } from '../../contract/socket.ts';
import type { Database, Transaction } from '../db/client.ts';
import { conversations, messages, runs, usageRecords } from '../db/schema/index.ts';
import type { Signals } from '../db/signals.ts';
import type { StepUsage } from '../runtime/agent-runtime.ts';
import { ChatError } from './chat-error.ts';
import { cleanText } from './clean-text.ts';
import type { ConversationReference } from './conversation-reference.ts';
import type { AbortCause, LiveMessage } from './live-run.ts';
import type { ChatAudit, PriceUsage } from './ports.ts';
import { endRun, findConversationById } from './run.queries.ts';

/** The run was taken from this process, or its conversation is gone: nothing more may be written for it. */
export class RunLost extends Error {
  override name = 'RunLost';
}

export interface RunKey {
  runId: string;
  conversation: ConversationReference;
}

export type RunOutcome =
  | { state: 'completed'; model: string; steps: number }
  | { state: 'failed'; error: ChatError }
  | { state: 'aborted'; cause: AbortCause };

/** What a run writes, each in one transaction together with its audit entry. */
export interface RunStore {
  /** Stores a step's message for good and what it cost. */
  storeStep(run: RunKey, message: LiveMessage | undefined, step: StepUsage & { model: string }): Promise<MessageUsage>;
  storeSummary(
    run: RunKey,
    compacted: { summary: string; throughPosition: number; usage: StepUsage; model: string },
  ): Promise<void>;
  /** Stores what was said, ends the run and tells every replica. */
  finish(run: RunKey, message: LiveMessage | undefined, outcome: RunOutcome): Promise<void>;
  hasConversation(run: RunKey): Promise<boolean>;
}

export function createRunStore(options: {
  db: Database;
  signals: Signals;
  audit: ChatAudit;
  priceUsage: PriceUsage;
  replicaId: string;
  runtimeMode: () => string;
}): RunStore {
  const { db, signals, audit, priceUsage, replicaId, runtimeMode } = options;

  async function recordUsage(
    tx: Transaction,
    { runId, conversation }: RunKey,
    step: StepUsage & { model: string; source: 'chat' | 'system' },
  ): Promise<MessageUsage> {
    const cost = asDollars(priceUsage({ ...step, at: new Date() }));
    const { source, model, inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = step;
    const tokens = { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens };
    const { id: conversationId, agentId, userId } = conversation;
    await tx.insert(usageRecords).values({ agentId, userId, conversationId, runId, source, model, ...tokens, cost });
    return { ...tokens, cost };
  }

  return {
    storeStep: (run, message, step) =>
      signals.transaction(async (tx) => {
        await holdConversation(tx, run.conversation.id);
        await requireOwned(tx, run.runId, replicaId);
        const usage = await recordUsage(tx, run, { ...step, source: 'chat' });
        if (message) await writeMessage(tx, message, { state: 'complete', usage });
        return usage;
      }),
    storeSummary: (run, { summary, throughPosition, usage, model }) =>
      signals.transaction(async (tx) => {
        await tx
          .update(conversations)
          .set({ summary: cleanText(summary), summaryThrough: throughPosition })
          .where(eq(conversations.id, run.conversation.id));
        await recordUsage(tx, run, { ...usage, model, source: 'system' });
      }),
    finish: (run, message, outcome) =>
      signals.transaction(async (tx) => {
        const { id: conversationId, agentId, userId, isDefault } = run.conversation;
        await holdConversation(tx, conversationId);
        const ended = await endRun(tx, { id: run.runId, replicaId }, endOf(outcome));
        if (!ended) throw new RunLost('The run is not ours any more.');
        // An answer that its reader stopped is whole as it is; one that broke off is not.
        const state = outcome.state === 'completed' || isUserAbort(outcome) ? 'complete' : 'interrupted';
        if (message) await writeMessage(tx, message, { state, usage: null });
        const resource = `run:${run.runId}`;
        const agent = { type: 'agent', id: agentId } as const;
        if (outcome.state === 'completed') {
          const detail = { agentId, model: outcome.model, steps: outcome.steps, runtime: runtimeMode() };
          await audit.record(tx, { eventType: 'run.completed', actor: agent, resource, detail });
        } else if (outcome.state === 'failed') {
          const { code, message: error } = outcome.error;
          const detail = { agentId, code };
          await audit.record(tx, {
            eventType: 'run.failed',
            actor: agent,
            resource,
            outcome: 'failure',
            error,
            detail,
          });
        } else if (isUserAbort(outcome)) {
          const actor = { type: 'user', id: userId } as const;
          await audit.record(tx, { eventType: 'run.aborted', actor, resource, detail: { agentId } });
        } else {
          const actor = { type: 'system' } as const;
          await audit.record(tx, {
            eventType: 'run.interrupted',
            actor,
            resource,
            outcome: 'failure',
            detail: { agentId },
          });
        }
        signals.signal(tx, { kind: 'conversation', conversationId, agentId, userId, isDefault, change: 'run' });
      }),
    hasConversation: async (run) => (await findConversationById(db, run.conversation.id)) !== undefined,
  };
}

const isUserAbort = (outcome: RunOutcome) => outcome.state === 'aborted' && outcome.cause === 'user';

function endOf(outcome: RunOutcome): Parameters<typeof endRun>[2] {
  if (outcome.state === 'completed') return { state: 'completed' };
  if (outcome.state === 'failed') {
    return { state: 'failed', errorCode: outcome.error.code, errorMessage: outcome.error.message };
  }
  return { state: isUserAbort(outcome) ? 'aborted' : 'interrupted' };
}

/** Locks come in one order everywhere, the conversation before its runs, so that deleting one cannot deadlock with this. */
async function holdConversation(tx: Transaction, conversationId: string): Promise<void> {
  const [held] = await tx
    .select({ id: conversations.id })
    .from(conversations)
    .where(eq(conversations.id, conversationId))
    .for('key share');
  if (!held) throw new RunLost('The conversation was deleted.');
}

async function requireOwned(tx: Transaction, runId: string, replicaId: string): Promise<void> {
  const owned = await tx
    .update(runs)
    .set({ steps: sql`${runs.steps} + 1` })
    .where(and(eq(runs.id, runId), eq(runs.replicaId, replicaId), eq(runs.state, 'running')))
    .returning({ id: runs.id });
  if (owned.length === 0) throw new RunLost('The run is not ours any more.');
}

async function writeMessage(
  tx: Transaction,
  message: LiveMessage,
  end: { state: 'complete' | 'interrupted'; usage: MessageUsage | null },
): Promise<void> {
  const { id, conversationId, runId, content, seq, toolCalls } = message;
  const final = { content, seq, toolCalls, ...end };
  await tx
    .insert(messages)
    .values({ id, conversationId, runId, role: 'assistant', ...final })
    .onConflictDoUpdate({ target: messages.id, set: final });
}

/** A decimal without an exponent, as the API shows it. */
function asDollars(price: number | null): string | null {
  if (price === null) return null;
  const fixed = price.toFixed(10);
  return fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed;
}
