import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../db/client.ts';
import { conversations, messages, runs } from '../db/schema/index.ts';
import { cancelApprovals } from '../tools/approval/approval.queries.ts';
import { forgetPluginCalls } from '../tools/plugin-calls.ts';
import type { StoredToolCall } from '../db/schema/conversations.ts';
import type { ConversationReference } from './conversation-reference.ts';

/** Messages whose run is queued come after everything that is said before their turn. */
export const queuedPositions = 2 ** 52;

export const openStates = ['queued', 'running', 'waiting'] as const;

export interface OpenRun {
  id: string;
  state: 'queued' | 'running' | 'waiting';
  messageId: string;
  replicaId: string | null;
  position: number;
}

const reference = {
  id: conversations.id,
  agentId: conversations.agentId,
  userId: conversations.userId,
  isDefault: conversations.isDefault,
};

/** Everything that changes a conversation's runs goes through this lock, so they follow one another on all replicas. */
export async function lockConversation(
  tx: Transaction,
  conversationId: string,
): Promise<(ConversationReference & { title: string | null }) | undefined> {
  const [row] = await tx
    .select({ ...reference, title: conversations.title })
    .from(conversations)
    .where(eq(conversations.id, conversationId))
    .for('update');
  return row;
}

export async function findConversation(
  db: Executor,
  who: { userId: string; agentId: string; chatId: string | undefined },
): Promise<ConversationReference | undefined> {
  const [row] = await db
    .select(reference)
    .from(conversations)
    .where(
      and(
        eq(conversations.userId, who.userId),
        eq(conversations.agentId, who.agentId),
        who.chatId === undefined ? eq(conversations.isDefault, true) : eq(conversations.id, who.chatId),
      ),
    );
  return row;
}

export async function findConversationById(db: Executor, id: string): Promise<ConversationReference | undefined> {
  const [row] = await db.select(reference).from(conversations).where(eq(conversations.id, id));
  return row;
}

export async function listOpenRuns(db: Executor, conversationId: string): Promise<OpenRun[]> {
  const rows = await db
    .select({
      id: runs.id,
      state: runs.state,
      messageId: runs.messageId,
      replicaId: runs.replicaId,
      position: runs.position,
    })
    .from(runs)
    .where(and(eq(runs.conversationId, conversationId), inArray(runs.state, [...openStates])))
    .orderBy(asc(runs.position));
  return rows as OpenRun[];
}

/** A queued message takes its place at the end of what was said. Called under the conversation's lock. */
export async function placeMessage(tx: Transaction, messageId: string): Promise<void> {
  await tx.execute(sql`
    update messages set position = default where id = ${messageId} and position >= ${queuedPositions}`);
}

/** Ends an open run, and what waits in it for a decision; false when it is not open any more or another replica took it. */
export async function endRun(
  tx: Transaction,
  run: { id: string; replicaId: string | null },
  outcome: {
    state: 'completed' | 'failed' | 'aborted' | 'interrupted';
    errorCode?: string | undefined;
    errorMessage?: string | undefined;
    errorRetryable?: boolean | undefined;
  },
): Promise<boolean> {
  const ended = await tx
    .update(runs)
    .set({
      state: outcome.state,
      errorCode: outcome.errorCode ?? null,
      errorMessage: outcome.errorMessage ?? null,
      errorRetryable: outcome.errorRetryable ?? null,
      finishedAt: sql`now()`,
    })
    .where(
      and(
        eq(runs.id, run.id),
        sql`${runs.replicaId} is not distinct from ${run.replicaId}`,
        inArray(runs.state, ['running', 'waiting']),
      ),
    )
    .returning({ id: runs.id });
  if (ended.length === 0) return false;
  await cancelApprovals(tx, run.id);
  await forgetPluginCalls(tx, run.id);
  return true;
}

/** Marks what a lost process was still writing; its calls that never ended have failed. */
export async function interruptMessages(tx: Transaction, runId: string): Promise<void> {
  const open = await tx
    .select({ id: messages.id, toolCalls: messages.toolCalls })
    .from(messages)
    .where(and(eq(messages.runId, runId), eq(messages.state, 'streaming')));
  for (const message of open) {
    const toolCalls = message.toolCalls.map(endedCall);
    await tx.update(messages).set({ state: 'interrupted', toolCalls }).where(eq(messages.id, message.id));
  }
}

function endedCall(call: StoredToolCall): StoredToolCall {
  return call.state === 'running' || call.state === 'approval'
    ? { ...call, state: 'failed', summary: 'The server stopped before it ended.' }
    : call;
}
