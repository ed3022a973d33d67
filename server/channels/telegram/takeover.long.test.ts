import { afterAll, beforeAll, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { Client } from 'pg';
import { createMember } from '../../../test/create-test-app.ts';
import type { TestServerProcess } from '../../../test/server-process.ts';
import { startServerProcess } from '../../../test/telegram/server-process.ts';
import { createTelegramApp, heard, pair, type TelegramApp } from '../../../test/telegram/telegram-app.ts';
import type { PersonInChat } from '../../../testkit/telegram-double/telegram-double.ts';
import { messages, telegramBots } from '../../db/schema/index.ts';

// Two servers as they are shipped: processes of their own, with the timings that nobody shortened.

let pinchy: TelegramApp;
let chat: PersonInChat;
let second: TestServerProcess;

beforeAll(async () => {
  pinchy = await createTelegramApp();
  chat = pinchy.telegram.chat(pinchy.mainBot, { id: 9_000 });
});
afterAll(async () => {
  await second?.kill();
  await pinchy?.close();
});

const patience = { timeout: 8_000 };
const db = () => pinchy.services.database.db;
const holder = async () => (await db().select().from(telegramBots))[0]!.leaseReplica;
const atTelegram = () => pinchy.telegram.stateOf(pinchy.mainBot);

/** Holds back every write of an update until it is ended. */
async function blockStoring(): Promise<Client> {
  const client = new Client({ connectionString: pinchy.databaseUrl });
  await client.connect();
  await client.query('begin');
  await client.query('lock table telegram_updates in share mode');
  return client;
}

test('after a kill -9 another server takes the bot over within 30 seconds, and what was not stored comes again', async () => {
  await pair(await createMember(pinchy.app, pinchy.admin), chat);
  await pinchy.services.telegram.stop();
  const first = await startServerProcess(pinchy);
  await expect.poll(holder, { timeout: 15_000 }).not.toBeNull();
  const killed = await holder();
  second = await startServerProcess(pinchy);
  chat.say('before');
  await heard(chat, 'Hello.');
  expect(await holder()).toBe(killed);

  const blocking = await blockStoring();
  await expect.poll(() => atTelegram().isPolled, patience).toBe(true);
  chat.say('received, not stored');
  await expect.poll(() => atTelegram().isPolled, patience).toBe(false);
  expect(atTelegram().pending).toMatchObject([{ message: { text: 'received, not stored' } }]);
  pinchy.model.respond([{ text: 'Taken over.' }]);
  await first.kill();
  const killedAt = Date.now();
  await blocking.end();

  await heard(chat, 'Taken over.', 40_000);
  const seconds = (Date.now() - killedAt) / 1_000;
  expect(seconds).toBeLessThan(30);
  expect(await holder()).not.toBe(killed);
  expect(chat.answers().filter(({ text }) => text === 'Taken over.')).toHaveLength(1);
  const said = await db().select().from(messages).where(eq(messages.content, 'received, not stored'));
  expect(said).toHaveLength(1);
  expect((await db().select().from(telegramBots))[0]).toMatchObject({ state: 'ok', reason: null });
}, 240_000);

test('the agent types for as long as it works, and no longer', async () => {
  const { typing } = chat.chat;
  const before = typing.length;
  pinchy.model.respond([{ wait: 12_000 }, { text: 'That took a while.' }]);
  const askedAt = Date.now();
  chat.say('think hard');
  await heard(chat, 'That took a while.', 30_000);
  const answeredAt = Date.now();
  const shown = typing.slice(before);
  expect(shown.length).toBeGreaterThanOrEqual(3);
  expect(shown[0]! - askedAt).toBeLessThan(4_000);
  // Telegram shows it for five seconds.
  const pauses = shown.slice(1).map((at, index) => at - shown[index]!);
  expect(Math.max(...pauses), pauses.join()).toBeLessThan(6_000);
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  expect(typing.filter((at) => at > answeredAt + 500)).toEqual([]);
}, 60_000);
