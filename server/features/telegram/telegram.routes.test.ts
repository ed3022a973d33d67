import { afterAll, beforeAll, expect, test } from 'vitest';
import { eq, like } from 'drizzle-orm';
import { createMember, request, type TestUser } from '../../../test/create-test-app.ts';
import {
  askForCode,
  connectBot,
  createAgent,
  createTelegramApp,
  heard,
  pair,
  personalAgentOf,
  type TelegramApp,
} from '../../../test/telegram/telegram-app.ts';
import type { DoubleBot } from '../../../testkit/telegram-double/telegram-double.ts';
import { auditEntries, telegramBots, telegramChats, telegramLinks, telegramPairings } from '../../db/schema/index.ts';
import { pairingCodeOf, readPairingCode } from './pairing-code.ts';

let pinchy: TelegramApp;
let admin: TestUser;
let member: TestUser;
let nextPerson = 3_000;

beforeAll(async () => {
  pinchy = await createTelegramApp({ environment: { RATE_LIMIT_PAIRING_FAILURES: '5' } });
  admin = pinchy.admin;
  member = await createMember(pinchy.app, admin);
});
afterAll(() => pinchy?.close());

const db = () => pinchy.services.database.db;
const path = (agentId: string) => `/api/agents/${agentId}/channels/telegram`;
const newPerson = (bot: DoubleBot = pinchy.mainBot) => pinchy.telegram.chat(bot, { id: nextPerson++ });
const link = (user: TestUser, code: string) => user.request('POST', '/api/settings/telegram', { code });

test('only admins manage bots; everybody manages their own link', async () => {
  const agentId = await createAgent(admin, 'Access');
  for (const [method, url] of [
    ['GET', path(agentId)],
    ['POST', path(agentId)],
    ['DELETE', path(agentId)],
    ['GET', '/api/settings/telegram/bots'],
    ['DELETE', '/api/settings/telegram/all'],
  ] as const) {
    expect((await request(pinchy.app, method, url)).status).toBe(401);
    expect((await member.request(method, url)).status).toBe(403);
  }
  expect((await request(pinchy.app, 'GET', '/api/settings/telegram')).status).toBe(401);
  const own = await member.request('GET', '/api/settings/telegram');
  expect(own.body).toEqual({ linked: false, channelUserId: null, configured: true, botUsername: 'pinchy_main_bot' });
});

test('without a main bot other agents cannot be connected', async () => {
  const fresh = await createTelegramApp();
  const agentId = await createAgent(fresh.admin, 'Early');
  await fresh.admin.request('DELETE', '/api/settings/telegram/all');
  expect((await fresh.admin.request('GET', path(agentId))).body).toEqual({
    configured: false,
    mainBotConfigured: false,
  });
  const bot = fresh.telegram.createBot('early_bot');
  const refused = await connectBot(fresh.admin, agentId, bot);
  expect(refused).toMatchObject({ status: 409, body: { code: 'telegram_not_configured' } });
  const status = await fresh.admin.request('GET', '/api/settings/telegram');
  expect(status.body).toEqual({ linked: false, channelUserId: null, configured: false, botUsername: null });
  const main = await connectBot(fresh.admin, await personalAgentOf(fresh.admin), bot);
  expect(main).toMatchObject({ status: 200, body: { botUsername: 'early_bot', botId: bot.id } });
  await fresh.close();
});

