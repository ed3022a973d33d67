import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectClient } from '../../../test/chat/chat-client.ts';
import { createMember, createTestApp, type TestUser } from '../../../test/create-test-app.ts';
import {
  connectBot,
  createAgent,
  createTelegramApp,
  heard,
  pair,
  quickTimings,
  type TelegramApp,
} from '../../../test/telegram/telegram-app.ts';
import { auditRows, query } from '../../../test/test-database.ts';
import { showApproval } from './approval-display.ts';
import { textsIn } from './texts-in.ts';
import type { DoubleBot, PersonInChat } from '../../../testkit/telegram-double/telegram-double.ts';

// Real: the server, PostgreSQL, the tool gate. Doubled: Telegram and the model.

let pinchy: TelegramApp;
let agentId: string;
let bot: DoubleBot;
let address: string;
let nextPerson = 7_000;

beforeAll(async () => {
  pinchy = await createTelegramApp();
  address = await pinchy.listen();
  agentId = await createAgent(pinchy.admin, 'Clerk');
  bot = pinchy.telegram.createBot('clerk_bot');
  await connectBot(pinchy.admin, agentId, bot);
  await grant(['pinchy_ls', 'pinchy_web_fetch']);
});
afterAll(() => pinchy?.close());

async function grant(allowedTools: string[]) {
  const pluginConfig = { allowed_paths: [], ask_first: ['pinchy_ls', 'pinchy_web_fetch'] };
  const answer = await pinchy.admin.request('PATCH', `/api/agents/${agentId}`, { allowedTools, pluginConfig });
  expect(answer.status, answer.text).toBe(200);
}

async function linkedPerson() {
  const user = await createMember(pinchy.app, pinchy.admin);
  const id = nextPerson++;
  await pair(user, pinchy.telegram.chat(pinchy.mainBot, { id }));
  return { user, chat: pinchy.telegram.chat(bot, { id }) };
}

const listing = { name: 'pinchy_ls', input: { path: '/data' } };

/** Asks for a call that waits, and returns the message with its buttons. */
async function askForCall(chat: PersonInChat, toolCall: { name: string; input: object } = listing) {
  pinchy.model.respondNext([{ toolCall }]);
  pinchy.model.respondNext([{ text: 'That was all.' }]);
  const before = chat.answers().length;
  chat.say('Look around');
  await expect
    .poll(() =>
      chat
        .answers()
        .slice(before)
        .some(({ buttons }) => buttons.length > 0),
    )
    .toBe(true);
  const message = chat.answers().findLast(({ buttons }) => buttons.length > 0)!;
  const button = (text: string) => message.buttons.find((candidate) => candidate.text === text)!.data;
  return { message, approve: button('Approve'), deny: button('Deny') };
}

const answered = () => pinchy.telegram.stateOf(bot).answeredButtons.at(-1)?.text;
async function pressed(text: string | RegExp) {
  await expect.poll(answered).toMatch(text);
}
const callsOf = (user: TestUser) =>
  query(pinchy.databaseUrl, `select state, decided_by from approvals where user_id = '${user.id}' order by created_at`);

test('a waiting call shows exactly what would be done, and the button lets it be done once', async () => {
  const { user, chat } = await linkedPerson();
  const { message, approve } = await askForCall(chat);
  expect(message.text).toContain('"path": "/data"');
  expect(message.text).toContain('Decide within 15 minutes.');
  chat.press(message.id, approve);
  chat.press(message.id, approve);
  await heard(chat, 'That was all.');
  await expect.poll(() => message.buttons).toEqual([]);
  expect(await callsOf(user)).toEqual([{ state: 'executed', decided_by: user.id }]);
  const [event] = (await auditRows(pinchy.databaseUrl, 'approval.approved')).slice(-1);
  expect(event).toMatchObject({
    actor_id: user.id,
    detail: { decidedBy: user.id, channel: 'telegram', tool: 'pinchy_ls' },
  });
  await pressed(/approved/i);
});

