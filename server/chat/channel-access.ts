import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { FinishReason } from '../../contract/socket.ts';
import { withoutSession } from '../db/authority.ts';
import type { Database, Executor } from '../db/client.ts';
import { messages, runs } from '../db/schema/index.ts';
import type { Signals } from '../db/signals.ts';
import { abortConversation } from './runs/abort-conversation.ts';
import type { Approvals } from './runs/approvals.ts';
import { ChatError } from './chat-error.ts';
import type { ConversationReference } from './conversations/conversation-reference.ts';
import {
  type FollowedMessageRow,
  type FollowedRunRow,
  readRunMessages,
  readRunsAfter,
} from './replicas/follow.queries.ts';
import type { ChatAgents, ChatAudit } from './ports.ts';
import { expectConversation, findConversationById } from './conversations/find-conversation.ts';
import { listOpenRuns, newestRunPosition } from './conversations/open-runs.ts';
import type { LocalRuns } from './runs/local-runs.ts';

import { requireAgent } from './require-agent.ts';
import type { SaidMessage, SayMessage, SpokenMessage } from './runs/say-message.ts';
import { interruption } from './conversations/interruption.ts';

/** A run as of now: what was asked and what was answered, whichever process answers it. */
export interface ShownRun {
  id: string;
  position: number;
  /** False while the answer still grows. */
  ended: boolean;
  /** False when it was dropped before its turn came. */
  started: boolean;
  asked: { content: string; clientMessageId: string | null };
  /** The assistant's messages in their order; as much as is written down, which is a third of a second behind. */
  messages: (Pick<FollowedMessageRow, 'id' | 'toolCalls' | 'sources' | 'fallbackModel'> & { content: string })[];
  /** What ended it, of one that has ended. */
  finishReason: FinishReason;
  /** The person stopped it. */
  aborted: boolean;
  /** A sentence for the person. */
  failure: string | undefined;
}

/** Conversations for channels without sockets. Signals of kind `conversation` say when one moved. */
export interface ChannelAccess {
  /** The person's default conversation, begun or not. @throws ChatError not_found when they may not use the agent */
  open(who: { userId: string; agentId: string }): Promise<ConversationReference>;
  /** A further conversation, which begins with its first message. @throws ChatError not_found when they may not use the agent */
  begin(who: { userId: string; agentId: string }): Promise<ConversationReference>;
  find(conversationId: string): Promise<ConversationReference | undefined>;
  say(message: Omit<SpokenMessage, 'person' | 'begins'> & { userId: string }): Promise<SaidMessage>;
  /** For the person whose conversation it is. */
  abort(conversation: ConversationReference): Promise<void>;
  /** Tool calls that wait for a decision; signals of kind `approval` say that one was made. */
  approvals: Pick<Approvals, 'list' | 'find'> & {
    decide(decision: Omit<Parameters<Approvals['decide']>[0], 'person'> & { userId: string }): Promise<void>;
  };
  /** Whether an answer is being written, or waits. */
  isRunning(conversationId: string): Promise<boolean>;
  /** The runs after a position that have begun, oldest first. */
  readRuns(conversationId: string, after: number): Promise<ShownRun[]>;
  /** The position of the newest run; 0 before any. Takes part in the caller's transaction. */
  newestRun(executor: Executor, conversationId: string): Promise<number>;
}

export function createChannelAccess(options: {
  db: Database;
  signals: Signals;
  audit: ChatAudit;
  agents: ChatAgents;
  localRuns: LocalRuns;
  say: SayMessage;
  approvals: Approvals;
}): ChannelAccess {
  const { db, signals, audit, agents, localRuns, say, approvals } = options;

  return {
    async open({ userId, agentId }) {
      await requireAgent(agents, userId, agentId);
      const conversation = await expectConversation(db, { userId, agentId, chatId: undefined });
      if (!conversation) throw new ChatError('not_found', 'This conversation was not found.');
      return conversation;
    },
    async begin({ userId, agentId }) {
      await requireAgent(agents, userId, agentId);
      return { id: randomUUID(), agentId, userId, isDefault: false, temporary: false };
    },
    find: (conversationId) => findConversationById(db, conversationId),
    say: ({ userId, ...message }) => say({ ...message, begins: true, person: withoutSession(userId) }),
    approvals: {
      list: approvals.list,
      find: approvals.find,
      decide: ({ userId, ...decision }) => approvals.decide({ ...decision, person: withoutSession(userId) }),
    },
    abort: (conversation) =>
      abortConversation({ signals, audit, localRuns }, withoutSession(conversation.userId), conversation),
    isRunning: async (conversationId) => (await listOpenRuns(db, conversationId)).length > 0,
    async readRuns(conversationId, after) {
      return db.transaction(
        async (tx) => {
          const rows = await readRunsAfter(tx, [{ id: conversationId, after }]);
          if (rows.length === 0) return [];
          const known = rows.map((row) => ({ runId: row.id, known: [] }));
          const [answers, questions] = [
            await readRunMessages(tx, known),
            await readQuestions(tx, conversationId, after),
          ];
          const answersOf = (row: FollowedRunRow) => answers.filter((message) => message.runId === row.id);
          return rows.flatMap((row) => {
            const asked = questions.get(row.id);
            if (!asked) return [];
            return {
              id: row.id,
              position: row.position,
              ended: row.state !== 'running' && row.state !== 'waiting',
              started: row.started,
              asked,
              messages: answersOf(row).map(({ growth, id, toolCalls, sources, fallbackModel }) => ({
                content: growth,
                ...{ id, toolCalls, sources, fallbackModel },
              })),
              finishReason: finishReasonOf(row, answersOf(row).at(-1)),
              aborted: row.state === 'aborted',
              failure: failureOf(row),
            };
          });
        },
        { isolationLevel: 'repeatable read', accessMode: 'read only' },
      );
    },
    newestRun: newestRunPosition,
  };
}

async function readQuestions(executor: Executor, conversationId: string, after: number) {
  const rows = await executor
    .select({ runId: runs.id, content: messages.content, clientMessageId: messages.clientMessageId })
    .from(runs)
    .innerJoin(messages, eq(messages.id, runs.messageId))
    .where(sql`${runs.conversationId} = ${conversationId} and ${runs.position} > ${after}`);
  return new Map(rows.map(({ runId, content, clientMessageId }) => [runId, { content, clientMessageId }]));
}

function finishReasonOf(row: FollowedRunRow, last: FollowedMessageRow | undefined): FinishReason {
  if (row.state === 'failed') return 'error';
  if (row.state === 'aborted' || row.state === 'interrupted') return row.state;
  return last?.finishReason ?? 'stop';
}

function failureOf(row: { state: string; errorMessage: string | null }): string | undefined {
  if (row.state === 'failed') return row.errorMessage ?? 'The answer failed. Try again.';
  return row.state === 'interrupted' ? interruption.message : undefined;
}