test('a bot is connected with its hint and an encrypted token, and audited without it', async () => {
  const agentId = await createAgent(admin, 'Sales');
  expect((await admin.request('GET', path(agentId))).body).toEqual({ configured: false, mainBotConfigured: true });
  const bot = pinchy.telegram.createBot('sales_bot');
  expect(await connectBot(admin, agentId, bot)).toMatchObject({
    status: 200,
    body: { botUsername: 'sales_bot', botId: bot.id },
  });
  expect((await admin.request('GET', path(agentId))).body).toEqual({
    configured: true,
    hint: bot.token.slice(-4),
    mainBotConfigured: true,
    botUsername: 'sales_bot',
    state: 'ok',
  });
  const [row] = await db().select().from(telegramBots).where(eq(telegramBots.id, bot.id));
  expect(JSON.stringify(row)).not.toContain(bot.token.split(':')[1]);
  const events = await db().select().from(auditEntries).where(like(auditEntries.eventType, 'channel.%'));
  expect(events.filter((event) => event.resource === `agent:${agentId}`)).toMatchObject([
    {
      eventType: 'channel.created',
      actorId: admin.id,
      detail: { agentId, botId: bot.id, botUsername: 'sales_bot', isMain: false },
    },
  ]);
  expect(JSON.stringify(events.map((event) => [event.detail, event.error]))).not.toContain(bot.token.split(':')[1]);
  const commands = () => pinchy.telegram.stateOf(bot).commands.map(({ command }) => command);
  await expect.poll(commands).toEqual(['new', 'stop', 'help']);
  const bots = await admin.request('GET', '/api/settings/telegram/bots');
  expect(bots.body.bots[0]).toMatchObject({ botUsername: 'pinchy_main_bot', isMain: true });
  expect(bots.body.bots).toContainEqual({ agentId, agentName: 'Sales', botUsername: 'sales_bot', isMain: false });

  const another = await createAgent(admin, 'Another');
  expect((await connectBot(admin, another, bot)).status).toBe(409);
  expect((await connectBot(admin, another, pinchy.mainBot)).status).toBe(409);
  expect((await connectBot(admin, agentId, bot)).status).toBe(200);
  expect(await db().select().from(telegramBots).where(eq(telegramBots.agentId, agentId))).toEqual([
    expect.objectContaining({ id: bot.id, token: row!.token }),
  ]);

  expect((await admin.request('DELETE', path(agentId))).body).toEqual({ success: true });
  expect((await admin.request('DELETE', path(agentId))).status).toBe(404);
  await expect.poll(() => pinchy.telegram.stateOf(bot).isPolled).toBe(false);
});

test('wrong tokens are 400, an unreachable Telegram is 503, unknown agents 404, and nothing is stored', async () => {
  const agentId = await createAgent(admin, 'Wrong');
  const post = (botToken: unknown, id = agentId) => admin.request('POST', path(id), { botToken });
  for (const token of ['', 'abc', '1:short', `123456789:${'x'.repeat(30)}/../getMe`, 5, null]) {
    expect((await post(token)).status).toBe(400);
  }
  expect(await post(`123456789:${'A'.repeat(35)}`)).toMatchObject({
    status: 400,
    body: { details: { fieldErrors: { botToken: [expect.any(String)] } } },
  });
  const bot = pinchy.telegram.createBot('wrong_bot');
  pinchy.telegram.fail('getMe', 'gone');
  expect((await post(bot.token)).status).toBe(503);
  expect((await post(bot.token, crypto.randomUUID())).status).toBe(404);
  expect((await post(bot.token, 'not-an-id')).status).toBe(400);
  expect(await db().select().from(telegramBots).where(eq(telegramBots.agentId, agentId))).toEqual([]);
});

test('two connections of one bot at once make one', async () => {
  const [first, second] = [await createAgent(admin, 'First'), await createAgent(admin, 'Second')];
  const bot = pinchy.telegram.createBot('raced_bot');
  const answers = await Promise.all([connectBot(admin, first, bot), connectBot(admin, second, bot)]);
  // Each of them is another program to the other.
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect([400, 409]).toContain(answers.find(({ status }) => status !== 200)?.status);
});

test('the main bot cannot be disconnected alone; a deleted agent gives its bot back', async () => {
  expect((await admin.request('DELETE', path(await personalAgentOf(admin)))).status).toBe(400);
  const agentId = await createAgent(admin, 'Short-lived');
  const bot = pinchy.telegram.createBot('short_bot');
  await connectBot(admin, agentId, bot);
  expect((await admin.request('DELETE', `/api/agents/${agentId}`)).status).toBe(200);
  expect((await admin.request('GET', path(agentId))).status).toBe(404);
  const next = await createAgent(admin, 'Heir');
  expect((await connectBot(admin, next, bot)).status).toBe(200);
});

test('a new token of the same bot takes the place of the old one, another bot too', async () => {
  const agentId = await createAgent(admin, 'Moved');
  const [old, fresh] = [pinchy.telegram.createBot('old_bot'), pinchy.telegram.createBot('fresh_bot')];
  await connectBot(admin, agentId, old);
  expect((await connectBot(admin, agentId, fresh)).status).toBe(200);
  expect((await admin.request('GET', path(agentId))).body).toMatchObject({ botUsername: 'fresh_bot' });
  await expect.poll(() => pinchy.telegram.stateOf(old).isPolled).toBe(false);
  const personal = await personalAgentOf(await createMember(pinchy.app, admin));
  expect((await admin.request('GET', path(personal))).body).toMatchObject({
    configured: true,
    botUsername: 'pinchy_main_bot',
  });
});

