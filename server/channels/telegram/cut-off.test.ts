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

test('what was asked in a topic of the chat is answered there, and beside them once that one is gone', async () => {
  const user = await createMember(pinchy.app, pinchy.admin);
  await pair(user, pinchy.telegram.chat(pinchy.mainBot, { id: 7_002 }));
  const chat = pinchy.telegram.chat(bot, { id: 7_002 });
  const topicOf = (text: string) => chat.answers().find((answer) => answer.text === text)?.topic;
  pinchy.model.respond([{ text: 'In the topic.' }]);
  chat.sayIn(41, 'Where are you?');
  await heard(chat, 'In the topic.');
  expect(topicOf('In the topic.')).toBe(41);
  pinchy.model.respond([{ text: 'In the other.' }]);
  chat.sayIn(42, '/new');
  await expect.poll(() => chat.answers().at(-1)?.topic).toBe(42);
  chat.sayIn(42, 'And here?');
  await heard(chat, 'In the other.');
  expect(topicOf('In the other.')).toBe(42);

  pinchy.model.respond([{ wait: 300 }, { text: 'It is gone.' }]);
  chat.sayIn(43, 'And now?');
  chat.chat.topics.delete(43);
  await heard(chat, 'It is gone.');
  expect(topicOf('It is gone.')).toBeUndefined();
  pinchy.model.respond([{ text: 'In none.' }]);
  chat.say('And in none?');
  await heard(chat, 'In none.');
  expect(topicOf('In none.')).toBeUndefined();
});

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
