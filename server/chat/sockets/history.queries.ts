import { and, desc, eq } from 'drizzle-orm';
import type { HistoryMessage } from '../../../contract/socket.ts';
import type { Database, Transaction } from '../../db/client.ts';
import { messages, runs } from '../../db/schema/index.ts';
import { ChatError } from '../chat-error.ts';
import { readMessagePage } from '../conversations/message-pages.ts';
import { listOpenRuns, type OpenRun } from '../conversations/open-runs.ts';
import {
  readRunMessages,
  readRunsAfter,
  type FollowedMessageRow,
  type FollowedRunRow,
} from '../replicas/follow.queries.ts';

export interface HistoryPage {
  messages: HistoryMessage[];
  branch: number;
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
      const position = before === undefined ? undefined : await findPosition(tx, conversationId, before);
      const page = await readMessagePage(tx, conversationId, { before: position, limit });
      const [newestRun] = await tx
        .select({ id: runs.id, state: runs.state, position: runs.position })
        .from(runs)
        .where(eq(runs.conversationId, conversationId))
        .orderBy(desc(runs.position))
        .limit(1);
      const elsewhere = openRuns.find((run) => run.state !== 'queued' && run.replicaId !== replicaId);
      const followed = elsewhere && (await readFollowed(tx, conversationId, elsewhere));
      return { messages: page.messages, branch: page.branch, hasMore: page.hasMore, openRuns, newestRun, followed };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

async function readFollowed(tx: Transaction, conversationId: string, open: OpenRun) {
  const [run] = await readRunsAfter(tx, [{ id: conversationId, after: open.position - 1 }]);
  if (!run) return undefined;
  return { run, messages: await readRunMessages(tx, [{ runId: run.id, known: [] }]) };
}

async function findPosition(tx: Transaction, conversationId: string, messageId: string): Promise<number> {
  const [found] = await tx
    .select({ position: messages.position })
    .from(messages)
    .where(and(eq(messages.conversationId, conversationId), eq(messages.id, messageId)));
  if (!found) throw new ChatError('not_found', 'The message to go back from was not found in this conversation.');
  return found.position;
}
