import { afterAll, beforeAll, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { createMember, createTestApp, type TestApp } from '../../../test/create-test-app.ts';
import { startServerProcess } from '../../../test/telegram/server-process.ts';
import { createTelegramApp, heard, pair, quickTimings, type TelegramApp } from '../../../test/telegram/telegram-app.ts';
import type { PersonInChat } from '../../../testkit/telegram-double/telegram-double.ts';
import { messages, telegramBots, telegramUpdates } from '../../db/schema/index.ts';

let pinchy: TelegramApp;
let nextPerson = 8_000;

beforeAll(async () => {
  pinchy = await createTelegramApp();
});
afterAll(() => pinchy?.close());

async function linkedPerson(): Promise<PersonInChat> {
  const chat = pinchy.telegram.chat(pinchy.mainBot, { id: nextPerson++ });
  await pair(await createMember(pinchy.app, pinchy.admin), chat);
  return chat;
}

const db = () => pinchy.services.database.db;
const holder = async () => (await db().select().from(telegramBots))[0]!.leaseReplica;
const startReplica = (): Promise<TestApp> =>
  createTestApp({
    databaseUrl: pinchy.databaseUrl,
    telegramTimings: quickTimings,
    environment: { TELEGRAM_API_ROOT: pinchy.telegram.url },
  });

test('of two servers one receives; each update is handled once; the other takes over when it stops', async () => {
  const chat = await linkedPerson();
  const first = await holder();
  const before = chat.answers().length;
  const other = await startReplica();
  for (let count = 0; count < 5; count++) {
    chat.say(`question ${count}`);
    await expect.poll(() => chat.answers().length).toBe(before + count + 1);
  }
  expect(await holder()).toBe(first);
  const polls = pinchy.telegram.calls.filter((call) => call.method === 'getUpdates');
  expect(polls.length).toBeGreaterThan(0);
  await pinchy.services.telegram.stop();
  await expect.poll(holder).not.toBe(first);
  chat.say('to the other');
  await expect.poll(() => chat.answers().length).toBe(before + 6);
  expect(
    chat
      .answers()
      .slice(before)
      .every((message) => message.text === 'Hello.'),
  ).toBe(true);
  await pinchy.services.telegram.start();
  await other.close();
  await expect.poll(holder).toBe(first);
  const [bot] = await db().select().from(telegramBots);
  expect(bot).toMatchObject({ state: 'ok', reason: null });
});

test('an answer that another server writes is shown by the one that holds the bot', async () => {
  const chat = await linkedPerson();
  chat.say('hello');
  await heard(chat, 'Hello.');
  const other = await startReplica();
  const [said] = await db().select().from(messages).where(eq(messages.content, 'hello'));
  const conversation = await other.services.chat.channels.find(said!.conversationId);
  pinchy.model.respond([{ text: 'Written elsewhere, slowly. ' }, { wait: 700 }, { text: 'To the end.' }]);
  const { userId, agentId } = conversation!;
  await other.services.chat.channels.say({
    userId,
    agentId,
    clientMessageId: crypto.randomUUID(),
    content: 'over there',
  });
  await heard(chat, 'Written elsewhere, slowly.');
  await heard(chat, 'Written elsewhere, slowly. To the end.');
  expect(chat.answers().some((message) => message.text.includes('over there'))).toBe(true);
  pinchy.model.respond([{ text: 'Hello.' }]);
  await other.close();
});

test('a killed server loses nothing: what it had received is answered, what it had not sent is sent', async () => {
  const [unhandled, unsent, halfway] = [await linkedPerson(), await linkedPerson(), await linkedPerson()];
  await pinchy.services.telegram.stop();
  const server = await startServerProcess(pinchy);
  await expect.poll(holder).not.toBeNull();

  pinchy.model.respond((request) => {
    const last = request.messages.at(-1)?.text ?? '';
    if (last.includes('halfway')) return [{ text: 'The first half of it. ' }, { hang: true }];
    return [{ text: `Answer to ${last.split('\n')[0]}` }];
  });
  halfway.say('halfway');
  await heard(halfway, 'The first half of it.');
  pinchy.telegram.fail('getFile', 'silent');
  const updateId = unhandled.sendDocument(Buffer.from('text'), { filename: 'notes.txt', caption: 'the document' });
  await expect.poll(() => pinchy.telegram.calls.some((call) => call.method === 'getFile')).toBe(true);
  pinchy.telegram.fail('sendMessage', 'silent');
  unsent.say('unsent');
  await expect
    .poll(() =>
      pinchy.telegram.calls.some(
        (call) =>
          call.method === 'sendMessage' &&
          call.payload['chat_id'] === unsent.userId &&
          call.payload['text'] === 'Answer to unsent',
      ),
    )
    .toBe(true);
  const [stored] = await db().select().from(telegramUpdates).where(eq(telegramUpdates.updateId, updateId));
  expect(stored).toMatchObject({ handledAt: null });
  await server.kill();

  const killedAt = Date.now();
  await pinchy.services.telegram.start();
  await heard(unhandled, 'Answer to the document');
  expect(Date.now() - killedAt).toBeLessThan(30_000);
  await heard(unsent, 'Answer to unsent');
  await heard(halfway, /stopped while it was answering/);
  expect(halfway.answers().filter((message) => message.text === 'The first half of it.')).toHaveLength(1);
  expect(await db().select().from(messages).where(eq(messages.content, 'the document'))).toHaveLength(1);
  expect(await db().select().from(messages).where(eq(messages.content, 'unsent'))).toHaveLength(1);
  pinchy.model.respond([{ text: 'Hello.' }]);
}, 90_000);
