import { maxQueueLength } from '../../../contract/limits.ts';
import { randomUUID } from 'node:crypto';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '../../db/client.ts';
import type { StorageQuota } from '../../db/storage-quota.ts';
import { prepared, preparedSql } from '../../db/prepared.ts';
import { messages, uploads } from '../../db/schema/index.ts';
import { ChatError } from '../chat-error.ts';
import { lockConversation, queuedPositions } from '../conversations/find-conversation.ts';
import { listOpenRuns, newestRunPosition } from '../conversations/open-runs.ts';
import { titleOf } from '../conversations/title.ts';

export interface NewMessage {
  conversationId: string;
  userId: string;
  agentId: string;
  clientMessageId: string;
  /** Clean and not too long. */
  content: string;
  attachmentIds: string[];
  replicaId: string;
}

export interface AcceptedMessage {
  messageId: string;
  queued: boolean;
  /** False when the same message was stored before. */
  isNew: boolean;
  /** The run to start now, if it is this message's turn. */
  runId: string | undefined;
  /** A socket that subscribes with this message follows the runs after this position. */
  followAfter: number;
}

/** One whose last writes are on their way: where it is to be followed from is known with the commit. */
type StoredMessage = Omit<AcceptedMessage, 'followAfter'> & { followAfter: Promise<number> };

/**
 * Stores a message and the run that will answer it. Called inside a transaction; the conversation's lock makes racing
 * copies of one message come one after the other, so that the second finds the first.
 * @throws ChatError not_found, queue_full, too_long
 */
export async function acceptMessage(
  tx: Transaction,
  parts: {
    quota: StorageQuota;
    /** Throws unless the person may use the agent. */
    requireAgent: () => Promise<unknown>;
    /** See `Signals.write`. */
    write: (sent: Promise<unknown>) => void;
  },
  message: NewMessage,
): Promise<StoredMessage> {
  const { conversationId, userId, agentId, clientMessageId, content, attachmentIds, replicaId } = message;
  const { quota, write } = parts;
  // Sent together, each as one statement, so that nothing of it goes on when one fails; what follows the lock sees what it
  // waited for.
  const [, conversation, openRuns, earlier, hasRoom] = await Promise.all([
    parts.requireAgent(),
    lockConversation(tx, conversationId),
    listOpenRuns(tx, conversationId),
    findEarlier(tx, conversationId, clientMessageId),
    quota.hasRoom(tx, userId, Buffer.byteLength(content)),
  ]);
  if (!conversation) throw new ChatError('not_found', 'This conversation does not exist any more.');
  if (earlier) {
    const run = openRuns.find((candidate) => candidate.messageId === earlier.id);
    const followAfter = openRuns[0] ? openRuns[0].position - 1 : await newestRunPosition(tx, conversationId);
    return {
      messageId: earlier.id,
      queued: run?.state === 'queued',
      isNew: false,
      runId: undefined,
      followAfter: Promise.resolve(followAfter),
    };
  }
  const waiting = openRuns.filter((run) => run.state === 'queued').length;
  if (waiting >= maxQueueLength) {
    throw new ChatError('queue_full', `${maxQueueLength} messages are waiting already. Wait for an answer first.`);
  }
  if (!hasRoom) {
    throw new ChatError(
      'too_long',
      `Your conversations and files may take ${quota.limit} altogether, and this message does not fit in any more. Delete conversations that you no longer need.`,
    );
  }
  const queued = openRuns.length > 0;
  const runId = randomUUID();
  const messageId = randomUUID();
  const offset = queued ? queuedPositions : 0;
  write(insertMessage(tx, { id: messageId, conversationId, runId, content, clientMessageId, offset }));
  await attach(tx, { messageId, attachmentIds, userId, agentId });
  const state = queued ? 'queued' : 'running';
  const title = conversation.title ?? titleOf(content);
  const inserted = insertRun(tx, { id: runId, conversationId, agentId, userId, messageId, replicaId, state, title });
  write(inserted);
  const followAfter = inserted.then(({ rows: [run] }) => (openRuns[0]?.position ?? Number(run?.position ?? 1)) - 1);
  followAfter.catch(() => undefined);
  return { messageId, queued, isNew: true, runId: queued ? undefined : runId, followAfter };
}

async function findEarlier(tx: Transaction, conversationId: string, clientMessageId: string) {
  const [earlier] = await selectEarlier(tx, { conversationId, clientMessageId });
  return earlier;
}

const selectEarlier = prepared('message_earlier', (tx: Transaction) =>
  tx
    .select({ id: messages.id })
    .from(messages)
    .where(
      and(
        eq(messages.conversationId, sql.placeholder('conversationId')),
        eq(messages.clientMessageId, sql.placeholder('clientMessageId')),
      ),
    ),
);

const insertMessage = preparedSql(
  'message_insert',
  sql`
    insert into messages (id, conversation_id, run_id, role, content, client_message_id, position)
    overriding system value
    values (${sql.placeholder('id')}, ${sql.placeholder('conversationId')}, ${sql.placeholder('runId')}, 'user',
      ${sql.placeholder('content')}, ${sql.placeholder('clientMessageId')},
      nextval('messages_position_seq') + ${sql.placeholder('offset')}::bigint)`,
);

/** The message's run, and the conversation that moves on with it. */
const insertRun = preparedSql<{ position: string }, Record<string, unknown>>(
  'run_insert',
  sql`
    with moved as (
      update conversations set last_message_at = now(), updated_at = now(), title = ${sql.placeholder('title')},
        titled_by = case when title is null then 'words' else titled_by end, archived_at = null
      where id = ${sql.placeholder('conversationId')}
    )
    insert into "runs" (id, conversation_id, agent_id, user_id, message_id, replica_id, state, started_at)
    values (${sql.placeholder('id')}, ${sql.placeholder('conversationId')}, ${sql.placeholder('agentId')},
      ${sql.placeholder('userId')}, ${sql.placeholder('messageId')}, ${sql.placeholder('replicaId')},
      ${sql.placeholder('state')}, case ${sql.placeholder('state')}::text when 'running' then now() end)
    returning position`,
);

/** Attachments are the caller's own uploads for this agent, each used once, in this order. */
async function attach(
  tx: Transaction,
  {
    messageId,
    attachmentIds,
    userId,
    agentId,
  }: { messageId: string } & Pick<NewMessage, 'attachmentIds' | 'userId' | 'agentId'>,
): Promise<void> {
  const ids = [...new Set(attachmentIds)];
  if (ids.length === 0) return;
  const attached = await tx
    .update(uploads)
    .set({ messageId, position: sql`array_position(${sql.param(ids)}::uuid[], ${uploads.id})` })
    .where(
      and(
        inArray(uploads.id, ids),
        eq(uploads.userId, userId),
        eq(uploads.agentId, agentId),
        isNull(uploads.messageId),
      ),
    )
    .returning({ id: uploads.id });
  if (attached.length !== ids.length) {
    throw new ChatError('not_found', 'An attached file was not found, or was sent before. Attach it again.');
  }
}