test('a code links once, within its time, for one person', async () => {
  const chat = newPerson();
  const code = await askForCode(chat);
  expect(code).toMatch(/^[A-HJKMNP-Z2-9]{8}$/);
  const [pairing] = await db().select().from(telegramPairings).where(eq(telegramPairings.telegramUserId, chat.userId));
  expect(JSON.stringify(pairing)).not.toContain(code);
  expect(pairing!.expiresAt.getTime() - pairing!.createdAt.getTime()).toBeCloseTo(600_000, -3);
  const [user, thief] = [await createMember(pinchy.app, admin), await createMember(pinchy.app, admin)];
  const answers = await Promise.all([
    link(user, code),
    link(thief, ` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `),
  ]);
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 400]);
  const winner = answers[0]!.status === 200 ? user : thief;
  expect((await link(winner, code)).status).toBe(400);
  const status = await winner.request('GET', '/api/settings/telegram');
  expect(status.body).toMatchObject({ linked: true, channelUserId: String(chat.userId) });
  const events = await db()
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.resource, `user:${winner.id}`));
  expect(events.map((event) => event.eventType)).toContain('channel.linked');

  expect((await winner.request('DELETE', '/api/settings/telegram')).body).toEqual({ success: true });
  expect((await winner.request('DELETE', '/api/settings/telegram')).status).toBe(404);
  expect(await db().select().from(telegramChats).where(eq(telegramChats.chatId, chat.userId))).toEqual([]);
  expect(await askForCode(chat)).not.toBe(code);
});

test('whoever writes several times is told one code, which counts; an expired one is 400', async () => {
  const chat = newPerson();
  const codes: string[] = [];
  for (let count = 0; count < 6; count++) codes.push(await askForCode(chat));
  expect(new Set(codes).size).toBe(1);
  const user = await createMember(pinchy.app, admin);
  const expire = () =>
    db()
      .update(telegramPairings)
      .set({ expiresAt: new Date(Date.now() - 1_000) })
      .where(eq(telegramPairings.telegramUserId, chat.userId));
  await expire();
  expect((await link(user, codes[0]!)).status).toBe(400);
  const next = await askForCode(chat);
  expect(next).not.toBe(codes[0]);
  expect(chat.answers().at(-1)!.text).toMatch(/within 10 minutes/);
  expect((await link(user, next)).status).toBe(200);
});

test('a code that is about to run out is replaced, and how long it counts is true', async () => {
  const chat = newPerson();
  const first = await askForCode(chat);
  const leave = (seconds: number) =>
    db()
      .update(telegramPairings)
      .set({ expiresAt: new Date(Date.now() + seconds * 1_000) })
      .where(eq(telegramPairings.telegramUserId, chat.userId));
  await leave(260);
  expect(await askForCode(chat)).toBe(first);
  expect(chat.answers().at(-1)!.text).toMatch(/within 4 minutes/);
  await leave(60);
  const second = await askForCode(chat);
  expect(second).not.toBe(first);
  const user = await createMember(pinchy.app, admin);
  expect((await link(user, first)).status).toBe(400);
  expect((await link(user, second)).status).toBe(200);
});

test('after several codes that were used up, the bot says when there is another one', async () => {
  const chat = newPerson();
  const user = await createMember(pinchy.app, admin);
  for (let count = 0; count < 3; count++) {
    await pair(user, chat);
    expect((await user.request('DELETE', '/api/settings/telegram')).status).toBe(200);
  }
  const before = chat.answers().length;
  chat.say('hello again');
  await expect
    .poll(() =>
      chat
        .answers()
        .slice(before)
        .map(({ text }) => text),
    )
    .toEqual(['You have had several codes lately. Write to me again in 10 minutes to get another one.']);
});

