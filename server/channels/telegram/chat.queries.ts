import { and, eq, isNotNull, or, sql } from 'drizzle-orm';
import type { Executor, WritableExecutor } from '../../db/client.ts';
import { telegramChats } from '../../db/schema/index.ts';
import type { OpenAnswer } from '../../db/schema/telegram.ts';

export type ChatRow = typeof telegramChats.$inferSelect;
/** Where, and in which language of Telegram, somebody writes. */
export type Writer = Pick<ChatRow, 'topicId' | 'language'>;

const one = (botId: number, chatId: number) => and(eq(telegramChats.botId, botId), eq(telegramChats.chatId, chatId));

export async function findChat(executor: Executor, botId: number, chatId: number): Promise<ChatRow | undefined> {
  const [row] = await executor.select().from(telegramChats).where(one(botId, chatId));
  return row;
}

/** The chat shows this conversation from the next run on. */
export async function bindChat(
  executor: WritableExecutor,
  chat: Pick<ChatRow, 'botId' | 'chatId' | 'conversationId' | 'shownThrough' | 'topicId' | 'language'>,
): Promise<void> {
  const fresh = { ...chat, answer: null, isClosed: false };
  await executor
    .insert(telegramChats)
    .values(fresh)
    .onConflictDoUpdate({ target: [telegramChats.botId, telegramChats.chatId], set: fresh });
}

export async function updateChat(
  executor: WritableExecutor,
  chat: Pick<ChatRow, 'botId' | 'chatId'>,
  changes: { shownThrough?: number; answer?: OpenAnswer | null; isClosed?: boolean },
): Promise<void> {
  await executor.update(telegramChats).set(changes).where(one(chat.botId, chat.chatId));
}

/** Where, and in which language of Telegram, the person wrote last: so they are answered. */
export async function noteWriter(
  executor: WritableExecutor,
  { botId, chatId, topicId, language }: Pick<ChatRow, 'botId' | 'chatId' | 'topicId' | 'language'>,
): Promise<void> {
  const differs = or(
    sql`${telegramChats.topicId} is distinct from ${topicId}::bigint`,
    sql`${telegramChats.language} is distinct from ${language}::text`,
  );
  await executor
    .update(telegramChats)
    .set({ topicId, language })
    .where(and(one(botId, chatId), differs));
}

export async function listBoundChats(executor: Executor, botId: number) {
  return executor
    .select({ chatId: telegramChats.chatId, conversationId: telegramChats.conversationId })
    .from(telegramChats)
    .where(and(eq(telegramChats.botId, botId), isNotNull(telegramChats.conversationId)));
}

/** Chats whose conversations have runs that were not shown to their end. */
export async function listBehindChats(executor: Executor, botId: number): Promise<number[]> {
  const rows = await executor
    .select({ chatId: telegramChats.chatId })
    .from(telegramChats)
    .where(
      and(
        eq(telegramChats.botId, botId),
        eq(telegramChats.isClosed, false),
        sql`exists (select from runs where runs.conversation_id = ${telegramChats.conversationId}
          and runs.position > ${telegramChats.shownThrough} and runs.state <> 'queued')`,
      ),
    );
  return rows.map((row) => row.chatId);
}
