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
  listConversationsForUpdate,
  type ConversationRow,
} from './conversation.queries.ts';
import { matchOf, presentConversation } from './conversation.presenter.ts';
import {
  exportAllAsJson,
  exportAllAsMarkdown,
  exportAsJson,
  exportAsMarkdown,
  type ConversationExport,
  type ExportedContent,
} from './export-conversation.ts';
import { type Place, placeConversation, requireKept } from './place-conversation.ts';
import { removeConversation, type SaidUploads } from './remove-conversation.ts';
import type { ChatAgents, ChatAudit } from '../ports.ts';
import { findExtent, readConversation } from './read-conversation.ts';
import { searchConversations } from './search-conversations.ts';

/** A person's own conversations with one agent. Those of others are not found, whoever asks. */
export interface ConversationService {
  /** What nobody waits for any more is not looked for. */
  list(
    actor: Actor,
    agentId: string,
    search?: { words: string | undefined; archived: boolean; signal: AbortSignal },
  ): Promise<Conversation[]>;
  /** In the conversations with all agents that the person may use now. */
  search(actor: Actor, search: { words: string; signal: AbortSignal }): Promise<Conversation[]>;
  create(actor: Actor, agentId: string, begun: { title?: string; temporary?: boolean }): Promise<Conversation>;
  update(actor: Actor, chat: ChatKey, changes: Place & { title?: string | undefined }): Promise<Conversation>;
  /** All of them or none. */
  updateAll(actor: Actor, chats: ChatKeys, place: Place): Promise<Conversation[]>;
  /** Stops what is being answered in it; everything said is gone, with the files that were attached. */
  remove(actor: Actor, chat: ChatKey): Promise<void>;
  /** All of them or none. */
  removeAll(actor: Actor, chats: ChatKeys): Promise<void>;
  /** The content breaks off with an error where the conversation is deleted, or the agent taken away, meanwhile. */
  export(
    actor: Actor,
    chat: ChatKey,
    options: { format: 'md' | 'json'; signal: AbortSignal },
  ): Promise<ConversationExport>;
  /** As `export`, one after another in one file. */
  exportAll(
    actor: Actor,
    chats: ChatKeys,
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

export interface ChatKeys {
  agentId: string;
  chatIds: readonly string[];
}

/** Others who may read what is in a conversation. */
export interface ConversationShares {
  /** It is about to go. Called inside the transaction that deletes it. */
  beforeConversationRemoved(tx: Transaction, chatId: string): Promise<void>;
}

export function createConversationService(options: {
  db: Database;
  signals: Signals;
  audit: ChatAudit;
  agents: Pick<ChatAgents, 'findUsable'>;
  uploads: SaidUploads;
  shares: ConversationShares;
  reading: FairQueue;
  searching: FairQueue;
}): ConversationService {
  const { db, signals, audit, agents, uploads, shares, reading, searching } = options;
  const removal = { signals, audit, uploads };

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
      ...presentConversation(conversation, matchOf(conversation, hit?.excerpt ?? null, words)),
      ...(hit && { matchId: hit.messageId }),
    }));
  }

  async function rename(tx: Transaction, actor: Actor, row: ConversationRow, title: string): Promise<ConversationRow> {
    if (row.title === title && row.titledBy === 'person') return row;
    requireKept(row);
    const [renamed] = await tx
      .update(conversations)
      .set({ title, titledBy: 'person', updatedAt: sql`now()` })
      .where(eq(conversations.id, row.id))
      .returning(conversationColumns);
    // Titles are conversation text: the trail knows that one changed, not how.
    await audit.record(tx, {
      eventType: 'conversation.renamed',
      actor: { type: 'user', id: actor.userId },
      resource: `conversation:${row.id}`,
      detail: { agentId: row.agentId },
    });
    signals.signal(tx, conversationSignal(row, 'renamed'));
    return renamed ?? row;
  }

  /** Locks them all. @throws AppError 404 when one of them is not this person's */
  async function requireAll(tx: Transaction, actor: Actor, { agentId, chatIds }: ChatKeys): Promise<ConversationRow[]> {
    await requireAgent(actor, agentId, tx);
    const wanted = new Set(chatIds.map((id) => id.toLowerCase()));
    const rows = await listConversationsForUpdate(tx, { userId: actor.userId, agentId }, [...wanted]);
    if (rows.length !== wanted.size) throw notFound('One of these conversations');
    return rows;
  }

  /** What is read of each while it is sent, in the order asked for; recorded for each. */
  async function openExports(
    actor: Actor,
    { agentId, chatIds }: ChatKeys,
    { format, signal }: { format: 'md' | 'json'; signal: AbortSignal },
  ): Promise<ExportedContent[]> {
    const owner = { userId: actor.userId, agentId };
    const opened = await signals.transaction(actor, async (tx) => {
      const { name: agentName } = await requireAgent(actor, agentId, tx);
      const found = [];
      for (const chatId of new Set(chatIds.map((id) => id.toLowerCase()))) {
        const row = await findOwnConversation(tx, owner, chatId);
        if (!row) throw notFound('This conversation');
        await audit.record(tx, {
          eventType: 'conversation.exported',
          actor: { type: 'user', id: actor.userId },
          resource: `conversation:${chatId}`,
          detail: { agentId, format },
        });
        found.push({ agentName, row, extent: await findExtent(tx, chatId) });
      }
      return found;
    });
    return opened.map(({ agentName, row, extent }) => ({
      agentName,
      conversation: presentConversation(row),
      messages: readConversation({ db, reading }, row.id, {
        extent,
        allBranches: format === 'json',
        turn: { key: personKey(actor.userId), signal },
        async requireStill() {
          await requireAgent(actor, agentId);
          if (!(await findOwnConversation(db, owner, row.id))) throw notFound('This conversation');
        },
      }),
    }));
  }

  return {
    async list(actor, agentId, search) {
      await requireAgent(actor, agentId);
      const owner = { userId: actor.userId, agentId };
      const wanted = cleanText(search?.words ?? '').trim();
      if (wanted === '')
        return (await listConversations(db, owner, { archived: search?.archived ?? false })).map((row) =>
          presentConversation(row),
        );
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
    async create(actor, agentId, { title, temporary = false }) {
      const named = title === undefined ? {} : { title: cleanText(title), titledBy: 'person' as const };
      return signals.transaction(actor, async (tx) => {
        await requireAgent(actor, agentId, tx);
        const [row] = await tx
          .insert(conversations)
          .values({ agentId, userId: actor.userId, temporary, ...named })
          .returning(conversationColumns);
        if (!row) throw new Error('The conversation was not created.');
        await audit.record(tx, {
          eventType: 'conversation.created',
          actor: { type: 'user', id: actor.userId },
          resource: `conversation:${row.id}`,
          detail: { agentId, ...(temporary && { temporary }) },
        });
        return presentConversation(row);
      });
    },
    async update(actor, { agentId, chatId }, { title, ...place }) {
      return signals.transaction(actor, async (tx) => {
        await requireAgent(actor, agentId, tx);
        const row = await findConversationForUpdate(tx, { userId: actor.userId, agentId }, chatId);
        if (!row) throw notFound('This conversation');
        const named = title === undefined ? row : await rename(tx, actor, row, cleanText(title));
        return presentConversation(await placeConversation(tx, { signals, audit }, actor, named, place));
      });
    },
    async updateAll(actor, chats, place) {
      return signals.transaction(actor, async (tx) => {
        const rows = await requireAll(tx, actor, chats);
        const placed: Conversation[] = [];
        for (const row of rows) {
          placed.push(presentConversation(await placeConversation(tx, { signals, audit }, actor, row, place)));
        }
        return placed;
      });
    },
    async remove(actor, { agentId, chatId }) {
      const removeFiles = await signals.transaction(actor, async (tx) => {
        const row = await findConversationForUpdate(tx, { userId: actor.userId, agentId }, chatId);
        // A temporary one is gone when it is left, also where the agent was taken away meanwhile.
        if (!row?.temporary) await requireAgent(actor, agentId, tx);
        if (!row) throw notFound('This conversation');
        await shares.beforeConversationRemoved(tx, row.id);
        return removeConversation(tx, removal, row, { type: 'user', id: actor.userId });
      });
      await removeFiles();
    },
    async removeAll(actor, chats) {
      const removals = await signals.transaction(actor, async (tx) => {
        const files: (() => Promise<void>)[] = [];
        for (const row of await requireAll(tx, actor, chats)) {
          await shares.beforeConversationRemoved(tx, row.id);
          files.push(await removeConversation(tx, removal, row, { type: 'user', id: actor.userId }));
        }
        return files;
      });
      for (const removeFiles of removals) await removeFiles();
    },
    async export(actor, { agentId, chatId }, asked) {
      const [content] = await openExports(actor, { agentId, chatIds: [chatId] }, asked);
      return asked.format === 'json' ? exportAsJson(content!) : exportAsMarkdown(content!);
    },
    async exportAll(actor, chats, asked) {
      const contents = await openExports(actor, chats, asked);
      return asked.format === 'json' ? exportAllAsJson(contents) : exportAllAsMarkdown(contents);
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