test('a token that another program polls is refused when it is connected, whatever it waits for', async () => {
  const agentId = await createAgent(admin, 'Contested');
  const bot = pinchy.telegram.createBot('contested_bot');
  const other = pinchy.telegram.pollElsewhere(bot);
  await expect.poll(() => pinchy.telegram.stateOf(bot).isPolled).toBe(true);
  const refused = await connectBot(admin, agentId, bot);
  expect(refused.status).toBe(400);
  expect(refused.body.details.fieldErrors.botToken).toEqual([expect.stringMatching(/Another program receives/)]);
  expect((await admin.request('GET', path(agentId))).body).toMatchObject({ configured: false });
  await other.stop();
  // What came meanwhile is still there for whoever is connected.
  const chat = pinchy.telegram.chat(bot, { id: nextPerson++ });
  chat.say('hello');
  expect((await connectBot(admin, agentId, bot)).status).toBe(200);
  await heard(chat, /enter this code/);
  expect((await connectBot(admin, agentId, bot)).status).toBe(200);
});

test('a Telegram account that is linked to someone else is 409', async () => {
  const chat = newPerson();
  const [owner, other] = [await createMember(pinchy.app, admin), await createMember(pinchy.app, admin)];
  const code = await askForCode(chat);
  await db().insert(telegramLinks).values({ userId: owner.id, telegramUserId: chat.userId });
  expect((await link(other, code)).status).toBe(409);
  expect((await link(owner, code)).status).toBe(200);
});

test('who links another account leaves the former one', async () => {
  const user = await createMember(pinchy.app, admin);
  const [phone, tablet] = [newPerson(), newPerson()];
  await pair(user, phone);
  await pair(user, tablet);
  const links = await db().select().from(telegramLinks).where(eq(telegramLinks.userId, user.id));
  expect(links).toMatchObject([{ telegramUserId: tablet.userId }]);
  expect(await askForCode(phone)).toHaveLength(8);
});

test('after five wrong codes in ten minutes a right one is 429 too; others are not held up', async () => {
  const chat = newPerson();
  const code = await askForCode(chat);
  const user = await createMember(pinchy.app, admin);
  const wrong = await Promise.all(
    Array.from({ length: 5 }, (_each, index) => link(user, pairingCodeOf(index, new Date(), 'guessed'))),
  );
  expect(wrong.map((answer) => answer.status)).toEqual([400, 400, 400, 400, 400]);
  const limited = await link(user, code);
  expect(limited.status).toBe(429);
  expect(Number(limited.headers['retry-after'])).toBeGreaterThan(500);
  const other = await createMember(pinchy.app, admin);
  expect((await link(other, 'wrong')).status).toBe(400);
  expect((await link(other, code)).status).toBe(200);
});

test('codes are read as people type them', () => {
  for (let count = 0; count < 50; count++) {
    const code = pairingCodeOf(count, new Date(), 'secret');
    expect(readPairingCode(`  ${code.slice(0, 4).toLowerCase()} - ${code.slice(4)}\n`)).toBe(code);
  }
  for (const typed of ['', 'ABCD', 'ABCDEFGO', 'ABCDEFG1', 'ABCDEFGHJ', 'ÄBCDEFGH'])
    expect(readPairingCode(typed)).toBeUndefined();
});

test('removing Telegram for everyone ends every bot and every link', async () => {
  const fresh = await createTelegramApp();
  const agentId = await createAgent(fresh.admin, 'Gone');
  const bot = fresh.telegram.createBot('gone_bot');
  await connectBot(fresh.admin, agentId, bot);
  await pair(fresh.admin, fresh.telegram.chat(fresh.mainBot, { id: 1 }));
  expect((await fresh.admin.request('DELETE', '/api/settings/telegram/all')).body).toEqual({ success: true });
  expect((await fresh.admin.request('GET', '/api/settings/telegram/bots')).body).toEqual({ bots: [] });
  expect((await fresh.admin.request('GET', '/api/settings/telegram')).body).toMatchObject({
    linked: false,
    configured: false,
  });
  const events = await fresh.services.database.db
    .select()
    .from(auditEntries)
    .where(like(auditEntries.eventType, 'channel.%'));
  const types = events.map((event) => event.eventType).sort();
  expect(types).toEqual([
    'channel.created',
    'channel.created',
    'channel.deleted',
    'channel.deleted',
    'channel.linked',
    'channel.unlinked',
  ]);
  await expect.poll(() => fresh.telegram.stateOf(bot).isPolled).toBe(false);
  await fresh.close();
});
