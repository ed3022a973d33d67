import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { moment } from './moment.ts';
import type { Proposal } from '../../../contract/proposals.ts';
import type { FailureDetails, FinishReason, MessageUsage, SocketErrorCode } from '../../../contract/socket.ts';
import { agents } from './agents.ts';
import { users } from './auth.ts';

export const conversations = pgTable(
  'conversations',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    agentId: uuid('agent_id')
      .notNull()
      .references(() => agents.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** Each user has one default conversation with each agent; socket frames name it without a chatId. */
    isDefault: boolean('is_default').notNull().default(false),
    title: text('title'),
    /**
     * Where the title comes from: the first words, the model (`asked` from when it is asked on, once), or the person. Null for
     * titles from before that was stored.
     */
    titledBy: text('titled_by', { enum: ['words', 'asked', 'model', 'person'] }),
    pinnedAt: moment('pinned_at'),
    /** Out of the list, found by searching. */
    archivedAt: moment('archived_at'),
    /** In no list and no search, and removed before long. */
    temporary: boolean('temporary').notNull().default(false),
    /** What compaction kept of the messages up to and including `summaryThrough`. */
    summary: text('summary'),
    summaryThrough: bigint('summary_through', { mode: 'number' }),
    /** Grows whenever another branch is shown; 0 while there is one only. */
    branch: integer('branch').notNull().default(0),
    lastMessageAt: moment('last_message_at'),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('conversations_default_unique')
      .on(table.agentId, table.userId)
      .where(sql`${table.isDefault}`),
    index('conversations_user_agent').on(table.userId, table.agentId, table.lastMessageAt),
    index('conversations_agent').on(table.agentId),
    index('conversations_temporary')
      .on(sql`coalesce(${table.lastMessageAt}, ${table.createdAt})`)
      .where(sql`${table.temporary}`),
  ],
);

/** A tool call as a message keeps it, and as people see it: what the model asked for. */
export interface StoredToolCall {
  toolCallId: string;
  name: string;
  state: 'running' | 'done' | 'denied' | 'failed' | 'approval';
  input: unknown;
  summary?: string;
  approvalId?: string;
  expiresAt?: string;
  /** What it would do, as it was when a person was asked. */
  proposal?: Proposal;
  mayAllowAlways?: true;
}

/** What the model read of a call; sent to it again with the history, to the browser only when somebody opens the call. */
export interface StoredToolOutput {
  toolCallId: string;
  output: string;
  images?: StoredImage[];
}

/** A picture that a tool handed to the model: which file, and as it was then. Its bytes stay where they are. */
export interface StoredImage {
  mediaType: string;
  path: string;
  sha256: string;
  bytes: number;
}

export const messages = pgTable(
  'messages',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    /** Orders the messages of a conversation. One whose run is queued lies beyond `queuedPositions` until it starts. */
    position: bigint('position', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    /** The run that wrote this assistant message, or that answers this user message. */
    runId: uuid('run_id'),
    role: text('role', { enum: ['user', 'assistant'] }).notNull(),
    content: text('content').notNull(),
    clientMessageId: uuid('client_message_id'),
    state: text('state', { enum: ['complete', 'streaming', 'interrupted'] })
      .notNull()
      .default('complete'),
    /** The last chunk that `content` includes; -1 before any. */
    seq: integer('seq').notNull().default(-1),
    toolCalls: jsonb('tool_calls').$type<StoredToolCall[]>().notNull().default([]),
    /** Apart from the calls, so that a page of messages does not bring along what only models read. */
    toolOutputs: jsonb('tool_outputs').$type<StoredToolOutput[]>().notNull().default([]),
    /** Bytes of text and calls, known without reading them. */
    shownBytes: integer('shown_bytes')
      .notNull()
      .generatedAlwaysAs(sql`octet_length(content) + octet_length(tool_calls::text)`),
    outputBytes: integer('output_bytes')
      .notNull()
      .generatedAlwaysAs(sql`octet_length(tool_outputs::text)`),
    usage: jsonb('usage').$type<MessageUsage>(),
    /** `<provider>/<model id>` of the fallback model that wrote it, because the agent's own could not. */
    fallbackModel: text('fallback_model'),
    /**
     * The message before it on its branch; the conversation's id for a first one. Stored when the conversation first
     * branches, of what was said until then: before that, and of what was said since, the one before it is the one shown.
     */
    parentId: uuid('parent_id'),
    /** It is on a branch that is not shown. */
    hidden: boolean('hidden').notNull().default(false),
    /** The message whose attachments it has as well: it says that one in other words. */
    attachmentsOf: uuid('attachments_of'),
    /** What ended an assistant message; null while it grows, and of those from before it was stored. */
    finishReason: text('finish_reason').$type<FinishReason>(),
    /** Numbers of passages that an assistant message rests on, in the order of its text; known when it has ended. */
    cited: integer('cited')
      .array()
      .notNull()
      .default(sql`'{}'`),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('messages_position').on(table.conversationId, table.position),
    uniqueIndex('messages_client_message_unique').on(table.conversationId, table.clientMessageId),
    index('messages_run').on(table.runId),
    index('messages_parent')
      .on(table.parentId)
      .where(sql`${table.parentId} is not null`),
  ],
);

