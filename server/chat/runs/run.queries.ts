import { and, eq, sql } from 'drizzle-orm';
import type { FailureDetails, SocketErrorCode } from '../../../contract/socket.ts';
import type { Transaction } from '../../db/client.ts';
import { preparedSql } from '../../db/prepared.ts';
import { messages } from '../../db/schema/index.ts';
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
    errorDetails?: FailureDetails | undefined;
    /** How many it took, where its last one ends with it. */
    steps?: number;
  },
  parts: {
    /** See `Signals.write`. */
    write: (sent: Promise<unknown>) => void;
    /** Was sent before and must not fail; awaited together with the first statement. */
    held?: Promise<unknown>;
  },
): Promise<boolean> {
  const { state, errorCode = null, errorMessage = null, errorRetryable = null, steps = null } = outcome;
  const errorDetails = outcome.errorDetails ? JSON.stringify(outcome.errorDetails) : null;
  const ending = updateEnded(tx, { ...run, state, errorCode, errorMessage, errorRetryable, errorDetails, steps });
  const [ended] = await Promise.all([ending, parts.held]);
  if (ended.rowCount === 0) return false;
  parts.write(cancelApprovals(tx, run.id));
  parts.write(forgetPluginCalls(tx, run.id));
  return true;
}

const updateEnded = preparedSql(
  'run_end',
  sql`
    update runs set state = ${sql.placeholder('state')}, error_code = ${sql.placeholder('errorCode')},
      error_message = ${sql.placeholder('errorMessage')}, error_retryable = ${sql.placeholder('errorRetryable')},
      error_details = ${sql.placeholder('errorDetails')}::jsonb,
      finished_at = now(), steps = coalesce(${sql.placeholder('steps')}::int, steps)
    where id = ${sql.placeholder('id')} and replica_id is not distinct from ${sql.placeholder('replicaId')}::uuid
      and state in ('running', 'waiting')`,
);

/** Marks what a lost process was still writing, and tells its bytes; its calls that never ended have failed. */
export async function interruptMessages(tx: Transaction, runId: string): Promise<{ written: number }> {
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
    const sources = await findSources(tx, { ...message, runId });
    const cited = sources.map((source) => source.number);
    const end = { state: 'interrupted', finishReason: 'interrupted' } as const;
    await tx
      .update(messages)
      .set({ ...end, toolCalls, cited })
      .where(eq(messages.id, message.id));
  }
  const bytesOf = ({ content, toolCalls }: (typeof open)[number]) =>
    Buffer.byteLength(content) + (toolCalls.length > 0 ? Buffer.byteLength(JSON.stringify(toolCalls)) : 0);
  return { written: open.reduce((sum, message) => sum + bytesOf(message), 0) };
}

function endedCall(call: StoredToolCall): StoredToolCall {
  return call.state === 'running' || call.state === 'approval'
    ? { ...call, state: 'failed', summary: 'The server stopped before it ended.' }
    : call;
}
