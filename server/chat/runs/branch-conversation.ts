import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import type { PersonAuthority } from '../../db/authority.ts';
import type { Database, Transaction } from '../../db/client.ts';
import { conversations, messages, runs } from '../../db/schema/index.ts';
import type { Signals } from '../../db/signals.ts';
import type { StorageQuota } from '../../db/storage-quota.ts';
import { ChatError } from '../chat-error.ts';
import {
  type BranchChange,
  type BranchPoint,
  findShownQuestion,
  hideAfter,
  noteBranched,
  prepareBranching,
  showBranch,
} from '../conversations/branches.ts';
import { conversationSignal, type ConversationReference } from '../conversations/conversation-reference.ts';
import { findConversation, lockConversation } from '../conversations/find-conversation.ts';
import { listOpenRuns, newestRunPosition } from '../conversations/open-runs.ts';
import type { ChatAgents, ChatAudit } from '../ports.ts';
import { requireAgent } from '../require-agent.ts';
import { titleOf } from '../conversations/title.ts';
import type { LocalRuns } from './local-runs.ts';
import type { MessageRate } from './message-rate.ts';
import { requireContent, type SaidMessage } from './say-message.ts';

interface BranchRequest {
  person: PersonAuthority;
  agentId: string;
  chatId?: string | undefined;
  messageId: string;
}

/** Given the news before anything about the answer is sent. */
type OnStored = (said: SaidMessage) => void;

/** Lets a conversation go on in another way from one of its messages. All of them throw a ChatError when it is refused. */
export interface BranchConversation {
  /** Says a message in other words, and lets the agent answer that. The same one said again is stored and answered once. */
  edit(request: BranchRequest & { content: string; clientMessageId: string }, onStored: OnStored): Promise<void>;
  /** Lets the agent answer a message once more; `model` is in place of its own. */
  regenerate(request: BranchRequest & { model?: string | undefined }, onStored: OnStored): Promise<void>;
  /** Shows the branch that a message is on. */
  show(request: BranchRequest): Promise<void>;
}

