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
import { agents } from './agents.ts';
import { users } from './auth.ts';
import { moment } from './moment.ts';

/** Telegram's ids have at most 52 bits. */
const telegramId = (name: string) => bigint(name, { mode: 'number' });

export const telegramBots = pgTable(
  'telegram_bots',
  {
    /** Telegram's own id of the bot, the first part of its token. */
    id: telegramId('id').primaryKey(),
    agentId: uuid('agent_id')
      .notNull()
      .unique()
      .references(() => agents.id, { onDelete: 'cascade' }),
    username: text('username').notNull(),
    /** Encrypted for the context `telegram-bot:<id>`. */
    token: text('token').notNull(),
    hint: text('hint').notNull(),
    isMain: boolean('is_main').notNull().default(false),
    state: text('state', { enum: ['ok', 'degraded'] })
      .notNull()
      .default('ok'),
    reason: text('reason'),
    /** The server process that receives and answers for the bot, and until when unless it renews. */
    leaseReplica: uuid('lease_replica'),
    leaseUntil: moment('lease_until'),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('telegram_bots_main_unique')
      .on(table.isMain)
      .where(sql`${table.isMain}`),
  ],
);

/** What Telegram delivered, stored before it is confirmed to Telegram, so that each is handled once. */
export const telegramUpdates = pgTable(
  'telegram_updates',
  {
    botId: telegramId('bot_id')
      .notNull()
      .references(() => telegramBots.id, { onDelete: 'cascade' }),
    updateId: telegramId('update_id').notNull(),
    /** Updates of one chat are handled one after the other; null for those of no chat. */
    chatId: telegramId('chat_id'),
    /** Photos that were sent together. */
    albumId: text('album_id'),
    /** Telegram's number of the message in its chat, the same when it is edited. */
    messageId: telegramId('message_id'),
    /** A fingerprint of what the message said, to know an edit that changes nothing. */
    said: text('said'),
    /** The update itself, dropped once it is handled. */
    payload: jsonb('payload').$type<unknown>(),
    /** The `clientMessageId` under which the conversation knows it. */
    clientMessageId: uuid('client_message_id').notNull(),
    attempts: integer('attempts').notNull().default(0),
    receivedAt: moment('received_at').notNull().defaultNow(),
    handledAt: moment('handled_at'),
  },
  (table) => [
    primaryKey({ columns: [table.botId, table.updateId] }),
    index('telegram_updates_open')
      .on(table.botId, table.updateId)
      .where(sql`${table.handledAt} is null`),
    index('telegram_updates_client_message').on(table.clientMessageId),
    index('telegram_updates_message').on(table.botId, table.chatId, table.messageId),
    index('telegram_updates_received').on(table.receivedAt),
  ],
);

/** Which Telegram account belongs to whom; one each. */
export const telegramLinks = pgTable('telegram_links', {
  userId: uuid('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  telegramUserId: telegramId('telegram_user_id').notNull().unique(),
  createdAt: moment('created_at').notNull().defaultNow(),
});

/** Codes by which a person shows that a Telegram account is theirs; only the SHA-256 is stored. */
export const telegramPairings = pgTable(
  'telegram_pairings',
  {
    codeHash: text('code_hash').primaryKey(),
    botId: telegramId('bot_id')
      .notNull()
      .references(() => telegramBots.id, { onDelete: 'cascade' }),
    telegramUserId: telegramId('telegram_user_id').notNull(),
    /** Of the account's Telegram, an IETF tag such as `de`. */
    language: text('language'),
    createdAt: moment('created_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
    usedAt: moment('used_at'),
  },
  (table) => [index('telegram_pairings_account').on(table.telegramUserId, table.createdAt)],
);

/** What Telegram shows of the run that is being delivered. */
export interface OpenAnswer {
  runId: string;
  /** What the person said elsewhere was shown. */
  asked: boolean;
  /** The messages on Telegram that hold the answer's parts, in their order. */
  parts: number[];
  /** The sentence about its failure was sent. */
  closed: boolean;
  /** It was said that Telegram did not take a part of it. */
  refused?: boolean;
  /** Messages about tool calls that ask first, by approval, and how each looked last. */
  approvals?: Record<string, { messageId: number; looks: string }>;
}

/** A private chat with a bot, the conversation it shows, and how far. */
export const telegramChats = pgTable(
  'telegram_chats',
  {
    botId: telegramId('bot_id')
      .notNull()
      .references(() => telegramBots.id, { onDelete: 'cascade' }),
    chatId: telegramId('chat_id').notNull(),
    /** It begins with its first message; until then, and after it was deleted, there is none with this id. */
    conversationId: uuid('conversation_id'),
    /** The position of the last run that was shown to its end. */
    shownThrough: bigint('shown_through', { mode: 'number' }).notNull().default(0),
    answer: jsonb('answer').$type<OpenAnswer>(),
    /** The topic in which the person wrote last, where the chat has topics. */
    topicId: telegramId('topic_id'),
    /** Of the person's Telegram, an IETF tag such as `de`. */
    language: text('language'),
    /** The person blocked the bot: nothing is sent until they write again. */
    isClosed: boolean('is_closed').notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.botId, table.chatId] }),
    index('telegram_chats_conversation').on(table.conversationId),
  ],
);
