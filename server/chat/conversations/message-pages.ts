import { and, asc, desc, eq, gt, inArray, lt, lte, sql } from 'drizzle-orm';
import type {
  Failure,
  FailureDetails,
  FinishReason,
  HistoryMessage,
  SocketErrorCode,
} from '../../../contract/socket.ts';
import type { Executor } from '../../db/client.ts';
import { messageRatings, messages, runs, uploads } from '../../db/schema/index.ts';
import { inOrderAttached } from '../attachment-order.queries.ts';
import { findBranches } from './branches.ts';
import { interruption } from './interruption.ts';
import { messageSources, sourceBytes } from './message-sources.ts';
import { presentToolCall } from './present-tool-call.ts';

/** What a page of messages may hold of text; a message that is longer by itself is a page of its own. */
export const pageBytes = 256 * 1024;

/** After a position, up to and including another. */
export interface PageAfter {
  after: number;
  through: number;
  limit: number;
}

/** A message, and whether it is on a branch that is not shown. */
export type PagedMessage = HistoryMessage & { hidden?: true };

export interface MessagePage {
  /** Oldest first. */
  messages: PagedMessage[];
  /** See `history` frames. */
  branch: number;
  hasMore: boolean;
  /** Where the next page in the same direction begins; undefined for a page that is empty. */
  end: number | undefined;
}

/** The messages next to a position, as many as the limit and `pageBytes` allow, without what models read of tools. */
export async function readMessagePage(
  db: Executor,
  conversationId: string,
  range: ({ before?: number | undefined; limit: number } | PageAfter) & { allBranches?: boolean },
): Promise<MessagePage> {
  const isForward = 'after' in range;
  const bounds = isForward
    ? and(gt(messages.position, range.after), lte(messages.position, range.through))
    : range.before === undefined
      ? undefined
      : lt(messages.position, range.before);
  // Sizes are known without reading the texts.
  const found = await db
    .select({
      id: messages.id,
      position: messages.position,
      bytes: sql<number>`${messages.shownBytes} + ${sourceBytes} * cardinality(${messages.cited})`,
      state: messages.state,
      branch: sql<number>`(select branch from conversations where conversations.id = ${conversationId})`,
    })
    .from(messages)
    .where(
      and(
        eq(messages.conversationId, conversationId),
        range.allBranches ? undefined : eq(messages.hidden, false),
        bounds,
      ),
    )
    .orderBy(isForward ? asc(messages.position) : desc(messages.position))
    .limit(range.limit + 1);
  let bytes = 0;
  const fitting = found.slice(0, range.limit).filter((row, index) => {
    // One that still grows is sent as the running answer, not on the page.
    bytes += row.state === 'streaming' ? 0 : row.bytes;
    return index === 0 || bytes <= pageBytes;
  });
  return {
    messages: await readMessages(
      db,
      fitting.map(({ id }) => id),
      { branched: (found[0]?.branch ?? 0) > 0 },
    ),
    branch: found[0]?.branch ?? 0,
    hasMore: fitting.length < found.length,
    end: fitting.at(-1)?.position,
  };
}