export function createBranchConversation(options: {
  db: Database;
  signals: Signals;
  audit: ChatAudit;
  agents: ChatAgents;
  quota: StorageQuota;
  replicaId: string;
  messageCharacters: number;
  localRuns: LocalRuns;
  rate: MessageRate;
  catchUp: (conversationId: string) => Promise<void>;
  /** `<provider>/<model id>` of a model that is offered now. */
  resolveModel: (reference: string) => Promise<string | undefined>;
}): BranchConversation {
  const { db, signals, audit, agents, quota, replicaId, localRuns, rate, catchUp, resolveModel } = options;

  async function requireConversation({ person, agentId, chatId }: BranchRequest): Promise<ConversationReference> {
    const conversation = await findConversation(db, { userId: person.userId, agentId, chatId });
    if (!conversation) throw notFound('conversation');
    return conversation;
  }

  /** Holds the conversation while nothing is answered in it, and tells its title. */
  async function hold(tx: Transaction, { id, userId, agentId }: ConversationReference): Promise<string | null> {
    await requireAgent(agents, userId, agentId, tx);
    const held = await lockConversation(tx, id);
    if (!held) throw notFound('conversation');
    if ((await listOpenRuns(tx, id)).length === 0) return held.title;
    throw new ChatError('run_active', 'Wait until the answer is there, or stop it.', true);
  }

  async function requireQuestion(tx: Transaction, conversationId: string, messageId: string): Promise<BranchPoint> {
    if (!(await findShownQuestion(tx, conversationId, messageId))) throw notFound('message');
    await prepareBranching(tx, conversationId);
    return (await findShownQuestion(tx, conversationId, messageId))!;
  }

  async function record(
    tx: Transaction,
    conversation: ConversationReference,
    detail: BranchChange & { by: 'edit' | 'regenerate' | 'step' },
  ): Promise<void> {
    await audit.record(tx, {
      eventType: 'conversation.branched',
      actor: { type: 'user', id: conversation.userId },
      resource: `conversation:${conversation.id}`,
      detail: { agentId: conversation.agentId, ...detail },
    });
    signals.signal(tx, conversationSignal(conversation, 'branched'));
  }

  async function beginRun(
    tx: Transaction,
    { id: conversationId, agentId, userId }: ConversationReference,
    { messageId, model }: { messageId: string; model?: string | undefined },
  ) {
    const [run] = await tx
      .insert(runs)
      .values({
        conversationId,
        agentId,
        userId,
        messageId,
        replicaId,
        model: model ?? null,
        state: 'running',
        startedAt: sql`now()`,
      })
      .returning({ id: runs.id, position: runs.position });
    if (!run) throw new Error('The run was not stored.');
    await tx.update(messages).set({ runId: run.id }).where(eq(messages.id, messageId));
    await tx
      .update(conversations)
      .set({ lastMessageAt: sql`now()`, archivedAt: null })
      .where(eq(conversations.id, conversationId));
    return { messageId, queued: false, isNew: true, runId: run.id, followAfter: run.position - 1 };
  }

  /** Stores a branch with a run, and lets it be answered here. */
  async function answerBranch(
    request: BranchRequest,
    store: (tx: Transaction, conversation: ConversationReference) => Promise<SaidMessage['accepted']>,
    onStored: OnStored,
  ): Promise<void> {
    if (localRuns.stopping) {
      throw new ChatError('runtime_unavailable', 'The server is restarting. Send it again in a moment.', true);
    }
    await rate.requireLeft(request.person.userId);
    const conversation = await requireConversation(request);
    await localRuns.whileStarting(conversation.id, async () => {
      const accepted = await signals.transaction(request.person, (tx) => store(tx, conversation));
      onStored({ conversation, accepted });
      if (!accepted.runId) return;
      await catchUp(conversation.id).catch(() => undefined);
      localRuns.start({ runId: accepted.runId, conversation });
    });
  }

  return {
    edit(request, onStored) {
      const { messageId, clientMessageId } = request;
      const content = requireContent(request, options.messageCharacters);
      const store = async (tx: Transaction, conversation: ConversationReference) => {
        const { id: conversationId, userId } = conversation;
        const isSame = and(eq(messages.conversationId, conversationId), eq(messages.clientMessageId, clientMessageId));
        const [earlier] = await tx.select({ id: messages.id }).from(messages).where(isSame);
        if (earlier) {
          const [open] = await listOpenRuns(tx, conversationId);
          const followAfter = open ? open.position - 1 : await newestRunPosition(tx, conversationId);
          return { messageId: earlier.id, queued: false, isNew: false, runId: undefined, followAfter };
        }
        const title = await hold(tx, conversation);
        const question = await requireQuestion(tx, conversationId, messageId);
        if (!(await quota.hasRoom(tx, userId, Buffer.byteLength(content)))) throw noRoom(quota);
        const hidden = await hideAfter(tx, conversationId, question.position - 1);
        const id = randomUUID();
        await tx.insert(messages).values({
          id,
          conversationId,
          role: 'user',
          content,
          clientMessageId,
          parentId: question.parentId,
          attachmentsOf: question.attachmentsOf ?? question.id,
        });
        await noteBranched(tx, conversationId);
        // Named after its first words, it is named after the new ones.
        if (question.parentId === conversationId && title === titleOf(question.content)) {
          await tx
            .update(conversations)
            .set({ title: titleOf(content) })
            .where(eq(conversations.id, conversationId));
        }
        await record(tx, conversation, { by: 'edit', hidden, shown: 1 });
        return beginRun(tx, conversation, { messageId: id });
      };
      return answerBranch(request, store, onStored);
    },
    async regenerate(request, onStored) {
      const { person, agentId, messageId } = request;
      const model = request.model === undefined ? undefined : await resolveModel(request.model);
      const store = async (tx: Transaction, conversation: ConversationReference) => {
        const { id: conversationId } = conversation;
        await hold(tx, conversation);
        const question = await requireQuestion(tx, conversationId, messageId);
        if (request.model !== undefined && !(await agents.mayEdit(person.userId, agentId, tx))) {
          throw noModel('Only those who may edit this agent choose another model for an answer.');
        }
        if (request.model !== undefined && model === undefined) {
          throw noModel('No configured provider offers this model.');
        }
        const hidden = await hideAfter(tx, conversationId, question.position);
        await noteBranched(tx, conversationId, question.position);
        await record(tx, conversation, { by: 'regenerate', hidden, shown: 0 });
        return beginRun(tx, conversation, { messageId, model });
      };
      await answerBranch(request, store, onStored);
    },
    async show(request) {
      const conversation = await requireConversation(request);
      await signals.transaction(request.person, async (tx) => {
        await hold(tx, conversation);
        await prepareBranching(tx, conversation.id);
        const change = await showBranch(tx, conversation.id, request.messageId);
        if (!change) throw notFound('message');
        if (change.shown === 0) return;
        await noteBranched(tx, conversation.id);
        await record(tx, conversation, { by: 'step', ...change });
      });
    },
  };
}

const notFound = (what: 'conversation' | 'message') =>
  new ChatError(
    'not_found',
    what === 'message' ? 'This message was not found among what is shown.' : 'This conversation was not found.',
  );

const noModel = (sentence: string) => new ChatError('model_not_found', sentence);

const noRoom = ({ limit }: StorageQuota) =>
  new ChatError(
    'too_long',
    `Your conversations and files may take ${limit} altogether, and this message does not fit in any more. Delete conversations that you no longer need.`,
  );
