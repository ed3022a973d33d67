import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { createMember, type TestUser } from '../../../test/create-test-app.ts';
import { connectClient } from '../../../test/chat/chat-client.ts';
import {
  codeIn,
  connectBot,
  createAgent,
  createTelegramApp,
  heard,
  pair,
  personalAgentOf,
  type TelegramApp,
} from '../../../test/telegram/telegram-app.ts';
import { texts } from './texts.ts';
import type { DoubleBot } from '../../../testkit/telegram-double/telegram-double.ts';
import { auditEntries, messages, telegramUpdates, uploads } from '../../db/schema/index.ts';

let pinchy: TelegramApp;
let member: TestUser;
let supportId: string;
let supportBot: DoubleBot;
let url: string;
let nextPerson = 5_000;

beforeAll(async () => {
  pinchy = await createTelegramApp();
  url = await pinchy.listen();
  supportId = await createAgent(pinchy.admin, 'Support');
  supportBot = pinchy.telegram.createBot('support_bot');
  expect((await connectBot(pinchy.admin, supportId, supportBot)).status).toBe(200);
  member = await createMember(pinchy.app, pinchy.admin, { name: 'Mo' });
});

afterAll(() => pinchy?.close());
afterEach(() => pinchy.model.respond([{ text: 'Hello.' }]));

/** A linked person in a private chat with the bot. */
async function linkedPerson(bot = supportBot) {
  const user = await createMember(pinchy.app, pinchy.admin);
  const id = nextPerson++;
  await pair(user, pinchy.telegram.chat(pinchy.mainBot, { id }));
  return { user, chat: pinchy.telegram.chat(bot, { id }) };
}

const db = () => pinchy.services.database.db;
const webSocket = (user: TestUser) => connectClient(`${url.replace('http', 'ws')}/api/ws`, { cookie: user.cookie });

test('an agent answers in the same conversation as on the web', async () => {
  const { user, chat } = await linkedPerson();
  pinchy.model.respond((request) => [
    { text: `You said: ${JSON.stringify(request).includes('lobster') ? 'lobster' : '?'}` },
  ]);
  chat.say('Tell me about the lobster');
  await heard(chat, 'You said: lobster');
  expect(chat.chat.typing.length).toBeGreaterThan(0);
  const web = await webSocket(user);
  const history = await web.history(supportId);
  expect(history.messages.map((message) => [message.role, message.content])).toEqual([
    ['user', 'Tell me about the lobster'],
    ['assistant', 'You said: lobster'],
  ]);
  expect(history.messages[0]).not.toHaveProperty('interrupted');
  await web.close();
});

test('what is said on either side shows on the other while it happens', async () => {
  const { user, chat } = await linkedPerson();
  chat.say('first');
  await heard(chat, 'Hello.');
  const web = await webSocket(user);
  await web.history(supportId);
  pinchy.model.respond([{ text: 'Seen everywhere.' }]);
  chat.say('from the phone');
  await web.next('changed');
  await expect.poll(() => web.text()).toBe('Seen everywhere.');
  pinchy.model.respond([{ text: 'Also on the phone.' }]);
  web.say(supportId, 'from the *desk* <b>');
  await heard(chat, 'Also on the phone.');
  const question = chat.answers().find((message) => message.text.includes('desk'));
  expect(question).toMatchObject({ text: 'You, in the browser:\nfrom the *desk* <b>', silent: true });
  expect(chat.answers().filter((message) => message.text.includes('from the phone'))).toEqual([]);
  await web.close();
});

test('the main bot reaches the own personal agent of whoever writes', async () => {
  const id = nextPerson++;
  const user = await createMember(pinchy.app, pinchy.admin);
  const chat = pinchy.telegram.chat(pinchy.mainBot, { id });
  await pair(user, chat);
  chat.say('hi Smithers');
  await heard(chat, 'Hello.');
  const web = await webSocket(user);
  const history = await web.history(await personalAgentOf(user));
  expect(history.messages.map((message) => message.content)).toEqual(['hi Smithers', 'Hello.']);
  await web.close();
});