/** Messages as the browser sees them, oldest first; those that are gone are left out. */
export async function readMessages(
  db: Executor,
  ids: string[],
  { branched = false }: { /** The conversation has branches. */ branched?: boolean } = {},
): Promise<PagedMessage[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select({
      id: messages.id,
      role: messages.role,
      content: messages.content,
      createdAt: messages.createdAt,
      clientMessageId: messages.clientMessageId,
      toolCalls: messages.toolCalls,
      usage: messages.usage,
      fallbackModel: messages.fallbackModel,
      state: messages.state,
      finishReason: messages.finishReason,
      sources: messageSources,
      runState: runs.state,
      errorCode: runs.errorCode,
      errorMessage: runs.errorMessage,
      errorRetryable: runs.errorRetryable,
      errorDetails: runs.errorDetails,
      hidden: messages.hidden,
      attachmentsOf: messages.attachmentsOf,
      rating: messageRatings.rating,
      comment: messageRatings.comment,
      shared: messageRatings.shared,
      isLastOfRun: sql<boolean>`not exists (
        select from messages as later where later.run_id = ${messages.runId} and later.position > ${messages.position})`,
    })
    .from(messages)
    .leftJoin(runs, eq(runs.id, messages.runId))
    .leftJoin(messageRatings, eq(messageRatings.messageId, messages.id))
    .where(inArray(messages.id, ids))
    .orderBy(asc(messages.position));
  const attached = await readAttachments(
    db,
    rows.filter(({ role }) => role === 'user').flatMap(({ id, attachmentsOf }) => [id, attachmentsOf ?? id]),
  );
  const branches = branched ? await findBranches(db, ids) : undefined;
  return rows.map((row) => {
    const attachments = attached
      .filter(({ messageId }) => messageId === row.id || (messageId !== null && messageId === row.attachmentsOf))
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
      ...(row.fallbackModel !== null && { fallbackModel: row.fallbackModel }),
      ...(row.state === 'interrupted' && { interrupted: true as const }),
      ...endOf(row),
      ...(row.role === 'assistant' && row.state !== 'streaming' && { sources: row.sources }),
      ...(branches?.has(row.id) && { branches: branches.get(row.id)! }),
      ...(row.rating !== null && {
        rating: { rating: row.rating, comment: row.comment, shared: row.shared ?? false },
      }),
      ...(row.hidden && { hidden: true as const }),
    };
  });
}

interface EndedRow {
  role: 'user' | 'assistant';
  state: 'complete' | 'streaming' | 'interrupted';
  finishReason: FinishReason | null;
  isLastOfRun: boolean;
  runState: (typeof runs.$inferSelect)['state'] | null;
  errorCode: SocketErrorCode | null;
  errorMessage: string | null;
  errorRetryable: boolean | null;
  errorDetails: FailureDetails | null;
}

const endsOfRuns: Partial<Record<string, FinishReason>> = {
  failed: 'error',
  aborted: 'aborted',
  interrupted: 'interrupted',
};

/** What ended a message. The last one of a run also says what ended that, whatever came before. */
function endOf(row: EndedRow): { finishReason?: FinishReason; failure?: Failure } {
  const ofRun = row.isLastOfRun && row.runState ? endsOfRuns[row.runState] : undefined;
  if (row.role === 'user') return ofRun ? { finishReason: ofRun, ...failureOf(row, ofRun) } : {};
  if (row.state === 'streaming') return {};
  const stored = row.finishReason ?? (row.state === 'interrupted' ? 'interrupted' : 'stop');
  return { finishReason: stored === 'stop' ? (ofRun ?? stored) : stored, ...failureOf(row, ofRun) };
}

function failureOf(row: EndedRow, ofRun: FinishReason | undefined): { failure?: Failure } {
  if (ofRun === 'interrupted') return { failure: interruption };
  if (ofRun !== 'error') return {};
  const failure = {
    code: row.errorCode ?? 'internal',
    message: row.errorMessage ?? 'The answer failed.',
    retryable: row.errorRetryable ?? true,
    ...(row.errorDetails && { details: row.errorDetails }),
  };
  return { failure };
}

async function readAttachments(db: Executor, messageIds: string[]) {
  if (messageIds.length === 0) return [];
  return db
    .select({
      id: uploads.id,
      filename: uploads.filename,
      mediaType: uploads.mediaType,
      size: uploads.size,
      messageId: uploads.messageId,
    })
    .from(uploads)
    .where(inArray(uploads.messageId, messageIds))
    .orderBy(...inOrderAttached);
}

export const countMessages = async (db: Executor, conversationId: string): Promise<number> => {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(messages)
    .where(eq(messages.conversationId, conversationId));
  return row?.count ?? 0;
};
