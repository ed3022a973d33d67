import { setTimeout as sleep } from 'node:timers/promises';
import { defaultHistoryLimit, type ActiveRun, type ServerFrame } from '../../contract/socket.ts';
import type { Database } from '../db/client.ts';
import { interruption } from './answer-run.ts';
import { ChatError } from './chat-error.ts';
import type { Connection } from './connection.ts';
import { addressOf, type ConversationReference } from './conversation-reference.ts';
import type { Follower } from './follower.ts';
import { readHistory, type HistoryPage } from './history.queries.ts';
import type { Hub } from './hub.ts';
import { personKey } from '../http/asker.ts';
import type { FairQueue } from '../platform/fair-queue.ts';
import type { RunRegistry } from './run-registry.ts';
import type { Turns } from './turns.ts';

/** A run turns at most twice per step; this is far more than one run can turn while its history is read. */
const maxAttempts = 200;

export type AnswerHistory = (
  connection: Connection,
  conversation: ConversationReference,
  request: { before?: string | undefined; limit?: number | undefined },
) => Promise<void>;

/**
 * Sends a page of history together with the state of the running answer, and subscribes the socket in the same turn of
 * the event loop: every later chunk reaches it, and none that the answer includes.
 */
export function createHistoryAnswer(options: {
  db: Database;
  replicaId: string;
  hub: Hub;
  registry: RunRegistry;
  follower: Follower;
  turns: Turns;
  reading: FairQueue;
}): AnswerHistory {
  const { db, replicaId, hub, registry, follower, turns, reading } = options;

  /** Undefined when what was read does not fit what is sent now: it has to be read again. */
  function activeRunOf(conversation: ConversationReference, page: HistoryPage): ActiveRun | 'none' | undefined {
    const queued = page.openRuns.filter((run) => run.state === 'queued').length;
    const live = registry.live(conversation.id);
    if (live) return withApprovals({ runId: live.runId, ...live.snapshot(), queued });
    if (page.openRuns.some((run) => run.state !== 'queued' && run.replicaId === replicaId)) return undefined;
    if (page.followed) {
      follower.adopt(conversation, page.followed.run, page.followed.messages);
      const followed = follower.snapshot(conversation.id);
      return followed?.runId === page.followed.run.id ? withApprovals({ ...followed, queued }) : undefined;
    }
    const next = page.openRuns[0];
    if (!next) return 'none';
    return { runId: next.id, messageId: null, content: '', seq: -1, tools: [], approvals: [], queued: queued - 1 };
  }

  function deliver(connection: Connection, { conversation, page, active, isNewestPage }: Delivery): void {
    const running = active === 'none' ? undefined : active;
    const frame: ServerFrame = {
      type: 'history',
      ...addressOf(conversation),
      messages: page.messages.filter((message) => message.id !== running?.messageId),
      hasMore: page.hasMore,
      ...(running && { activeRun: running }),
    };
    connection.sendFrame(frame);
    hub.subscribe(connection, conversation.id);
    const open = page.openRuns[0];
    follower.follow(conversation, open ? open.position - 1 : (page.newestRun?.position ?? 0));
    const newest = page.newestRun;
    if (!isNewestPage || newest?.state !== 'interrupted' || connection.toldInterrupted.has(newest.id)) return;
    connection.toldInterrupted.add(newest.id);
    connection.sendFrame({ type: 'error', ...addressOf(conversation), runId: newest.id, ...interruption });
  }

  return async (connection, conversation, { before, limit }) => {
    const request = { conversationId: conversation.id, before, limit: limit ?? defaultHistoryLimit, replicaId };
    const turn = { key: personKey(connection.userId), signal: connection.closed };
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      const end = await reading.take(turn);
      const watch = turns.watch(conversation.id);
      try {
        const page = await readHistory(db, request);
        const active = watch.turned ? undefined : activeRunOf(conversation, page);
        if (active) {
          deliver(connection, { conversation, page, active, isNewestPage: before === undefined });
          return;
        }
      } finally {
        watch.end();
        end();
      }
      await follower.poll(conversation.id);
      await sleep(Math.min(attempt, 10));
    }
    throw new ChatError('internal', 'The conversation moves too fast to read it. Try again.', true);
  };
}

function withApprovals(run: Omit<ActiveRun, 'approvals'>): ActiveRun {
  const approvals = run.tools.flatMap(({ state, approvalId, toolCallId, expiresAt }) =>
    state === 'approval' && approvalId && expiresAt ? [{ approvalId, toolCallId, expiresAt }] : [],
  );
  return { ...run, approvals };
}

interface Delivery {
  conversation: ConversationReference;
  page: HistoryPage;
  active: ActiveRun | 'none';
  isNewestPage: boolean;
}