test('a growing answer is edited in whole sentences', async () => {
  const { chat } = await linkedPerson();
  const steps = ['This is the first sentence. ', 'Here comes **the second', ' one**. ', 'And the end.'].flatMap(
    (text) => [{ text }, { wait: 400 }],
  );
  pinchy.model.respond(steps);
  const seen = new Set<string>();
  const looking = setInterval(() => seen.add(chat.answers().at(-1)?.text ?? ''), 10);
  chat.say('tell');
  await heard(chat, 'This is the first sentence. Here comes the second one. And the end.');
  clearInterval(looking);
  expect(chat.answers()).toHaveLength(1);
  expect(chat.answers()[0]!.edits).toBeGreaterThan(0);
  expect([...seen]).toContain('This is the first sentence.');
  for (const text of seen) expect(text).toMatch(/^$|[.]$/);
  expect(chat.answers()[0]!.html).toContain('<b>the second one</b>');
});

test('an answer of 20,000 characters comes in several complete messages', async () => {
  const { chat } = await linkedPerson();
  const section = (number: number) =>
    `## Part ${number}\n\n- **bold _and ${number} \`code & <tag>\`_**\n  - nested [link](https://example.com/?a=${number}&b=2)\n\n> quoted ~~gone~~ 🦞🦞\n\n\`\`\`ts\nconst a${number} = 1 < 2 && "x";\n\`\`\`\n\n| a | b |\n|---|---|\n| ${number} | & |\n`;
  let text = '';
  for (let number = 0; text.length < 20_000; number++) text += `${section(number)}\n`;
  pinchy.model.respond([{ text }]);
  chat.say('everything');
  await expect
    .poll(() =>
      chat
        .answers()
        .map((message) => message.text)
        .join('\n'),
    )
    .toMatch(new RegExp(`Part ${(text.match(/## Part/g)?.length ?? 0) - 1}[^]*&$`));
  const answers = chat.answers();
  expect(answers.length).toBeGreaterThan(4);
  for (const answer of answers) expect(answer.html?.length).toBeLessThanOrEqual(4_096);
  const all = answers.map((answer) => answer.text).join('\n');
  for (let number = 0; number < (text.match(/## Part/g)?.length ?? 0); number++) {
    expect(all).toContain(`const a${number} = 1 < 2 && "x";`);
    expect(all).toContain(`Part ${number}\n`);
  }
});

test('formatting that Telegram refuses is sent as plain text', async () => {
  const { chat } = await linkedPerson();
  pinchy.model.respond([{ text: 'A **bold** claim & <more>.' }]);
  pinchy.telegram.fail('sendMessage', { code: 400, description: "Bad Request: can't parse entities: no" });
  chat.say('x');
  await heard(chat, 'A bold claim & <more>.');
  expect(chat.answers().at(-1)).not.toHaveProperty('html');
});

test('a pause that Telegram asks for is kept, and the answer still comes', async () => {
  const { chat } = await linkedPerson();
  const description = 'Too Many Requests: retry after 1';
  pinchy.telegram.fail('sendMessage', { code: 429, description, retryAfter: 1 }, 'gone', {
    code: 502,
    description: 'Bad Gateway',
  });
  const before = Date.now();
  chat.say('x');
  await heard(chat, 'Hello.');
  expect(Date.now() - before).toBeGreaterThan(1_000);
  expect(chat.answers()).toHaveLength(1);
});

test('photos and documents become attachments, an album becomes one message', async () => {
  const { user, chat } = await linkedPerson();
  const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');
  chat.sendPhoto(jpeg, { caption: 'look', group: 'album-1' });
  chat.sendPhoto(jpeg, { group: 'album-1' });
  chat.sendDocument(Buffer.from('name,legs\nlobster,10\n'), { filename: '../legs.csv', mediaType: 'text/csv' });
  // The agent has no tool for the document, and says so.
  await expect.poll(() => chat.answers().map(({ text }) => text)).toHaveLength(3);
  expect(
    chat
      .answers()
      .map(({ text }) => text)
      .sort(),
  ).toEqual(['Hello.', 'Hello.', texts.unread]);
  const web = await webSocket(user);
  const said = (await web.history(supportId)).messages.filter((message) => message.role === 'user');
  expect(said.map((message) => message.content)).toEqual(['look', '']);
  expect(said[0]!.attachments).toMatchObject([{ mediaType: 'image/jpeg' }, { mediaType: 'image/jpeg' }]);
  expect(said[1]!.attachments).toMatchObject([{ filename: expect.stringMatching(/legs\.csv$/), size: 21 }]);
  const stored = await db().select().from(uploads).where(eq(uploads.userId, user.id));
  expect(stored).toHaveLength(3);
  await web.close();
});

test('recordings and files above 20 MB are refused in words', async () => {
  const { chat } = await linkedPerson();
  chat.sendVoice();
  chat.sendVideo();
  chat.sendSticker();
  await expect.poll(() => chat.answers().filter((message) => /recordings/.test(message.text)).length).toBe(3);
  chat.sendDocument(Buffer.from('x'), { filename: 'huge.bin', size: 21 * 1024 * 1024 });
  await heard(chat, /20 MB/);
});

test('/help, /start, /new and /stop do what they say', async () => {
  const { user, chat } = await linkedPerson();
  chat.say('/help');
  await heard(chat, /\/new/);
  chat.say('/start');
  await heard(chat, /This is Support, an AI, which can be wrong/);
  chat.say('/stop');
  await heard(chat, 'Nothing is running.');
  const begun = async () => (await user.request('GET', `/api/agents/${supportId}/chats`)).body;
  expect(await begun()).toEqual([]);
  chat.say('in the default conversation');
  await heard(chat, 'Hello.');
  chat.say('/new');
  await heard(chat, /new conversation/);
  chat.say('/new');
  expect(await begun()).toHaveLength(1);
  pinchy.model.respond([{ text: 'One. ' }, { wait: 60_000 }]);
  chat.say('in the new one');
  await expect.poll(() => pinchy.services.chat.countRuns()).toBe(1);
  chat.say('/stop');
  await heard(chat, 'Stopped.');
  await expect.poll(() => pinchy.services.chat.countRuns()).toBe(0);
  const chats = await user.request('GET', `/api/agents/${supportId}/chats`);
  expect(chats.body.map((entry: { isDefault: boolean }) => entry.isDefault).sort()).toEqual([false, true]);
  const web = await webSocket(user);
  const history = await web.history(supportId);
  expect(history.messages[0]).toMatchObject({ content: 'in the default conversation' });
  expect(history.messages).toHaveLength(2);
  await web.close();
});

test('what begins in the browser after /start is shown on Telegram', async () => {
  const { user, chat } = await linkedPerson();
  chat.say('/start');
  await heard(chat, /This is Support, an AI, which can be wrong/);
  const web = await webSocket(user);
  web.say(supportId, 'Said in the browser first');
  await heard(chat, /Said in the browser first/);
  await heard(chat, 'Hello.');
  await web.close();
});

test('groups are refused once, politely', async () => {
  const group = pinchy.telegram.group(supportBot, { id: 77 }, { id: -400, title: 'Team' });
  group.say('hello all');
  group.say('/start');
  await heard(group, /private chats/);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(group.answers()).toHaveLength(1);
});

test('a person who blocks the bot is left alone until they write again', async () => {
  const { user, chat } = await linkedPerson();
  chat.say('hello');
  await heard(chat, 'Hello.');
  chat.block();
  const web = await webSocket(user);
  web.say(supportId, 'while blocked');
  await web.next('complete');
  await new Promise((resolve) => setTimeout(resolve, 300));
  chat.unblock();
  pinchy.model.respond([{ text: 'Back again.' }]);
  chat.say('I am back');
  await heard(chat, 'Back again.');
  expect(chat.answers().some((message) => message.text.includes('while blocked'))).toBe(false);
  await web.close();
});

test('a failed answer is told in the words of the web', async () => {
  const { chat } = await linkedPerson();
  pinchy.model.respond([{ error: 'auth' }]);
  chat.say('x');
  await expect.poll(() => chat.answers().length).toBe(1);
  expect(chat.answers()[0]!.html).toMatch(/^<i>.+<\/i>$/);
});

test('a stopped agent ends what it was answering, says why, and takes nothing new', async () => {
  const { chat } = await linkedPerson();
  pinchy.model.respond([{ text: 'Let me think' }, { hang: true }]);
  chat.say('Are you there?');
  await expect.poll(() => pinchy.model.requests.at(-1)?.chat?.messages.at(-1)?.text).toContain('Are you there?');
  await pinchy.admin.request('POST', `/api/agents/${supportId}/stop`);
  const stopped = 'This agent is stopped. It answers again once an admin lets it go on.';
  await heard(chat, stopped);
  const asked = pinchy.model.requests.length;
  const before = chat.answers().length;
  chat.say('And now?');
  await expect.poll(() => chat.answers().length).toBeGreaterThan(before);
  expect(chat.answers().at(-1)!.text).toBe(stopped);
  expect(pinchy.model.requests.length).toBe(asked);
  await pinchy.admin.request('POST', `/api/agents/${supportId}/resume`);
  pinchy.model.respond([{ text: 'Here I am.' }]);
  chat.say('Once more?');
  await heard(chat, 'Here I am.');
});

test('an update that comes twice is handled once, and its text is not kept', async () => {
  const { user, chat } = await linkedPerson();
  const updateId = chat.say('only once');
  await heard(chat, 'Hello.');
  const [stored] = await db().select().from(telegramUpdates).where(eq(telegramUpdates.updateId, updateId));
  expect(stored).toMatchObject({ payload: null, handledAt: expect.any(Date) });
  const said = await db().select().from(messages).where(eq(messages.content, 'only once'));
  expect(said).toHaveLength(1);
  await pinchy.services.database.db
    .update(telegramUpdates)
    .set({
      handledAt: null,
      payload: {
        update_id: updateId,
        message: {
          message_id: 1,
          date: 1,
          chat: { id: chat.userId, type: 'private', first_name: 'Pat' },
          from: { id: chat.userId, is_bot: false, first_name: 'Pat' },
          text: 'only once',
        },
      },
    })
    .where(eq(telegramUpdates.updateId, updateId));
  await expect
    .poll(
      async () =>
        (await db().select().from(telegramUpdates).where(eq(telegramUpdates.updateId, updateId)))[0]!.handledAt,
      // Found by the sweep, which comes once a second.
      { timeout: 10_000 },
    )
    .not.toBeNull();
  expect(await db().select().from(messages).where(eq(messages.content, 'only once'))).toHaveLength(1);
  expect(chat.answers()).toHaveLength(1);
  expect(user.id).toBeTruthy();
});

test('a token that another program polls shows as degraded, is audited once, and recovers by itself', async () => {
  const agentId = await createAgent(pinchy.admin, 'Contested');
  const bot = pinchy.telegram.createBot('contested_bot');
  await connectBot(pinchy.admin, agentId, bot);
  const status = async () => (await pinchy.admin.request('GET', `/api/agents/${agentId}/channels/telegram`)).body;
  await expect.poll(() => pinchy.telegram.stateOf(bot).isPolled).toBe(true);
  expect(await status()).toMatchObject({ configured: true, state: 'ok' });
  const other = pinchy.telegram.pollElsewhere(bot);
  await expect.poll(async () => (await status()).state).toBe('degraded');
  expect((await status()).reason).toMatch(/Another program/);
  const calls = () =>
    pinchy.telegram.calls.filter((call) => call.bot.id === bot.id && call.payload['limit'] === 100).length;
  const before = calls();
  await new Promise((resolve) => setTimeout(resolve, 1_600));
  expect(calls() - before).toBeLessThan(8);
  await other.stop();
  await expect.poll(async () => (await status()).state).toBe('ok');
  expect(await status()).not.toHaveProperty('reason');
  const events = await db()
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.resource, `agent:${agentId}`));
  const types = events.map((event) => event.eventType).filter((type) => type.startsWith('channel.'));
  expect(types.sort()).toEqual(['channel.created', 'channel.degraded', 'channel.recovered']);
  const chat = pinchy.telegram.chat(bot, { id: 909 });
  chat.say('still there?');
  await heard(chat, /enter this code/);
});

