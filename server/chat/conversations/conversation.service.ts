import type { Conversation } from '../../../contract/conversations.ts';
import { eq, sql } from 'drizzle-orm';
import { conversations } from '../../db/schema/index.ts';
import type { Database, Transaction } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { personKey } from '../../http/asker.ts';
import { notFound } from '../../platform/errors.ts';
import type { FairQueue, TurnRequest } from '../../platform/fair-queue.ts';
import { conversationSignal } from './conversation-reference.ts';
import { cleanText } from '../clean-text.ts';
import {
  conversationColumns,
  findConversationForUpdate,
  findOwnConversation,
  findToolOutput,
  listAgentsOf,
  listConversations,
  type ConversationRow,
} from './conversation.queries.ts';
import { exportAsJson, exportAsMarkdown, type ConversationExport } from './export-conversation.ts';
import { countMessages } from './message-pages.ts';
import type { ChatAgents, ChatAudit } from '../ports.ts';
import { findExtent, readConversation } from './read-conversation.ts';
import { searchConversations } from './search-conversations.ts';
import { listOpenRuns } from './open-runs.ts';

/** Characters of a match that are shown before and after the words. */
const excerptMargin = 60;

/** A person's own conversations with one agent. Those of others are not found, whoever asks. */
export interface ConversationService {
  /** What nobody waits for any more is not looked for. */
  list(
    actor: Actor,
    agentId: string,
    search?: { words: string | undefined; signal: AbortSignal },
  ): Promise<Conversation[]>;
  /** In the conversations with all agents that the person may use now. */
  search(actor: Actor, search: { words: string; signal: AbortSignal }): Promise<Conversation[]>;
  create(actor: Actor, agentId: string, title: string | undefined): Promise<Conversation>;
  rename(actor: Actor, chat: ChatKey, title: string): Promise<Conversation>;
  /** Stops what is being answered in it; everything said is gone. */
  remove(actor: Actor, chat: ChatKey): Promise<void>;
  /** The content breaks off with an error where the conversation is deleted, or the agent taken away, meanwhile. */
  export(
    actor: Actor,
    chat: ChatKey,
    options: { format: 'md' | 'json'; signal: AbortSignal },
  ): Promise<ConversationExport>;
  /** What a tool answered, as the agent read it. */
  toolOutput(actor: Actor, call: ToolCallKey): Promise<{ output: string | null }>;
}

export interface ToolCallKey {
  agentId: string;
  messageId: string;
  toolCallId: string;
}

export interface ChatKey {
  agentId: string;
  chatId: string;
}

