import { and, asc, desc, eq, inArray, lt, sql } from 'drizzle-orm';
import type { HistoryMessage } from '../../contract/socket.ts';
import type { Database, Executor, Transaction } from '../db/client.ts';
import { messages, runs, uploads } from '../db/schema/index.ts';
import { ChatError } from './chat-error.ts';
import { presentToolCall } from './run-frames.ts';
import { listOpenRuns, type OpenRun } from './run.queries.ts';
import { readRunMessages, readRunsAfter, type FollowedMessageRow, type FollowedRunRow } from './follow.queries.ts';

export interface HistoryPage {
  messages: HistoryMessage[];
  hasMore: boolean;
  openRuns: OpenRun[];
  newestRun: { id: string; state: string; position: number } | undefined;
  /** The run that another replica is answering, and what it has said so far. */
  followed: { run: FollowedRunRow; messages: FollowedMessageRow[] } | undefined;
}

/** Reads a page and the state of the runs as of one moment. @throws ChatError not_found when `before` is unknown */
export function readHistory(
  db: Database,
  request: { conversationId: string; before: string | undefined; limit: number; replicaId: string },
): Promise<HistoryPage> {
  const { conversationId, before, limit, replicaId } = request;
  return db.transaction(
    async (tx) => {
      const openRuns = await listOpenRuns(tx, conversationId);
      const rows = await readRows(tx, conversationId, { before, limit: limit + 1 });
      const hasMore = rows.length > limit;
      const page = rows.slice(0, limit).toReversed();
      const [newestRun] = await tx
        .select({ id: runs.id, state: runs.state, position: runs.position })
        .from(runs)
        .where(eq(runs.conversationId, conversationId))
        .orderBy(desc(runs.position))
        .limit(1);
      const elsewhere = openRuns.find((run) => run.state !== 'queued' && run.replicaId !== replicaId);
      const followed = elsewhere && (await readFollowed(tx, conversationId, elsewhere));
      return { messages: await presentMessages(tx, page), hasMore, openRuns, newestRun, followed };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

async function readFollowed(tx: Transaction, conversationId: string, open: OpenRun) {
  const [run] = await readRunsAfter(tx, [{ id: conversationId, after: open.position - 1 }]);
  if (!run) return undefined;
  return { run, messages: await readRunMessages(tx, [{ runId: run.id, known: [] }]) };
}

type MessageRow = typeof messages.$inferSelect;

async function readRows(
  tx: Transaction,
  conversationId: string,
  { before, limit }: { before: string | undefined; limit: number },
): Promise<MessageRow[]> {
  let beforePosition: number | undefined;
  if (before !== undefined) {
    const [found] = await tx
      .select({ position: messages.position })
      .from(messages)
      .where(and(eq(messages.conversationId, conversationId), eq(messages.id, before)));
    if (!found) throw new ChatError('not_found', 'The message to go back from was not found in this conversation.');
    beforePosition = found.position;
  }
  return tx
    .select()
    .from(messages)
    .where(
      and(
        eq(messages.conversationId, conversationId),
        beforePosition === undefined ? undefined : lt(messages.position, beforePosition),
      ),
    )
    .orderBy(desc(messages.position))
    .limit(limit);
}

/** Messages as the browser sees them: without what models read of tools. */
export async function presentMessages(db: Executor, rows: MessageRow[]): Promise<HistoryMessage[]> {
  const ids = rows.filter((row) => row.role === 'user').map((row) => row.id);
  const attached =
    ids.length === 0
      ? []
      : await db
          .select({
            id: uploads.id,
            filename: uploads.filename,
            mediaType: uploads.mediaType,
            size: uploads.size,
            messageId: uploads.messageId,
          })
          .from(uploads)
          .where(inArray(uploads.messageId, ids))
          .orderBy(asc(uploads.createdAt), asc(uploads.id));
  return rows.map((row) => {
    const attachments = attached
      .filter((upload) => upload.messageId === row.id)
      .map(({ id, filename, mediaType, size }) => ({ id, filename, mediaType, size }));
    return {
      id: row.id,
      role: row.role,
      content: row.content,
      createdAt: row.createdAt.toISOString(),
      ...(row.clientMessageId !== null && { clientMessageId: row.clientMessageId }),
      ...(attachments.length > 0 && { attachments }),
      ...(row.toolCalls.length > 0 && { toolCalls: row.toolCalls.map(presentToolCall) }),
      ...(row.usage !== null && { usage: row.usage }),
      ...(row.state === 'interrupted' && { interrupted: true as const }),
    };
  });
}

export async function listAllMessages(db: Executor, conversationId: string, limit: number): Promise<MessageRow[]> {
  return db
    .select()
    .from(messages)
    .where(eq(messages.conversationId, conversationId))
    .orderBy(asc(messages.position))
    .limit(limit);
}

export const countMessages = async (db: Executor, conversationId: string): Promise<number> => {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(messages)
    .where(eq(messages.conversationId, conversationId));
  return row?.count ?? 0;
};