test('a token that was revoked at BotFather shows as degraded', async () => {
  const agentId = await createAgent(pinchy.admin, 'Revoked');
  const bot = pinchy.telegram.createBot('revoked_bot');
  await connectBot(pinchy.admin, agentId, bot);
  pinchy.telegram.revoke(bot);
  await expect
    .poll(async () => (await pinchy.admin.request('GET', `/api/agents/${agentId}/channels/telegram`)).body)
    .toMatchObject({ state: 'degraded', reason: expect.stringMatching(/token/) });
});

test('nobody can make the bot write without end, and everybody gets one code that counts', async () => {
  const stranger = pinchy.telegram.chat(supportBot, { id: 12_345 });
  for (let count = 0; count < 30; count++) stranger.say(`hello ${count}`);
  await expect
    .poll(
      async () =>
        (await db().select().from(telegramUpdates).where(eq(telegramUpdates.chatId, 12_345))).filter(
          (row) => row.handledAt,
        ).length,
    )
    .toBe(30);
  expect(stranger.answers()).toHaveLength(20);
  const codes = new Set(stranger.answers().map((message) => codeIn(message.text)));
  expect(codes.size).toBe(1);
  const linked = await member.request('POST', '/api/settings/telegram', { code: [...codes][0] });
  expect(linked.status).toBe(200);
  await member.request('DELETE', '/api/settings/telegram');
});
