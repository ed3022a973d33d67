import { sql } from 'drizzle-orm';
import type { FailureDetails, FinishReason, MessageUsage, SocketErrorCode, Source } from '../../../contract/socket.ts';
import type { Executor } from '../../db/client.ts';
import { messageSources } from '../conversations/message-sources.ts';
import type { StoredToolCall } from '../../db/schema/conversations.ts';

export interface FollowedRunRow extends Record<string, unknown> {
  id: string;
  conversationId: string;
  position: number;
  state: 'running' | 'waiting' | 'completed' | 'failed' | 'aborted' | 'interrupted';
  replicaId: string | null;
  /** False when it was dropped while it waited. */
  started: boolean;
  errorCode: SocketErrorCode | null;
  errorMessage: string | null;
  errorRetryable: boolean | null;
  errorDetails: FailureDetails | null;
}

export interface FollowedMessageRow extends Record<string, unknown> {
  id: string;
  runId: string;
  state: 'complete' | 'streaming' | 'interrupted';
  seq: number;
  /** Code points that `growth` comes after. */
  base: number;
  growth: string;
  toolCalls: StoredToolCall[];
  usage: MessageUsage | null;
  finishReason: FinishReason | null;
  fallbackModel: string | null;
  sources: Source[];
}

/** Runs of these conversations after a position that have begun, oldest first. */
export async function readRunsAfter(
  db: Executor,
  conversations: { id: string; after: number }[],
): Promise<FollowedRunRow[]> {
  const found = await db.execute<FollowedRunRow & { position: string }>(sql`
    select runs.id, runs.conversation_id as "conversationId", runs.position, runs.state,
      runs.replica_id as "replicaId", runs.started_at is not null as started,
      runs.error_code as "errorCode", runs.error_message as "errorMessage",
      runs.error_retryable as "errorRetryable", runs.error_details as "errorDetails"
    from jsonb_to_recordset(${JSON.stringify(conversations)}::jsonb) as w(id uuid, after bigint)
    join runs on runs.conversation_id = w.id and runs.position > w.after and runs.state <> 'queued'
    order by runs.position`);
  return found.rows.map((row) => ({ ...row, position: Number(row.position) }));
}

/** The assistant messages of runs with the text that is not known yet, oldest first. */
export async function readRunMessages(
  db: Executor,
  followed: { runId: string; known: { id: string; length: number }[] }[],
): Promise<FollowedMessageRow[]> {
  const runIds = followed.map((run) => ({ id: run.runId }));
  const known = followed.flatMap((run) => run.known);
  const found = await db.execute<FollowedMessageRow>(sql`
    select messages.id, messages.run_id as "runId", messages.state, messages.seq, coalesce(k.length, 0) as base,
      substr(messages.content, coalesce(k.length, 0) + 1) as growth, messages.tool_calls as "toolCalls", messages.usage,
      messages.finish_reason as "finishReason", messages.fallback_model as "fallbackModel", ${messageSources} as sources
    from jsonb_to_recordset(${JSON.stringify(runIds)}::jsonb) as w(id uuid)
    join messages on messages.run_id = w.id and messages.role = 'assistant'
    left join jsonb_to_recordset(${JSON.stringify(known)}::jsonb) as k(id uuid, length int) on k.id = messages.id
    order by messages.position`);
  return found.rows;
}
