import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createMember } from '../../../test/create-test-app.ts';
import {
  connectBot,
  createAgent,
  createTelegramApp,
  heard,
  pair,
  type TelegramApp,
} from '../../../test/telegram/telegram-app.ts';
import type { DoubleBot } from '../../../testkit/telegram-double/telegram-double.ts';
import { texts } from './texts.ts';

// What Telegram refuses for good: told once, and never in the way of what comes next.

let pinchy: TelegramApp;
let bot: DoubleBot;
let nextPerson = 21_000;

beforeAll(async () => {
  pinchy = await createTelegramApp();
  bot = pinchy.telegram.createBot('refusing_bot');
  await connectBot(pinchy.admin, await createAgent(pinchy.admin, 'Refused'), bot);
});
afterAll(() => pinchy?.close());
afterEach(() => {
  pinchy.telegram.refuseMessages(() => undefined);
  pinchy.model.respond([{ text: 'Hello.' }]);
});

async function linkedPerson() {
  const user = await createMember(pinchy.app, pinchy.admin);
  const id = nextPerson++;
  await pair(user, pinchy.telegram.chat(pinchy.mainBot, { id }));
  return pinchy.telegram.chat(bot, { id });
}

const shown = (chat: { answers(): { text: string }[] }) => chat.answers().map(({ text }) => text);

test('an answer in which there is nothing to see is told, and the next one comes', async () => {
  const chat = await linkedPerson();
  pinchy.model.respond([{ text: '\u200b\u2060' }]);
  chat.say('first');
  await heard(chat, texts.empty);
  pinchy.model.respond([{ text: 'The second answer.' }]);
  chat.say('second');
  await heard(chat, 'The second answer.');
  expect(shown(chat)).toEqual([texts.empty, 'The second answer.']);
});

test.each([
  { code: 400, description: 'Bad Request: text must be non-empty' },
  { code: 400, description: 'Bad Request: not enough rights to send text messages to the chat' },
  { code: 403, description: 'Forbidden: this user does not take such messages' },
  { code: 413, description: 'Request Entity Too Large' },
])('an answer that Telegram refuses ($description) is given up once, and the next one comes', async (refusal) => {
  const chat = await linkedPerson();
  pinchy.telegram.refuseMessages((text) => (text.includes('lobster') ? refusal : undefined));
  pinchy.model.respond([{ text: `A lobster. ${'And more of it. '.repeat(600)}Still a lobster.` }]);
  chat.say('first');
  await heard(chat, texts.refusedByTelegram);
  pinchy.model.respond([{ text: 'The second answer.' }]);
  chat.say('second');
  await heard(chat, 'The second answer.');
  expect(shown(chat).filter((text) => text === texts.refusedByTelegram)).toHaveLength(1);
  // The parts that were not refused are there.
  expect(shown(chat).some((text) => text.startsWith('And more of it.'))).toBe(true);
});

test('where nothing at all may be written for a while, later answers come', async () => {
  const chat = await linkedPerson();
  pinchy.telegram.refuseMessages(() => ({ code: 400, description: 'Bad Request: need administrator rights' }));
  chat.say('first');
  await expect
    .poll(() => pinchy.telegram.calls.filter((call) => call.payload['text'] === texts.refusedByTelegram))
    .not.toEqual([]);
  pinchy.telegram.refuseMessages(() => undefined);
  pinchy.model.respond([{ text: 'The second answer.' }]);
  chat.say('second');
  await heard(chat, 'The second answer.');
});

test('formatting that is refused is left out where it stands, not everywhere', async () => {
  const chat = await linkedPerson();
  pinchy.telegram.refuseMessages((text, isHtml) => {
    const at = text.indexOf('<i>');
    if (!isHtml || at < 0) return undefined;
    return {
      code: 400,
      description: `Bad Request: can't parse entities: Unsupported start tag "i" at byte offset ${Buffer.byteLength(text.slice(0, at))}`,
    };
  });
  pinchy.model.respond([{ text: 'Ä **bold** word, an *italic* one, `code` and [a link](https://example.com/x).' }]);
  chat.say('x');
  await heard(chat, /^Ä bold word, an italic one/);
  expect(chat.answers()[0]!.html).toBe(
    'Ä <b>bold</b> word, an italic one, <code>code</code> and <a href="https://example.com/x">a link</a>.',
  );
});

test('an address that is refused costs the links, not the rest', async () => {
  const chat = await linkedPerson();
  pinchy.telegram.refuseMessages((text, isHtml) =>
    isHtml && text.includes('<a ') ? { code: 400, description: 'Bad Request: wrong HTTP URL specified' } : undefined,
  );
  pinchy.model.respond([{ text: 'A **bold** word and [a link](https://example.com/x).' }]);
  chat.say('x');
  await heard(chat, 'A bold word and a link.');
  expect(chat.answers()[0]!.html).toBe('A <b>bold</b> word and a link.');
});
