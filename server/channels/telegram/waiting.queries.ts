import { inArray, sql } from 'drizzle-orm';
import type { WritableDatabase } from '../../db/client.ts';
import { approvals, telegramBots, telegramChats, telegramLinks } from '../../db/schema/index.ts';

interface UntoldCall {
  botId: number;
  chatId: number;
  approvalId: string;
  /** Of the chat, as Telegram names it. */
  language: string | null;
}

/**
 * Calls that wait for a linked person in a conversation that no chat shows, claimed by whoever asks first: the agent's own bot
 * tells of them where they have written to it, the main one otherwise.
 */
export async function claimUntold(
  db: WritableDatabase,
  { userId, botIds }: { userId: string; botIds: number[] },
): Promise<(UntoldCall & Pick<typeof approvals.$inferSelect, 'agentId' | 'toolId' | 'proposal' | 'expiresAt'>)[]> {
  const { rows } = await db.execute<{ id: string; bot_id: string; chat_id: string; language: string | null }>(sql`
    select ${approvals.id} as id, bot.id as bot_id, bot.language, ${telegramLinks.telegramUserId} as chat_id
    from ${approvals}
    join ${telegramLinks} on ${telegramLinks.userId} = ${approvals.userId}
    join lateral (
      select ${telegramBots.id} as id, ${telegramChats.language} as language from ${telegramBots}
      left join ${telegramChats} on ${telegramChats.botId} = ${telegramBots.id}
        and ${telegramChats.chatId} = ${telegramLinks.telegramUserId}
      where ${telegramBots.isMain}
        or (${telegramBots.agentId} = ${approvals.agentId} and ${telegramChats.chatId} is not null)
      order by ${telegramBots.agentId} = ${approvals.agentId} desc limit 1
    ) as bot on true
    where ${approvals.userId} = ${userId} and ${approvals.state} = 'pending' and ${approvals.expiresAt} > now()
      and ${approvals.toldAt} is null
      and bot.id in ${botIds}
      and not exists (select 1 from ${telegramChats}
        where ${telegramChats.conversationId} = ${approvals.conversationId} and not ${telegramChats.isClosed})`);
  if (rows.length === 0) return [];
  const claimed = await db
    .update(approvals)
    .set({ toldAt: sql`now()` })
    .where(
      sql`${inArray(
        approvals.id,
        rows.map(({ id }) => id),
      )} and ${approvals.toldAt} is null`,
    )
    .returning();
  return claimed.flatMap(({ id: approvalId, agentId, toolId, proposal, expiresAt }) => {
    const row = rows.find(({ id }) => id === approvalId);
    if (!row) return [];
    const where = { botId: Number(row.bot_id), chatId: Number(row.chat_id), language: row.language };
    return [{ approvalId, ...where, agentId, toolId, proposal, expiresAt }];
  });
}
