import type { TelegramBot, TelegramBotStatus } from '../../../contract/telegram.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { PersonAuthority } from '../../db/authority.ts';
import type { Database, Executor, Transaction } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import type { Encryption } from '../../platform/encryption.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import { connectRefusal, disconnectRefusal } from './bot.policy.ts';
import { presentBot, presentBotStatus } from './bot.presenter.ts';
import {
  type BotRow,
  deleteBot,
  findAgentForBot,
  findBot,
  findBotOfAgent,
  findMainBot,
  insertBot,
  listBotsWithAgents,
  lockAgentForBot,
  lockBots,
  updateBot,
} from './bot.queries.ts';
import { removeAllLinks } from './link.queries.ts';

/** What connecting asks of Telegram itself. */
export interface TelegramAccounts {
  /** Who the token belongs to. @throws AppError 400 when Telegram refuses it, 503 when it does not answer */
  identify(token: string): Promise<{ id: number; username: string }>;
  /** Watches for a moment. @throws AppError 400 when another program receives the bot's messages */
  requireUnpolled(token: string): Promise<void>;
  /** Takes back what was set up at Telegram for a bot that is ours no more. Never throws. */
  release(token: string): Promise<void>;
}

export interface TelegramBotService {
  status(agentId: string): Promise<TelegramBotStatus>;
  connect(actor: PersonAuthority, agentId: string, token: string): Promise<{ botUsername: string; botId: number }>;
  disconnect(actor: PersonAuthority, agentId: string): Promise<void>;
  list(): Promise<TelegramBot[]>;
  /** Every bot, every link. */
  removeAll(actor: PersonAuthority): Promise<void>;
  /** Called inside the transaction that deletes the agent. */
  removeWithAgent(tx: Transaction, actor: PersonAuthority, agentId: string): Promise<void>;
  tokenOf(bot: BotRow): string;
}

export function createTelegramBotService(options: {
  db: Database;
  signals: Signals;
  audit: AuditTrail;
  encryption: Encryption;
  accounts: TelegramAccounts;
}): TelegramBotService {
  const { db, signals, audit, encryption, accounts } = options;
  const contextOf = (id: number) => `telegram-bot:${id}`;
  const tokenOf = (bot: BotRow) => encryption.decrypt(bot.token, contextOf(bot.id));

  async function record(
    tx: Transaction,
    actor: PersonAuthority,
    change: 'created' | 'updated' | 'deleted',
    bot: BotRow,
  ): Promise<void> {
    await audit.record(tx, {
      eventType: `channel.${change}`,
      actor: { type: 'user', id: actor.userId },
      resource: `agent:${bot.agentId}`,
      detail: { agentId: bot.agentId, botId: bot.id, botUsername: bot.username, isMain: bot.isMain },
    });
    signals.signal(tx, { kind: 'telegram', botId: null });
  }

  async function remove(tx: Transaction, actor: PersonAuthority, bot: BotRow): Promise<void> {
    await deleteBot(tx, bot.id);
    await record(tx, actor, 'deleted', bot);
  }

  /** The bot that a connection to this agent replaces. A personal agent always stands for the main bot. */
  const findReplaced = (executor: Executor, agent: { id: string; isPersonal: boolean }) =>
    agent.isPersonal ? findMainBot(executor) : findBotOfAgent(executor, agent.id);

  /** What can be refused before Telegram is asked, and again once it was. @throws AppError 404, 409 */
  async function requireFree(executor: Executor, agentId: string, botId: number) {
    const agent = await findAgentForBot(executor, agentId);
    if (!agent) throw notFound('The agent');
    const hasMain = (await findMainBot(executor)) !== undefined;
    const replaced = await findReplaced(executor, agent);
    const taken = await findBot(executor, botId);
    requireAllowed(connectRefusal(agent, { hasMain, taken, replaced }));
    return { agent, replaced, taken };
  }

  return {
    tokenOf,
    async status(agentId) {
      const [agent, main] = [await findAgentForBot(db, agentId), await findMainBot(db)];
      if (!agent) throw notFound('The agent');
      const bot = agent.isPersonal ? main : await findBotOfAgent(db, agentId);
      return presentBotStatus(bot, main !== undefined);
    },
    async connect(actor, agentId, token) {
      const { taken } = await requireFree(db, agentId, Number(token.split(':', 1)[0]));
      const { id, username } = await accounts.identify(token);
      const isOurs = taken !== undefined && tokenOf(taken) === token;
      if (!isOurs) await accounts.requireUnpolled(token);
      const released = await signals.transaction(actor, async (tx) => {
        await lockBots(tx);
        await lockAgentForBot(tx, agentId);
        const { agent, replaced } = await requireFree(tx, agentId, id);
        const isSame = replaced?.id === id && replaced.agentId === agentId && tokenOf(replaced) === token;
        if (isSame) return undefined;
        const values = { agentId, username, token: encryption.encrypt(token, contextOf(id)), hint: token.slice(-4) };
        if (replaced?.id === id) {
          const renewed = { ...values, state: 'ok', reason: null } as const;
          await updateBot(tx, id, renewed);
          await record(tx, actor, 'updated', { ...replaced, ...renewed });
          return undefined;
        }
        if (replaced) await remove(tx, actor, replaced);
        const created = await insertBot(tx, { id, ...values, isMain: agent.isPersonal });
        await record(tx, actor, 'created', created);
        return replaced && tokenOf(replaced);
      });
      if (released !== undefined) await accounts.release(released);
      return { botUsername: username, botId: id };
    },
    async disconnect(actor, agentId) {
      const token = await signals.transaction(actor, async (tx) => {
        await lockBots(tx);
        await lockAgentForBot(tx, agentId);
        const agent = await findAgentForBot(tx, agentId);
        if (!agent) throw notFound('The agent');
        requireAllowed(disconnectRefusal(agent));
        const bot = await findBotOfAgent(tx, agentId);
        if (!bot) throw notFound('A Telegram bot of this agent');
        await remove(tx, actor, bot);
        return tokenOf(bot);
      });
      await accounts.release(token);
    },
    list: async () => (await listBotsWithAgents(db)).map(presentBot),
    async removeAll(actor) {
      const tokens = await signals.transaction(actor, async (tx) => {
        await lockBots(tx);
        const rows = await listBotsWithAgents(tx);
        for (const { bot } of rows) await remove(tx, actor, bot);
        for (const link of await removeAllLinks(tx)) {
          await audit.record(tx, {
            eventType: 'channel.unlinked',
            actor: { type: 'user', id: actor.userId },
            resource: `user:${link.userId}`,
            detail: { telegramUserId: String(link.telegramUserId) },
          });
        }
        return rows.map(({ bot }) => tokenOf(bot));
      });
      await Promise.all(tokens.map((token) => accounts.release(token)));
    },
    async removeWithAgent(tx, actor, agentId) {
      const bot = await findBotOfAgent(tx, agentId);
      if (bot) await remove(tx, actor, bot);
    },
  };
}

function requireAllowed(refusal: ReturnType<typeof connectRefusal>): void {
  if (refusal) throw new AppError(refusal.code, refusal.sentence);
}
