import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMember } from '../../../test/create-test-app.ts';
import {
  askForCode,
  connectBot,
  createAgent,
  createTelegramApp,
  type TelegramApp,
} from '../../../test/telegram/telegram-app.ts';
import type { DoubleBot } from '../../../testkit/telegram-double/telegram-double.ts';

// Real: the server, PostgreSQL. Doubled: Telegram and the model.

let pinchy: TelegramApp;
let bot: DoubleBot;

beforeAll(async () => {
  pinchy = await createTelegramApp();
  await pinchy.listen();
  bot = pinchy.telegram.createBot('frugal_bot');
  await connectBot(pinchy.admin, await createAgent(pinchy.admin, 'Frugal'), bot);
  await pinchy.admin.request('POST', '/api/budgets', {
    ...{ scope: 'organisation', unit: 'tokens', amount: '10', period: 'day' },
  });
});
afterAll(() => pinchy?.close());

test.each([
  ['en', 'Your organisation’s budget leaves no room for this answer. It starts anew on '],
  ['de', 'Das Budget Ihrer Organisation lässt keinen Raum für diese Antwort. Es beginnt neu am '],
  ['fr', 'Le budget de votre organisation ne laisse pas de place pour cette réponse. Il repart à zéro le '],
  ['es', 'El presupuesto de su organización no deja margen para esta respuesta. Empieza de nuevo el '],
])('a budget that is used up is told in words (%s), and the model is not asked', async (languageCode, words) => {
  const user = await createMember(pinchy.app, pinchy.admin);
  const person = { id: 52_000 + languageCode.charCodeAt(0) * 300 + languageCode.charCodeAt(1), languageCode };
  const main = pinchy.telegram.chat(pinchy.mainBot, person);
  const code = await askForCode(main, '/start');
  expect((await user.request('POST', '/api/settings/telegram', { code })).status).toBe(200);
  const chat = pinchy.telegram.chat(bot, person);
  const before = pinchy.model.requests.filter((request) => request.chat).length;
  chat.say('How much is left?');
  await expect.poll(() => chat.answers().some(({ text }) => text.includes(words))).toBe(true);
  expect(pinchy.model.requests.filter((request) => request.chat).length).toBe(before);
});
