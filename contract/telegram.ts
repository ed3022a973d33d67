import * as z from 'zod';
import { idSchema, successSchema } from './common.ts';
import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';

const agentParams = z.object({ agentId: idSchema });
const botUsernameSchema = z.string().meta({ description: 'Without the @' });

export const telegramBotStatusSchema = z
  .discriminatedUnion('configured', [
    z.object({ configured: z.literal(false), mainBotConfigured: z.boolean() }),
    z.object({
      configured: z.literal(true),
      hint: z.string().meta({ description: 'The last 4 characters of the bot token' }),
      mainBotConfigured: z.boolean(),
      botUsername: botUsernameSchema,
      state: z.enum(['ok', 'degraded']),
      reason: z.string().optional().meta({ description: 'Why it is degraded, and what to do' }),
    }),
  ])
  .meta({ id: 'TelegramBotStatus' });
export type TelegramBotStatus = z.infer<typeof telegramBotStatusSchema>;

export const telegramLinkSchema = z
  .object({
    linked: z.boolean(),
    channelUserId: z.string().nullable().meta({ description: "The linked account's Telegram user id" }),
    configured: z.boolean().meta({ description: 'Whether there is a main bot to write to' }),
    botUsername: botUsernameSchema.nullable(),
  })
  .meta({ id: 'TelegramLink' });
export type TelegramLink = z.infer<typeof telegramLinkSchema>;

export const telegramBotSchema = z
  .object({ agentId: idSchema, agentName: z.string(), botUsername: botUsernameSchema, isMain: z.boolean() })
  .meta({ id: 'TelegramBot' });
export type TelegramBot = z.infer<typeof telegramBotSchema>;

/** What BotFather gives out: the bot's id and a secret. */
const botTokenSchema = z
  .string()
  .trim()
  .regex(/^[1-9]\d{2,15}:[A-Za-z0-9_-]{30,100}$/, 'Enter the whole token from @BotFather, such as 123456789:AAE….');

export const telegramEndpoints = {
  getAgentTelegram: endpoint({
    ...routes.getAgentTelegram,
    tag: 'Telegram',
    summary: "An agent's Telegram bot",
    params: agentParams,
    answer: telegramBotStatusSchema,
  }),
  connectAgentTelegram: endpoint({
    ...routes.connectAgentTelegram,
    tag: 'Telegram',
    errors: ['conflict', 'telegram_not_configured'],
    summary: 'Connect an agent to a bot; a personal agent sets up the main bot',
    params: agentParams,
    body: z.strictObject({ botToken: botTokenSchema }),
    answer: z.object({ botUsername: botUsernameSchema, botId: z.int() }),
  }),
  disconnectAgentTelegram: endpoint({
    ...routes.disconnectAgentTelegram,
    tag: 'Telegram',
    summary: 'Disconnect an agent from its bot',
    params: agentParams,
    answer: successSchema,
  }),
  getMyTelegram: endpoint({
    ...routes.getMyTelegram,
    tag: 'Telegram',
    summary: "The caller's link, and the main bot",
    answer: telegramLinkSchema,
  }),
  linkMyTelegram: endpoint({
    ...routes.linkMyTelegram,
    tag: 'Telegram',
    errors: ['conflict'],
    summary: 'Link the account that a pairing code was given to',
    body: z.strictObject({ code: z.string().trim().min(1, 'Enter the code from Telegram.').max(50) }),
    answer: z.object({ linked: z.literal(true), telegramUserId: z.string() }),
  }),
  unlinkMyTelegram: endpoint({
    ...routes.unlinkMyTelegram,
    tag: 'Telegram',
    errors: ['not_found'],
    summary: "Unlink the caller's Telegram account",
    answer: successSchema,
  }),
  listTelegramBots: endpoint({
    ...routes.listTelegramBots,
    tag: 'Telegram',
    summary: 'All connected bots',
    answer: z.object({ bots: z.array(telegramBotSchema) }),
  }),
  removeTelegram: endpoint({
    ...routes.removeTelegram,
    tag: 'Telegram',
    summary: 'Remove every bot and every link',
    answer: successSchema,
  }),
  telegramWebhook: endpoint({
    ...routes.telegramWebhook,
    tag: 'Telegram',
    errors: ['forbidden'],
    summary: 'Where Telegram delivers messages while a domain is locked; needs its secret header',
    params: z.object({ botId: z.string().regex(/^\d{1,16}$/) }),
    body: z.looseObject({ update_id: z.int().nonnegative() }),
    answer: successSchema,
  }),
};
