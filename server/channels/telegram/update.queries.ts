import { createHash } from 'node:crypto';
import { and, asc, desc, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import type { Update } from 'grammy/types';
import { cleanJson } from '../../chat/clean-text.ts';
import type { Executor, WritableExecutor } from '../../db/client.ts';
import { telegramUpdates } from '../../db/schema/index.ts';
import { fingerprintOf } from './read-message.ts';

export type StoredUpdate = typeof telegramUpdates.$inferSelect;
/** With the time since it was received, in milliseconds. */
export type AgedUpdate = StoredUpdate & { ageMs: number };

/** Kept this long after they were handled, to know them when they come again. */
const keptDays = 14;

/** Stores what is new of it. Known updates change nothing. */
export async function storeUpdates(
  executor: WritableExecutor,
  botId: number,
  updates: readonly Update[],
): Promise<void> {
  if (updates.length === 0) return;
  const rows = updates.map((update) => {
    const message = update.message ?? update.edited_message;
    return {
      botId,
      updateId: update.update_id,
      chatId: chatIdOf(update),
      albumId: update.message?.media_group_id?.slice(0, 100) ?? null,
      messageId: Number.isSafeInteger(message?.message_id) ? (message?.message_id ?? null) : null,
      said: message ? fingerprintOf(message) : null,
      payload: cleanJson(update),
      clientMessageId: clientMessageIdOf(botId, update.update_id),
    };
  });
  await executor.insert(telegramUpdates).values(rows).onConflictDoNothing();
}

/** The chat that an update is about, if it is about one. */
export function chatIdOf(update: Update): number | null {
  const id: unknown = (update.message ?? update.edited_message ?? update.callback_query?.message)?.chat?.id;
  return Number.isSafeInteger(id) ? (id as number) : null;
}

/** The same update is the same message in the conversation, however often it is handled: a UUID made from its ids. */
export function clientMessageIdOf(botId: number, updateId: number): string {
  const bytes = createHash('sha256').update(`telegram ${botId} ${updateId}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const open = (botId: number) => and(eq(telegramUpdates.botId, botId), isNull(telegramUpdates.handledAt));

export async function listOpenChats(executor: Executor, botId: number): Promise<(number | null)[]> {
  const rows = await executor
    .selectDistinct({ chatId: telegramUpdates.chatId })
    .from(telegramUpdates)
    .where(open(botId));
  return rows.map((row) => row.chatId);
}

/** The oldest updates of a chat that are not handled. */
export async function findNextUpdates(executor: Executor, botId: number, chatId: number | null): Promise<AgedUpdate[]> {
  const rows = await executor
    .select({
      update: telegramUpdates,
      ageMs: sql<number>`(extract(epoch from clock_timestamp() - ${telegramUpdates.receivedAt}) * 1000)::float8`,
    })
    .from(telegramUpdates)
    .where(and(open(botId), sql`${telegramUpdates.chatId} is not distinct from ${chatId}`))
    .orderBy(asc(telegramUpdates.updateId))
    .limit(50);
  return rows.map(({ update, ageMs }) => ({ ...update, ageMs }));
}

/** What an update's message said before: as it was sent, or as an earlier edit left it. */
export async function findSaidBefore(executor: Executor, update: StoredUpdate): Promise<string | undefined> {
  const { botId, chatId, messageId, updateId } = update;
  if (chatId === null || messageId === null) return undefined;
  const [row] = await executor
    .select({ said: telegramUpdates.said })
    .from(telegramUpdates)
    .where(
      and(
        eq(telegramUpdates.botId, botId),
        eq(telegramUpdates.chatId, chatId),
        eq(telegramUpdates.messageId, messageId),
        lt(telegramUpdates.updateId, updateId),
      ),
    )
    .orderBy(desc(telegramUpdates.updateId))
    .limit(1);
  return row?.said ?? undefined;
}

const these = (updates: readonly StoredUpdate[]) =>
  and(
    eq(telegramUpdates.botId, updates[0]?.botId ?? 0),
    inArray(
      telegramUpdates.updateId,
      updates.map((update) => update.updateId),
    ),
  );

/** What was said lives in the conversation from now on. */
export async function markHandled(executor: WritableExecutor, updates: readonly StoredUpdate[]): Promise<void> {
  await executor
    .update(telegramUpdates)
    .set({ handledAt: sql`now()`, payload: null })
    .where(these(updates));
}

export async function countAttempt(executor: WritableExecutor, updates: readonly StoredUpdate[]): Promise<void> {
  await executor
    .update(telegramUpdates)
    .set({ attempts: sql`${telegramUpdates.attempts} + 1` })
    .where(these(updates));
}

/** Whether a message of a conversation was said in a chat with this bot. */
export async function wasSaidHere(executor: Executor, botId: number, clientMessageId: string | null): Promise<boolean> {
  if (clientMessageId === null) return false;
  const [row] = await executor
    .select({ id: telegramUpdates.updateId })
    .from(telegramUpdates)
    .where(and(eq(telegramUpdates.botId, botId), eq(telegramUpdates.clientMessageId, clientMessageId)));
  return row !== undefined;
}

export async function forgetOldUpdates(executor: WritableExecutor): Promise<void> {
  await executor
    .delete(telegramUpdates)
    .where(lt(telegramUpdates.handledAt, sql`now() - ${keptDays} * interval '1 day'`));
}