/** What the person of a conversation thinks of one of its answers. Goes with the message. */
export const messageRatings = pgTable(
  'message_ratings',
  {
    messageId: uuid('message_id')
      .primaryKey()
      .references(() => messages.id, { onDelete: 'cascade' }),
    agentId: uuid('agent_id').notNull(),
    userId: uuid('user_id').notNull(),
    /** `<provider>/<model id>` that answered; null where nobody knows. */
    model: text('model'),
    rating: text('rating', { enum: ['up', 'down'] }).notNull(),
    comment: text('comment'),
    /** The person lets admins read the comment, the answer and its question. */
    shared: boolean('shared').notNull().default(false),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    index('message_ratings_agent').on(table.agentId, table.createdAt),
    index('message_ratings_shared')
      .on(table.createdAt)
      .where(sql`${table.shared}`),
  ],
);

/** What compaction kept on a branch; each belongs to the last message that it sums up. Kept once a conversation branches. */
export const branchSummaries = pgTable(
  'branch_summaries',
  {
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    through: bigint('through', { mode: 'number' }).notNull(),
    summary: text('summary').notNull(),
  },
  (table) => [primaryKey({ columns: [table.conversationId, table.through] })],
);

/** One answer to one message. Queued runs start in the order of their messages. */
export const runs = pgTable(
  'runs',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    agentId: uuid('agent_id').notNull(),
    userId: uuid('user_id').notNull(),
    /** The user's message that this run answers. */
    messageId: uuid('message_id').notNull(),
    position: bigint('position', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    state: text('state', {
      enum: ['queued', 'running', 'waiting', 'completed', 'failed', 'aborted', 'interrupted'],
    }).notNull(),
    /** The server process that runs it. */
    replicaId: uuid('replica_id'),
    steps: integer('steps').notNull().default(0),
    /** Chosen for this answer alone, in place of the agent's. */
    model: text('model'),
    /** What the runtime wants back when the run goes on after a wait; only the runtime knows what it is. */
    continuation: jsonb('continuation').$type<unknown>(),
    errorCode: text('error_code').$type<SocketErrorCode>(),
    errorMessage: text('error_message'),
    /** Of a failed run: whether asking again may help. */
    errorRetryable: boolean('error_retryable'),
    errorDetails: jsonb('error_details').$type<FailureDetails>(),
    createdAt: moment('created_at').notNull().defaultNow(),
    startedAt: moment('started_at'),
    finishedAt: moment('finished_at'),
  },
  (table) => [
    index('runs_open')
      .on(table.conversationId, table.position)
      .where(sql`${table.state} in ('queued', 'running', 'waiting')`),
    index('runs_replica')
      .on(table.replicaId)
      .where(sql`${table.state} in ('queued', 'running', 'waiting')`),
    index('runs_conversation').on(table.conversationId),
  ],
);

/** Server processes on this database and when each was last heard of. */
export const replicas = pgTable('replicas', {
  id: uuid('id').primaryKey(),
  startedAt: moment('started_at').notNull().defaultNow(),
  seenAt: moment('seen_at').notNull().defaultNow(),
});

export const uploads = pgTable(
  'uploads',
  {
    id: uuid('id').primaryKey(),
    agentId: uuid('agent_id')
      .notNull()
      .references(() => agents.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The message it was attached to; null until it is sent. */
    messageId: uuid('message_id').references(() => messages.id, { onDelete: 'set null' }),
    /** Among the files of its message, in the order in which they were attached; null before that was kept. */
    position: integer('position'),
    filename: text('filename').notNull(),
    mediaType: text('media_type').notNull(),
    size: integer('size').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [index('uploads_message').on(table.messageId), index('uploads_owner').on(table.userId, table.agentId)],
);
