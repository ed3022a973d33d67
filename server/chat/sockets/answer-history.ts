import { setTimeout as sleep } from 'node:timers/promises';
import { defaultHistoryLimit, type ActiveRun, type ServerFrame } from '../../../contract/socket.ts';
import type { Database } from '../../db/client.ts';
import { ChatError } from '../chat-error.ts';
import type { ChatSocket } from './chat-socket.ts';
import { addressOf, type ConversationReference } from '../conversations/conversation-reference.ts';
import type { Follower } from '../replicas/run-follower.ts';
import { readHistory, type HistoryPage } from './history.queries.ts';
import type { OpenSockets } from './open-sockets.ts';
import { personKey } from '../../http/asker.ts';
import type { FairQueue } from '../../platform/fair-queue.ts';
import type { LocalRuns } from '../runs/local-runs.ts';
import type { ConversationChanges } from '../conversations/conversation-changes.ts';
import { interruption } from '../conversations/interruption.ts';

/** A run changes its conversation at most twice per step: this is far more than can happen while a history is read. */
const maxAttempts = 200;

export type AnswerHistory = (
  socket: ChatSocket,
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
  openSockets: OpenSockets;
  localRuns: LocalRuns;
  follower: Follower;
  changes: ConversationChanges;
  reading: FairQueue;
}): AnswerHistory {
  const { db, replicaId, openSockets, localRuns, follower, changes, reading } = options;

  /** Undefined when what was read does not fit what is sent now: it has to be read again. */
  function activeRunOf(conversation: ConversationReference, page: HistoryPage): ActiveRun | 'none' | undefined {
    const queued = page.openRuns.filter((run) => run.state === 'queued').length;
    const live = localRuns.live(conversation.id);
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

  function deliver(socket: ChatSocket, { conversation, page, active, isNewestPage }: Delivery): void {
    const running = active === 'none' ? undefined : active;
    const frame: ServerFrame = {
      type: 'history',
      ...addressOf(conversation),
      messages: page.messages.filter((message) => message.id !== running?.messageId),
      hasMore: page.hasMore,
      ...(page.branch > 0 && { branch: page.branch }),
      ...(running && { activeRun: running }),
    };
    socket.sendFrame(frame);
    openSockets.subscribe(socket, conversation.id);
    const open = page.openRuns[0];
    follower.follow(conversation, open ? open.position - 1 : (page.newestRun?.position ?? 0));
    const newest = page.newestRun;
    if (!isNewestPage || newest?.state !== 'interrupted' || socket.toldInterrupted.has(newest.id)) return;
    socket.toldInterrupted.add(newest.id);
    socket.sendFrame({ type: 'error', ...addressOf(conversation), runId: newest.id, ...interruption });
  }

  return async (socket, conversation, { before, limit }) => {
    const request = { conversationId: conversation.id, before, limit: limit ?? defaultHistoryLimit, replicaId };
    const turn = { key: personKey(socket.userId), signal: socket.closed };
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      const end = await reading.takeTurn(turn);
      const watch = changes.watch(conversation.id);
      try {
        const page = await readHistory(db, request);
        const active = watch.changed ? undefined : activeRunOf(conversation, page);
        if (active) {
          deliver(socket, { conversation, page, active, isNewestPage: before === undefined });
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