test('a card that is shown later says how long is left by then', async () => {
  const call = { toolCallId: 'call', name: 'pinchy_ls', input: {}, state: 'approval', approvalId: 'none' } as const;
  const closingOf = async (leftMs: number, language: string) => {
    const expiresAt = new Date(Date.now() + leftMs).toISOString();
    const shown = await showApproval({ ...call, expiresAt }, { run: { ended: false }, texts: textsIn(language) });
    return shown.plain.split('\n').at(-1);
  };
  expect(await closingOf(270_000, 'en')).toBe('Shall I do this? Decide within 5 minutes.');
  expect(await closingOf(30_000, 'en')).toBe('Shall I do this? Decide within 1 minute.');
  expect(await closingOf(30_000, 'de')).toBe('Soll ich das tun? Entscheiden Sie innerhalb von einer Minute.');
});

test('denying is told to the agent, and the message says so', async () => {
  const { user, chat } = await linkedPerson();
  const url = 'https://example.com/?q=<b>x</b>&amp;';
  const { message, deny } = await askForCall(chat, { name: 'pinchy_web_fetch', input: { url } });
  expect(message.text).toContain(url);
  chat.press(message.id, deny);
  await heard(chat, 'That was all.');
  expect(await callsOf(user)).toEqual([{ state: 'denied', decided_by: user.id }]);
  await expect.poll(() => message.text).toContain('You denied this call.');
});

test('nobody else’s press, no forged button and no other bot decides', async () => {
  const { user, chat } = await linkedPerson();
  const stranger = await linkedPerson();
  stranger.chat.say('hello');
  await heard(stranger.chat, /./);
  const { message, approve } = await askForCall(chat);
  const [, approvalId = ''] = approve.split(':');
  const forge = (where: PersonInChat, data: string) => {
    where.chat.messages.push({ ...message, id: 90_000 + where.chat.messages.length, buttons: [{ text: 'x', data }] });
    where.press(where.chat.messages.at(-1)!.id, data);
  };
  for (const data of [approve, `approve:${approvalId.toUpperCase()}`, 'approve:', `approve:${approvalId}' or true`]) {
    const before = pinchy.telegram.stateOf(bot).answeredButtons.length;
    forge(stranger.chat, data);
    await expect.poll(() => pinchy.telegram.stateOf(bot).answeredButtons.length).toBe(before + 1);
    expect(answered()).toMatch(/not waiting/);
  }
  const main = pinchy.telegram.chat(pinchy.mainBot, { id: chat.userId });
  const before = pinchy.telegram.stateOf(pinchy.mainBot).answeredButtons.length;
  forge(main, approve);
  await expect.poll(() => pinchy.telegram.stateOf(pinchy.mainBot).answeredButtons.length).toBe(before + 1);
  expect(await callsOf(user)).toEqual([{ state: 'pending', decided_by: null }]);
  chat.press(message.id, approve);
  await heard(chat, 'That was all.');
});

test('a decision in the browser takes the buttons away, and a late press is told so', async () => {
  const { user, chat } = await linkedPerson();
  const { message, approve } = await askForCall(chat);
  const web = await connectClient(`${address.replace('http', 'ws')}/api/ws`, { cookie: user.cookie });
  const history = await web.history(agentId);
  const [waiting] = history.activeRun!.approvals;
  web.send({ type: 'approval', agentId, approvalId: waiting!.approvalId, decision: 'deny' });
  await heard(chat, 'That was all.');
  await expect.poll(() => message.buttons).toEqual([]);
  chat.chat.messages.push({ ...message, id: 99_999, buttons: [{ text: 'Approve', data: approve }] });
  chat.press(99_999, approve);
  await pressed(/denied already/);
  expect((await callsOf(user)).at(-1)).toMatchObject({ state: 'denied' });
  await web.close();
});

test('a grant that was taken away meanwhile is not given back by the button', async () => {
  const { chat } = await linkedPerson();
  const { message, approve } = await askForCall(chat);
  await grant([]);
  chat.press(message.id, approve);
  await heard(chat, 'That was all.');
  await expect.poll(() => message.text).toMatch(/not granted/);
  await grant(['pinchy_ls', 'pinchy_web_fetch']);
});

test('a stopped answer takes the buttons away', async () => {
  const { chat } = await linkedPerson();
  const { message } = await askForCall(chat);
  chat.say('/stop');
  await heard(chat, 'Stopped.');
  await expect.poll(() => message.buttons).toEqual([]);
  chat.say('Anything else?');
  await heard(chat, 'That was all.');
});

