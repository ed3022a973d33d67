import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMember } from '../../../test/create-test-app.ts';
import {
  askForCode,
  connectBot,
  createAgent,
  createTelegramApp,
  heard,
  type TelegramApp,
} from '../../../test/telegram/telegram-app.ts';
import type { DoubleBot } from '../../../testkit/telegram-double/telegram-double.ts';
import { texts as french } from './french-texts.ts';
import { texts as german } from './german-texts.ts';
import { texts as spanish } from './spanish-texts.ts';
import { texts as english } from './texts.ts';

// Real: the server, PostgreSQL. Doubled: Telegram and the model.

let pinchy: TelegramApp;
let bot: DoubleBot;
let agentId: string;
let nextPerson = 41_000;

beforeAll(async () => {
  pinchy = await createTelegramApp();
  await pinchy.listen();
  agentId = await createAgent(pinchy.admin, 'Guide');
  mkdirSync(join(pinchy.dataRoot, 'hr'));
  writeFileSync(join(pinchy.dataRoot, 'hr', 'urlaub.md'), 'Es gibt 27 Tage.\n');
  writeFileSync(
    join(pinchy.dataRoot, 'hr', 'akten.rar'),
    Buffer.concat([Buffer.from('Rar!\x1a\x07\0'), Buffer.alloc(64)]),
  );
  await pinchy.admin.request('PATCH', `/api/agents/${agentId}`, {
    allowedTools: ['pinchy_read', 'pinchy_ls'],
    pluginConfig: { allowed_paths: ['/data/hr'], ask_first: ['pinchy_ls'] },
  });
  bot = pinchy.telegram.createBot('guide_bot');
  await connectBot(pinchy.admin, agentId, bot);
});
afterAll(() => pinchy?.close());

/** Somebody whose Telegram is in this language, linked; with what the main bot said to them. */
async function linkedPerson(languageCode: string) {
  const user = await createMember(pinchy.app, pinchy.admin);
  const person = { id: nextPerson++, languageCode };
  const main = pinchy.telegram.chat(pinchy.mainBot, person);
  const code = await askForCode(main, '/start');
  expect((await user.request('POST', '/api/settings/telegram', { code })).status).toBe(200);
  await expect.poll(() => main.answers().length).toBe(2);
  return { chat: pinchy.telegram.chat(bot, person), said: main.answers().map(({ text }) => text), code };
}

test.each([
  ['de', german],
  ['de-AT', german],
  ['fr-CA', french],
  ['es', spanish],
  ['en', english],
  ['xx', english],
])('the bot speaks the language of the person’s Telegram: %s', async (languageCode, texts) => {
  const { chat, said, code } = await linkedPerson(languageCode);
  expect(said[0]).toBe(texts.pair(code, 10).replaceAll(/<[^>]+>/g, ''));
  expect(said[1]).toBe(texts.linked);
  chat.say('/start');
  await heard(chat, texts.welcome('Guide'));
  chat.say('/help');
  await heard(chat, texts.help);
  chat.sendSticker();
  await heard(chat, texts.untaken('sticker'));
});

test('what stands around an answer too: sources with their places, what waits for a decision, an end that is none', async () => {
  const { chat } = await linkedPerson('de');
  pinchy.model.respondNext([{ toolCall: { name: 'pinchy_read', input: { path: '/data/hr/urlaub.md' } } }]);
  pinchy.model.respondNext([{ text: '27 Tage [1].' }]);
  chat.say('Wie viele?');
  await heard(chat, '27 Tage [1].\n\nQuellen:\n[1] urlaub.md, Zeile 1');
  pinchy.model.respondNext([{ toolCall: { name: 'pinchy_ls', input: { path: '/data' } } }]);
  pinchy.model.respondNext([{ text: 'Abgeschnit' }, { finish: 'length' }]);
  chat.say('Schau nach');
  const waiting = () => chat.answers().find(({ buttons }) => buttons.length > 0);
  await expect.poll(waiting).toBeDefined();
  expect(waiting()!.text).toContain(german.askToDecide(15));
  expect(waiting()!.buttons.map(({ text }) => text)).toEqual([german.approve, german.deny]);
  const { id, buttons } = waiting()!;
  chat.press(id, buttons[0]!.data);
  await heard(chat, german.cutOff.length);
  expect(chat.answers().find((message) => message.id === id)?.text).toContain(german.approved);
  expect(pinchy.telegram.stateOf(bot).answeredButtons.at(-1)?.text).toBe(german.approved);
});

test('which model wrote an answer that the agent’s own could not', async () => {
  const fallbackModel = 'ollama-local/gemma3:4b';
  await pinchy.admin.request('PATCH', `/api/agents/${agentId}`, { fallbackModel });
  const { chat } = await linkedPerson('de');
  pinchy.model.respond(({ model }) => (model === 'gemma3:4b' ? [{ text: '27 Tage.' }] : [{ error: 'quota' }]));
  chat.say('Wie viele noch?');
  await heard(chat, german.answeredBy(fallbackModel));
  expect(chat.answers().slice(-2)[0]?.text).toBe('27 Tage.');
  pinchy.model.respond([{ text: 'Hello.' }]);
  await pinchy.admin.request('PATCH', `/api/agents/${agentId}`, { fallbackModel: null });
});

test('what the server says: which tool waits, why it failed, that it is decided already, why there is no answer', async () => {
  const { chat } = await linkedPerson('de');
  const agent = async (pluginConfig: object) =>
    pinchy.admin.request('PATCH', `/api/agents/${agentId}`, {
      pluginConfig: { allowed_paths: ['/data/hr'], ...pluginConfig },
    });
  await agent({ ask_first: ['pinchy_read'] });
  pinchy.model.respondNext([{ toolCall: { name: 'pinchy_read', input: { path: '/data/hr/akten.rar' } } }]);
  pinchy.model.respondNext([{ error: 'auth' }]);
  chat.say('Lies die Akten');
  const waiting = () => chat.answers().find(({ buttons }) => buttons.length > 0);
  await expect.poll(waiting).toBeDefined();
  const { id, buttons, text } = waiting()!;
  expect(text).toMatch(/^Dateien lesen\n/);
  chat.press(id, buttons[0]!.data);
  const shown = () => chat.answers().find((message) => message.id === id)?.text ?? '';
  await expect
    .poll(shown)
    .toContain('/data/hr/akten.rar ist ein RAR-Archiv. Bitten Sie um die Dateien darin, entpackt.');
  chat.chat.messages.push({ ...waiting()!, id: 99_999, buttons });
  chat.press(99_999, buttons[0]!.data);
  await expect.poll(() => pinchy.telegram.stateOf(bot).answeredButtons.at(-1)?.text).toMatch(/schon/);
  await heard(chat, /^Ollama verlangt an dieser Adresse eine Anmeldung/);
  await agent({ ask_first: ['pinchy_ls'] });
});

test('the menu of commands is there in each language', () => {
  const menus = pinchy.telegram.calls.filter(({ method }) => method.toLowerCase() === 'setmycommands');
  const ofLanguage = (code: string | undefined) =>
    menus.find(({ payload }) => payload['language_code'] === code)?.payload['commands'];
  expect(JSON.stringify(ofLanguage(undefined))).toContain('Begin a new conversation');
  expect(JSON.stringify(ofLanguage('de'))).toContain('Eine neue Unterhaltung beginnen');
});