export function createConversationService(options: {
  db: Database;
  signals: Signals;
  audit: ChatAudit;
  agents: Pick<ChatAgents, 'findUsable'>;
  reading: FairQueue;
  searching: FairQueue;
}): ConversationService {
  const { db, signals, audit, agents, reading, searching } = options;

  async function requireAgent(actor: Actor, agentId: string, tx?: Transaction): Promise<{ name: string }> {
    const agent = await agents.findUsable(actor.userId, agentId, tx);
    if (!agent) throw notFound('This agent');
    return agent;
  }

  async function find(
    agentIds: string[],
    { userId }: Actor,
    { words, turn }: { words: string; turn: TurnRequest },
  ): Promise<Conversation[]> {
    const found = await searchConversations({ db, searching }, { userId, agentIds }, { words, turn });
    return found.map(({ conversation, hit }) => ({
      ...present(conversation, matchOf(conversation, hit?.excerpt ?? null, words)),
      ...(hit && { matchId: hit.messageId }),
    }));
  }

  return {
    async list(actor, agentId, search) {
      await requireAgent(actor, agentId);
      const owner = { userId: actor.userId, agentId };
      const wanted = cleanText(search?.words ?? '').trim();
      if (wanted === '') return (await listConversations(db, owner)).map((row) => present(row));
      const turn = { key: personKey(actor.userId), signal: search?.signal };
      return find([agentId], actor, { words: wanted, turn });
    },
    async search(actor, { words, signal }) {
      const wanted = cleanText(words).trim();
      if (wanted === '') return [];
      const turn = { key: personKey(actor.userId), signal };
      const agentIds = await listAgentsOf(db, actor.userId);
      const usable = await Promise.all(agentIds.map((agentId) => agents.findUsable(actor.userId, agentId)));
      const open = usable.flatMap((agent) => agent?.id ?? []);
      return open.length === 0 ? [] : find(open, actor, { words: wanted, turn });
    },
    async create(actor, agentId, title) {
      const clean = title === undefined ? null : cleanText(title);
      return signals.transaction(actor, async (tx) => {
        await requireAgent(actor, agentId, tx);
        const [row] = await tx
          .insert(conversations)
          .values({ agentId, userId: actor.userId, title: clean })
          .returning(conversationColumns);
        if (!row) throw new Error('The conversation was not created.');
        await audit.record(tx, {
          eventType: 'conversation.created',
          actor: { type: 'user', id: actor.userId },
          resource: `conversation:${row.id}`,
          detail: { agentId },
        });
        return present(row);
      });
    },
    async rename(actor, { agentId, chatId }, title) {
      return signals.transaction(actor, async (tx) => {
        await requireAgent(actor, agentId, tx);
        const row = await findConversationForUpdate(tx, { userId: actor.userId, agentId }, chatId);
        if (!row) throw notFound('This conversation');
        const clean = cleanText(title);
        if (row.title === clean) return present(row);
        const [renamed] = await tx
          .update(conversations)
          .set({ title: clean, updatedAt: sql`now()` })
          .where(eq(conversations.id, chatId))
          .returning(conversationColumns);
        // Titles are conversation text: the trail knows that one changed, not how.
        await audit.record(tx, {
          eventType: 'conversation.renamed',
          actor: { type: 'user', id: actor.userId },
          resource: `conversation:${chatId}`,
          detail: { agentId },
        });
        signals.signal(tx, conversationSignal(row, 'renamed'));
        return present(renamed ?? row);
      });
    },
    async remove(actor, { agentId, chatId }) {
      await signals.transaction(actor, async (tx) => {
        await requireAgent(actor, agentId, tx);
        const row = await findConversationForUpdate(tx, { userId: actor.userId, agentId }, chatId);
        if (!row) throw notFound('This conversation');
        const [running] = (await listOpenRuns(tx, chatId)).filter((run) => run.state !== 'queued');
        const messages = await countMessages(tx, chatId);
        await tx.delete(conversations).where(eq(conversations.id, chatId));
        await audit.record(tx, {
          eventType: 'conversation.deleted',
          actor: { type: 'user', id: actor.userId },
          resource: `conversation:${chatId}`,
          detail: { agentId, messages },
        });
        if (running) signals.signal(tx, { kind: 'run-abort', conversationId: chatId, runId: running.id });
        signals.signal(tx, conversationSignal(row, 'deleted'));
      });
    },
    async export(actor, { agentId, chatId }, { format, signal }) {
      const owner = { userId: actor.userId, agentId };
      const { agent, row, extent } = await signals.transaction(actor, async (tx) => {
        const usable = await requireAgent(actor, agentId, tx);
        const found = await findOwnConversation(tx, owner, chatId);
        if (!found) throw notFound('This conversation');
        await audit.record(tx, {
          eventType: 'conversation.exported',
          actor: { type: 'user', id: actor.userId },
          resource: `conversation:${chatId}`,
          detail: { agentId, format },
        });
        return { agent: usable, row: found, extent: await findExtent(tx, chatId) };
      });
      const messages = readConversation({ db, reading }, chatId, {
        extent,
        allBranches: format === 'json',
        turn: { key: personKey(actor.userId), signal },
        async requireStill() {
          await requireAgent(actor, agentId);
          if (!(await findOwnConversation(db, owner, chatId))) throw notFound('This conversation');
        },
      });
      const content = { conversation: present(row), agentName: agent.name, messages };
      return format === 'json' ? exportAsJson(content) : exportAsMarkdown(content);
    },
    async toolOutput(actor, { agentId, ...call }) {
      await requireAgent(actor, agentId);
      const { messageId } = call;
      const toolCallId = cleanText(call.toolCallId);
      const output = await findToolOutput(db, { userId: actor.userId, agentId }, { messageId, toolCallId });
      if (output === undefined) throw notFound('This call');
      return { output };
    },
  };
}

function present(row: ConversationRow, match?: string): Conversation {
  return {
    id: row.id,
    agentId: row.agentId,
    title: row.title,
    isDefault: row.isDefault,
    lastMessageAt: row.lastMessageAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    ...(match !== undefined && { match }),
  };
}

/** Where the words were found, with what stands around them. */
function matchOf(row: ConversationRow, message: string | null, words: string): string {
  const text = (message ?? row.title ?? '').replaceAll(/\s+/g, ' ');
  const at = Math.max(0, text.toLowerCase().indexOf(words.toLowerCase().replaceAll(/\s+/g, ' ')));
  const from = Math.max(0, at - excerptMargin);
  const to = Math.min(text.length, at + words.length + excerptMargin);
  return `${from > 0 ? '…' : ''}${text.slice(from, to).toWellFormed()}${to < text.length ? '…' : ''}`;
}
