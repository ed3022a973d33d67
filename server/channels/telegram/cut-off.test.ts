import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMember } from '../../../test/create-test-app.ts';
import {
  connectBot,
  createAgent,
  createTelegramApp,
  heard,
  pair,
  type TelegramApp,
} from '../../../test/telegram/telegram-app.ts';
import type { Script } from '../../../testkit/model-double.ts';
import type { DoubleBot } from '../../../testkit/telegram-double/telegram-double.ts';

let pinchy: TelegramApp;
let bot: DoubleBot;

beforeAll(async () => {
  pinchy = await createTelegramApp();
  await pinchy.listen();
  bot = pinchy.telegram.createBot('support_bot');
  await connectBot(pinchy.admin, await createAgent(pinchy.admin, 'Support'), bot);
});
afterAll(() => pinchy?.close());

test('an answer that is not whole says so, and what to do', async () => {
  const user = await createMember(pinchy.app, pinchy.admin);
  await pair(user, pinchy.telegram.chat(pinchy.mainBot, { id: 7_001 }));
  const chat = pinchy.telegram.chat(bot, { id: 7_001 });
  const cases: [Script, RegExp][] = [
    [[{ text: 'The first half' }, { finish: 'length' }], /cut off.*“go on”/],
    [[{ thinking: 'Hm.' }, { finish: 'length' }], /cut off.*“go on”/],
  ];
  for (const [index, [script, says]] of cases.entries()) {
    pinchy.model.respond(script);
    chat.say(`Question ${index}`);
    await expect.poll(() => chat.answers().at(-1)?.text ?? '').toMatch(says);
    // Nothing of it is empty, and it is said once.
    pinchy.model.respond([{ text: `Whole ${index}.` }]);
    chat.say('go on');
    await heard(chat, `Whole ${index}.`);
    expect(chat.answers().at(-1)?.text).toBe(`Whole ${index}.`);
  }
  expect(chat.answers().filter(({ text }) => /cut off/.test(text))).toHaveLength(2);
});
