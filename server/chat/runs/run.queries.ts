import { and, eq, inArray, sql } from 'drizzle-orm';
import type { SocketErrorCode } from '../../../contract/socket.ts';
import type { Transaction } from '../../db/client.ts';
import { messages, runs } from '../../db/schema/index.ts';
import { cancelApprovals } from '../../tools/approval/approval.queries.ts';
import { forgetPluginCalls } from '../../tools/plugin-calls.ts';
import type { StoredToolCall } from '../../db/schema/conversations.ts';
import { findSources } from '../conversations/find-sources.ts';
import { queuedPositions } from '../conversations/find-conversation.ts';

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
    errorCode?: SocketErrorCode | undefined;
    errorMessage?: string | undefined;
    errorRetryable?: boolean | undefined;
  },
  parts: {
    /** See `Signals.write`. */
    write: (sent: Promise<unknown>) => void;
    /** Was sent before and must not fail; awaited together with the first statement. */
    held?: Promise<unknown>;
  },
): Promise<boolean> {
  const ending = tx
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
  const [ended] = await Promise.all([ending, parts.held]);
  if (ended.length === 0) return false;
  parts.write(cancelApprovals(tx, run.id));
  parts.write(forgetPluginCalls(tx, run.id));
  return true;
}

/** Marks what a lost process was still writing; its calls that never ended have failed. */
export async function interruptMessages(tx: Transaction, runId: string): Promise<void> {
  const open = await tx
    .select({
      id: messages.id,
      conversationId: messages.conversationId,
      content: messages.content,
      toolCalls: messages.toolCalls,
    })
    .from(messages)
    .where(and(eq(messages.runId, runId), eq(messages.state, 'streaming')));
  for (const message of open) {
    const toolCalls = message.toolCalls.map(endedCall);
    const sources = await findSources(tx, message.conversationId, message.content);
    const cited = sources.map((source) => source.number);
    const end = { state: 'interrupted', finishReason: 'interrupted' } as const;
    await tx
      .update(messages)
      .set({ ...end, toolCalls, cited })
      .where(eq(messages.id, message.id));
  }
}

function endedCall(call: StoredToolCall): StoredToolCall {
  return call.state === 'running' || call.state === 'approval'
    ? { ...call, state: 'failed', summary: 'The server stopped before it ended.' }
    : call;
}
