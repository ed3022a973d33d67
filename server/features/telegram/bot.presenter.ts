import type { TelegramBot, TelegramBotStatus } from '../../../contract/telegram.ts';
import type { BotRow } from './bot.queries.ts';

/** Never with its token: the hint is its last characters. */
export function presentBotStatus(bot: BotRow | undefined, mainBotConfigured: boolean): TelegramBotStatus {
  if (!bot) return { configured: false, mainBotConfigured };
  const { hint, username, state, reason } = bot;
  const status = { configured: true, hint, mainBotConfigured, botUsername: username, state } as const;
  return reason === null ? status : { ...status, reason };
}

export const presentBot = ({ bot, agentName }: { bot: BotRow; agentName: string }): TelegramBot => ({
  agentId: bot.agentId,
  agentName,
  botUsername: bot.username,
  isMain: bot.isMain,
});
