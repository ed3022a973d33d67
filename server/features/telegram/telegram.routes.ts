import { telegramEndpoints } from '../../../contract/telegram.ts';
import type { AddEndpoint } from '../../http/endpoint-registrar.ts';
import { success } from '../../http/success.ts';
import type { TelegramBotService } from './bot.service.ts';
import type { TelegramLinkService } from './link.service.ts';

export interface TelegramWebhook {
  /** Stores what Telegram delivers. @throws AppError 403 without the bot's own secret, 404 for a bot that is not ours */
  receive(delivery: { botId: number; secret: string | undefined; update: { update_id: number } }): Promise<void>;
}

export function addTelegramRoutes(
  add: AddEndpoint,
  services: { telegramBots: TelegramBotService; telegramLinks: TelegramLinkService; telegram: TelegramWebhook },
): void {
  const { telegramBots, telegramLinks, telegram } = services;
  add(telegramEndpoints.getAgentTelegram, ({ params }) => telegramBots.status(params.agentId));
  add(telegramEndpoints.connectAgentTelegram, ({ actor, params, body }) =>
    telegramBots.connect(actor, params.agentId, body.botToken),
  );
  add(telegramEndpoints.disconnectAgentTelegram, async ({ actor, params }) => {
    await telegramBots.disconnect(actor, params.agentId);
    return success;
  });
  add(telegramEndpoints.getMyTelegram, ({ actor }) => telegramLinks.status(actor));
  add(telegramEndpoints.linkMyTelegram, ({ actor, body }) => telegramLinks.link(actor, body.code));
  add(telegramEndpoints.unlinkMyTelegram, async ({ actor }) => {
    await telegramLinks.unlink(actor);
    return success;
  });
  add(telegramEndpoints.listTelegramBots, async () => ({ bots: await telegramBots.list() }));
  add(telegramEndpoints.removeTelegram, async ({ actor }) => {
    await telegramBots.removeAll(actor);
    return success;
  });
  add(telegramEndpoints.telegramWebhook, async ({ params, body, request }) => {
    const header = request.headers['x-telegram-bot-api-secret-token'];
    const secret = Array.isArray(header) ? header[0] : header;
    await telegram.receive({ botId: Number(params.botId), secret, update: body });
    return success;
  });
}