test('after fifteen minutes the buttons go away, and a press that comes later still decides nothing', async () => {
  const { user, chat } = await linkedPerson();
  const { message, approve } = await askForCall(chat);
  await query(
    pinchy.databaseUrl,
    `update approvals set created_at = created_at - interval '15 minutes', expires_at = expires_at - interval '15 minutes'
       where user_id = '${user.id}'`,
  );
  chat.press(message.id, approve);
  await pressed(/run out/);
  await expect.poll(() => message.buttons).toEqual([]);
  expect(message.text).toContain('Nobody approved this call in time.');
  await heard(chat, 'That was all.');
  expect(await callsOf(user)).toEqual([{ state: 'expired', decided_by: null }]);
});

test('what waits in a conversation that the chat does not show is told once, without buttons, to that person alone', async () => {
  const { user, chat } = await linkedPerson();
  const stranger = await linkedPerson();
  stranger.chat.say('hello');
  chat.say('hello');
  await heard(chat, /./);
  const web = await connectClient(`${address.replace('http', 'ws')}/api/ws`, { cookie: user.cookie });
  const ask = async (chatId: string) => {
    pinchy.model.respondNext([{ toolCall: listing }]);
    web.say(agentId, 'Look elsewhere', { chatId, begins: true });
    await web.next('tool', (tool) => tool.state === 'approval' && tool.chatId === chatId);
  };
  await ask(crypto.randomUUID());
  const told = /^Clerk waits for your decision in another conversation: .+ Decide within 15 minutes/;
  await heard(chat, told);
  await ask(crypto.randomUUID());
  const notes = () => chat.answers().filter(({ text }) => told.test(text));
  await expect.poll(() => notes().length).toBe(2);
  expect(notes().flatMap(({ buttons }) => buttons)).toEqual([]);
  expect(stranger.chat.answers().filter(({ text }) => told.test(text))).toEqual([]);
  await web.close();
});

test('a call that is too long to be shown whole can be denied here, and approved in the browser only', async () => {
  const { chat } = await linkedPerson();
  const url = `https://example.com/?q=${'x'.repeat(1_800)}`;
  pinchy.model.respondNext([{ toolCall: { name: 'pinchy_web_fetch', input: { url } } }]);
  pinchy.model.respondNext([{ text: 'Too long.' }]);
  chat.say('Look far');
  await heard(chat, /Decide in the browser within 15 minutes/);
  const message = chat.answers().findLast(({ buttons }) => buttons.length > 0)!;
  expect(message.buttons.map(({ text }) => text)).toEqual(['Deny']);
  chat.press(message.id, message.buttons[0]!.data);
  await heard(chat, 'Too long.');
});

test('the buttons outlast a restart of the server', async () => {
  const first = await createTelegramApp();
  const id = await createAgent(first.admin, 'Clerk');
  const clerk = first.telegram.createBot('lasting_bot');
  await connectBot(first.admin, id, clerk);
  await first.admin.request('PATCH', `/api/agents/${id}`, {
    allowedTools: ['pinchy_ls'],
    pluginConfig: { allowed_paths: [], ask_first: ['pinchy_ls'] },
  });
  await pair(first.admin, first.telegram.chat(first.mainBot, { id: 1 }));
  const chat = first.telegram.chat(clerk, { id: 1 });
  first.model.respondNext([{ toolCall: { name: 'pinchy_ls', input: { path: '/data' } } }]);
  first.model.respondNext([{ text: 'After the restart.' }]);
  chat.say('Look');
  await expect.poll(() => chat.answers().some(({ buttons }) => buttons.length > 0)).toBe(true);
  await first.services.stopWork(0);
  const second = await createTestApp({
    databaseUrl: first.databaseUrl,
    telegramTimings: quickTimings,
    environment: { TELEGRAM_API_ROOT: first.telegram.url },
  });
  const message = chat.answers().findLast(({ buttons }) => buttons.length > 0)!;
  chat.press(message.id, message.buttons[0]!.data);
  await heard(chat, 'After the restart.');
  await second.close();
  await first.close();
}, 60_000);
