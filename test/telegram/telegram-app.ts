import { expect, vi } from 'vitest';
import { startModelDouble, type ModelDouble } from '../../testkit/model-double.ts';
import {
  startTelegramDouble,
  type DoubleBot,
  type PersonInChat,
  type TelegramDouble,
} from '../../testkit/telegram-double/telegram-double.ts';
import { createAdmin, createTestApp, type TestApp, type TestAppOptions, type TestUser } from '../create-test-app.ts';

/** Short waits, so that tests do not. */
export const quickTimings = {
  lease: 2_000,
  renew: 300,
  pollSeconds: 1,
  backoff: 100,
  maxBackoff: 800,
  steady: 1_200,
  webhookCheck: 200,
  probe: 300,
  album: 250,
  refresh: 60,
  edit: 80,
  spacing: 5,
  sweep: 1_000,
} as const;

export interface TelegramApp extends TestApp {
  telegram: TelegramDouble;
  model: ModelDouble;
  admin: TestUser;
  /** The main bot, connected to the admin's personal agent. */
  mainBot: DoubleBot;
}

/** The server with a model, Telegram's double and a connected main bot. */
export async function createTelegramApp(options: TestAppOptions = {}): Promise<TelegramApp> {
  const telegram = await startTelegramDouble();
  const model = await startModelDouble({ kind: 'ollama-local' });
  const app = await createTestApp({
    telegramTimings: quickTimings,
    ...options,
    environment: { TELEGRAM_API_ROOT: telegram.url, RATE_LIMIT_API_PER_MINUTE: '100000', ...options.environment },
  });
  const admin = await createAdmin(app.app);
  const provider = await admin.request('POST', '/api/setup/provider', { provider: 'ollama-local', baseUrl: model.url });
  expect(provider.status).toBe(200);
  const mainBot = telegram.createBot('pinchy_main_bot');
  const connected = await connectBot(admin, await personalAgentOf(admin), mainBot);
  expect(connected.status).toBe(200);
  return {
    ...app,
    telegram,
    model,
    admin,
    mainBot,
    async close() {
      await app.close();
      await model.close();
      await telegram.close();
    },
  };
}

export async function personalAgentOf(user: TestUser): Promise<string> {
  const agents = await user.request('GET', '/api/agents');
  return agents.body.find(
    (agent: { isPersonal: boolean; ownerId: string }) => agent.isPersonal && agent.ownerId === user.id,
  ).id;
}

export async function createAgent(admin: TestUser, name: string): Promise<string> {
  const created = await admin.request('POST', '/api/agents', { name, templateId: 'custom' });
  expect(created.status).toBe(201);
  return created.body.id;
}

export const connectBot = (admin: TestUser, agentId: string, bot: DoubleBot) =>
  admin.request('POST', `/api/agents/${agentId}/channels/telegram`, { botToken: bot.token });

/** Writes to the bot, reads the code it gives, and enters it in the settings. */
export async function pair(user: TestUser, chat: PersonInChat): Promise<void> {
  const code = await askForCode(chat, '/start');
  const linked = await user.request('POST', '/api/settings/telegram', { code });
  expect(linked).toMatchObject({ status: 200, body: { linked: true, telegramUserId: String(chat.userId) } });
  await expect.poll(() => chat.answers().at(-1)!.text).toMatch(/linked/);
}

const codePattern = /\b[A-Z2-9]{8}\b/;

export const codeIn = (text: string): string => codePattern.exec(text)?.[0] ?? `no code in: ${text}`;

/** Writes to the bot and waits for the code that it answers with: what it has to say besides may come between. */
export async function askForCode(chat: PersonInChat, text = 'hello'): Promise<string> {
  const before = chat.answers().length;
  chat.say(text);
  const codes = () =>
    chat
      .answers()
      .slice(before)
      .flatMap((answer) => codePattern.exec(answer.text) ?? []);
  return vi.waitUntil(() => codes()[0], { timeout: 30_000 });
}

/** Waits until the bot has written something that fits. */
export async function heard(chat: PersonInChat, wanted: string | RegExp, timeout = 30_000): Promise<void> {
  const fits = (text: string) => (typeof wanted === 'string' ? text === wanted : wanted.test(text));
  await expect
    .poll(() => chat.answers().some((message) => fits(message.text)) || chat.answers().map((message) => message.text), {
      timeout,
    })
    .toBe(true);
}
