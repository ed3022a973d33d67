import { symlinkSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asc, eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createMember } from '../../../test/create-test-app.ts';
import {
  connectBot,
  createAgent,
  createTelegramApp,
  heard,
  pair,
  type TelegramApp,
} from '../../../test/telegram/telegram-app.ts';
import type { DoubleBot, PersonInChat } from '../../../testkit/telegram-double/telegram-double.ts';
import { conversations, messages, uploads } from '../../db/schema/index.ts';
import { texts } from './texts.ts';

// Whatever a person sends reaches the agent, or is told in a true sentence.

let pinchy: TelegramApp;
let bot: DoubleBot;
let files: string;
let nextPerson = 31_000;

beforeAll(async () => {
  files = mkdtempSync(join(tmpdir(), 'telegram-files-'));
  pinchy = await createTelegramApp({ environment: { TELEGRAM_FILES_ROOT: files } });
  bot = pinchy.telegram.createBot('reading_bot');
  await connectBot(pinchy.admin, await createAgent(pinchy.admin, 'Reader'), bot);
});
afterAll(async () => {
  await pinchy?.close();
  rmSync(files, { recursive: true, force: true });
});
afterEach(() => pinchy.model.respond([{ text: 'Hello.' }]));

async function linkedPerson() {
  const user = await createMember(pinchy.app, pinchy.admin);
  const id = nextPerson++;
  await pair(user, pinchy.telegram.chat(pinchy.mainBot, { id }));
  return { user, chat: pinchy.telegram.chat(bot, { id }) };
}

const db = () => pinchy.services.database.db;
async function asked(userId: string): Promise<string[]> {
  const rows = await db()
    .select({ content: messages.content, role: messages.role })
    .from(messages)
    .innerJoin(conversations, eq(conversations.id, messages.conversationId))
    .where(eq(conversations.userId, userId))
    .orderBy(asc(messages.position));
  return rows.filter(({ role }) => role === 'user').map(({ content }) => content);
}
const told = (chat: PersonInChat) => chat.answers().map(({ text }) => text);
/** Long enough for what would come to have come. */
const quiet = () => new Promise((resolve) => setTimeout(resolve, 700));

const date = Date.UTC(2026, 10, 3, 12) / 1_000;
const origin = {
  user: {
    type: 'user',
    date,
    sender_user: { id: 5, is_bot: false, first_name: 'Ada', last_name: 'Byron', username: 'ada' },
  },
  hidden: { type: 'hidden_user', date, sender_user_name: 'Grace' },
  channel: {
    type: 'channel',
    date,
    chat: { id: -1001, type: 'channel', title: 'News', username: 'news' },
    message_id: 7,
    author_signature: 'Ed',
  },
};
const photo = [{ file_id: 'x', file_unique_id: 'x', width: 1, height: 1 }];
const person = { id: 1, is_bot: false, first_name: 'Pat' };

describe('what reaches the agent', () => {
  const cases: Record<string, [content: Record<string, unknown>, said: string]> = {
    'addresses behind words': [
      {
        text: '🦞 See the offer [new] here: https://a.example',
        entities: [
          { type: 'bold', offset: 3, length: 3 },
          { type: 'text_link', offset: 7, length: 15, url: 'https://shop.example/a(1)' },
          { type: 'url', offset: 29, length: 17 },
        ],
      },
      '🦞 See [the offer \\[new\\]](<https://shop.example/a(1)>) here: https://a.example',
    ],
    'a reply with what it answers': [
      {
        text: 'Why?',
        reply_to_message: {
          message_id: 1,
          date,
          chat: { id: 1, type: 'private' },
          from: { id: 9, is_bot: true, first_name: 'b' },
          text: 'One.\nTwo.',
        },
      },
      'In reply to your message:\n> One.\n> Two.\n\nWhy?',
    ],
    'a reply with the words that were chosen': [
      {
        text: 'This one',
        reply_to_message: {
          message_id: 1,
          date,
          chat: { id: 1, type: 'private' },
          from: { id: 9, is_bot: true, first_name: 'b' },
          text: 'One. Two.',
        },
        quote: { text: 'Two.', position: 5, is_manual: true },
      },
      'In reply to your message:\n> Two.\n\nThis one',
    ],
    'a reply to something of another chat': [
      { text: 'True?', external_reply: { origin: origin.channel, photo }, quote: { text: 'It rains.', position: 0 } },
      'In reply to a message of the channel News, Ed (https://t.me/news/7):\n> It rains.\n\nTrue?',
    ],
    'a reply to a photo': [
      {
        text: 'Bigger',
        reply_to_message: {
          message_id: 1,
          date,
          chat: { id: 1, type: 'private' },
          from: person,
          photo,
          caption: 'Sofa',
        },
      },
      'In reply to a message of Pat:\n> Sofa\n> (a photo)\n\nBigger',
    ],
    'a forwarded message': [
      { text: 'Please order 5', forward_origin: origin.user },
      'Forwarded from Ada Byron (@ada), written on 2026-11-03:\n\nPlease order 5',
    ],
    'a forwarded command, which is not obeyed': [
      { text: '/new', forward_origin: origin.hidden },
      'Forwarded from Grace, written on 2026-11-03:\n\n/new',
    ],
    'a caption with its addresses, on what cannot be opened': [
      {
        voice: { file_id: 'v', file_unique_id: 'v', duration: 3 },
        caption: 'the call about it',
        caption_entities: [{ type: 'text_link', offset: 15, length: 2, url: 'https://x.example' }],
      },
      'the call about [it](https://x.example)\n\n(With a voice message, which cannot be opened here.)',
    ],
    'a place': [
      { location: { latitude: 48.2, longitude: 16.37 } },
      'Location: latitude 48.2, longitude 16.37 (https://www.openstreetmap.org/?mlat=48.2&mlon=16.37)',
    ],
    'a venue': [
      {
        location: { latitude: 48.2, longitude: 16.37 },
        venue: { location: { latitude: 48.2, longitude: 16.37 }, title: 'Café', address: 'Ring 1' },
      },
      'Place: Café, Ring 1\nLocation: latitude 48.2, longitude 16.37 (https://www.openstreetmap.org/?mlat=48.2&mlon=16.37)',
    ],
    'a contact': [
      {
        contact: {
          phone_number: '+43 1 23',
          first_name: 'Ada',
          last_name: 'Byron',
          vcard: 'BEGIN:VCARD\nVERSION:3.0\nFN:Ada Byron\nTEL:+43 1 23\nEMAIL:ada@example.com\nEND:VCARD',
        },
      },
      'Contact: Ada Byron, +43 1 23\nEMAIL:ada@example.com',
    ],
    'a poll': [
      {
        poll: {
          id: '1',
          question: 'Lunch?',
          type: 'regular',
          is_closed: true,
          options: [
            { text: 'Soup', voter_count: 2 },
            { text: 'Cake', voter_count: 0 },
          ],
        },
      },
      'Poll: Lunch?\n- Soup (2 votes)\n- Cake\nIt is closed.',
    ],
    'a checklist': [
      {
        checklist: {
          title: 'Trip',
          tasks: [
            { id: 1, text: 'Pack', completion_date: date },
            { id: 2, text: 'Go' },
          ],
        },
      },
      'Checklist: Trip\n- [x] Pack\n- [ ] Go',
    ],
    'a die': [{ dice: { emoji: '🎲', value: 4 } }, '🎲 4'],
  };
  test('of every kind', async () => {
    const { user, chat } = await linkedPerson();
    for (const [index, [content, said]] of Object.values(cases).entries()) {
      chat.post(content);
      // One after the other: only so many may wait for an answer.
      await expect.poll(async () => (await asked(user.id))[index]).toBe(said);
    }
    expect(told(chat)).toContain(texts.recording);
  }, 60_000);
});

test('service messages are passed over in silence, by strangers and in groups too', async () => {
  const { user, chat } = await linkedPerson();
  const stranger = pinchy.telegram.chat(bot, { id: nextPerson++ });
  const group = pinchy.telegram.group(bot, { id: nextPerson++ }, { id: -500, title: 'Team' });
  for (const content of [
    { pinned_message: { message_id: 1, date, chat: { id: 1, type: 'private' }, text: 'x' } },
    { message_auto_delete_timer_changed: { message_auto_delete_time: 60 } },
    { write_access_allowed: {} },
    { chat_background_set: { type: {} } },
    { new_chat_members: [person] },
    { boost_added: { boost_count: 1 } },
  ]) {
    chat.post(content);
    stranger.post(content);
    group.post(content);
  }
  chat.say('now a question');
  await heard(chat, 'Hello.');
  await quiet();
  expect(told(chat)).toEqual(['Hello.']);
  expect(await asked(user.id)).toEqual(['now a question']);
  expect(stranger.answers()).toEqual([]);
  expect(group.answers()).toEqual([]);
});

test('what cannot be taken is named', async () => {
  const { user, chat } = await linkedPerson();
  chat.post({ sticker: { file_id: 's', file_unique_id: 's', type: 'regular' } });
  chat.post({ story: { id: 1, chat: { id: 1, type: 'private' } } });
  chat.post({ something_of_next_year: {} });
  await heard(chat, texts.untaken('sticker'));
  await heard(chat, texts.untaken('story'));
  await heard(chat, texts.untaken('unknown'));
  expect(await asked(user.id)).toEqual([]);
});

describe('an edit', () => {
  test('is said again, once; one that changes nothing is passed over', async () => {
    const { user, chat } = await linkedPerson();
    const id = chat.post({ text: 'Order 5 chairs' });
    await heard(chat, 'Hello.');
    // Telegram tells of changes that nobody sees, such as a preview of an address.
    chat.edit(id, { text: 'Order 5 chairs' });
    chat.edit(id, { text: 'Order 6 chairs' });
    chat.edit(id, { text: 'Order 6 chairs' });
    chat.edit(id, { text: 'Order 5 chairs' });
    await expect.poll(() => asked(user.id)).toHaveLength(3);
    await quiet();
    expect(await asked(user.id)).toEqual([
      'Order 5 chairs',
      'I have edited a message. It says now:\n\nOrder 6 chairs',
      'I have edited a message. It says now:\n\nOrder 5 chairs',
    ]);
  });

  test('of a caption does not send the file again; a new file is sent', async () => {
    const { user, chat } = await linkedPerson();
    const bytes = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');
    chat.sendPhoto(bytes, { caption: 'Chair' });
    await heard(chat, 'Hello.');
    const id = chat.chat.messages.findLast((message) => message.from === 'person')!.id;
    const [first] = [...pinchy.telegram.stateOf(bot).files].slice(-1);
    const size = {
      file_id: first![0],
      file_unique_id: first![0].slice(0, 15),
      file_size: bytes.length,
      width: 1_280,
      height: 1,
    };
    chat.edit(id, { photo: [size], caption: 'Desk' });
    await expect.poll(() => asked(user.id)).toHaveLength(2);
    expect(await db().select().from(uploads).where(eq(uploads.userId, user.id))).toHaveLength(1);
    chat.edit(id, { photo: [{ ...size, file_unique_id: 'another' }], caption: 'Desk' });
    await expect.poll(() => asked(user.id)).toHaveLength(3);
    await expect.poll(() => db().select().from(uploads).where(eq(uploads.userId, user.id))).toHaveLength(2);
  });

  test('into a command is told, and a live location that moves is not', async () => {
    const { user, chat } = await linkedPerson();
    const id = chat.post({ text: 'stop' });
    await heard(chat, 'Hello.');
    chat.edit(id, { text: '/stop' });
    await heard(chat, texts.editedCommand);
    const place = { latitude: 1, longitude: 2, live_period: 900 };
    const live = chat.post({ location: place });
    chat.edit(live, { location: { ...place, latitude: 3 } });
    await expect.poll(() => asked(user.id)).toHaveLength(2);
    await quiet();
    expect(await asked(user.id)).toHaveLength(2);
  });
});

describe('one paste that Telegram split', () => {
  const words = (count: number) => Array.from({ length: count }, (_each, index) => `word${index}`).join(' ');
  const pastes: Record<string, string> = {
    'of words': words(2_500),
    'of lines': Array.from({ length: 1_500 }, (_each, index) => `Line ${index}.`).join('\n'),
    'without a place to cut': 'x'.repeat(9_000),
  };
  test.each(Object.keys(pastes))('%s is one question', async (name) => {
    const { user, chat } = await linkedPerson();
    chat.paste(pastes[name]!);
    await expect.poll(() => asked(user.id)).toHaveLength(1);
    await quiet();
    expect(await asked(user.id)).toEqual([pastes[name]]);
    expect(told(chat)).toEqual(['Hello.']);
  });

  test('ends where a command begins; two questions stay two', async () => {
    const { user, chat } = await linkedPerson();
    chat.paste(words(800));
    chat.say('/help');
    await heard(chat, texts.help);
    chat.say('short');
    chat.say('another');
    await expect.poll(() => asked(user.id)).toHaveLength(3);
    expect((await asked(user.id)).slice(1)).toEqual(['short', 'another']);
  });
});

describe('a file that cannot be fetched', () => {
  test('costs the file, never its caption', async () => {
    const { user, chat } = await linkedPerson();
    pinchy.telegram.fail('getFile', {
      code: 400,
      description: 'Bad Request: wrong file_id or the file is temporarily unavailable',
    });
    chat.sendDocument(Buffer.from('%PDF-1.7'), { filename: 'offer.pdf', caption: 'Is this good?' });
    await heard(chat, texts.fileRefused);
    await expect
      .poll(() => asked(user.id))
      .toEqual(['Is this good?\n\n(With the file offer.pdf, which could not be fetched.)']);
    pinchy.telegram.fail('getFile', { code: 400, description: 'Bad Request: file is too big' });
    chat.sendDocument(Buffer.from('%PDF-1.7'), { filename: 'bare.pdf' });
    await heard(chat, texts.tooLarge);
    expect(await asked(user.id)).toHaveLength(1);
  });
});

describe('a Bot API server with --local', () => {
  test('has its files read where they lie, and nowhere else', async () => {
    pinchy.telegram.keepFilesIn(files);
    const { user, chat } = await linkedPerson();
    chat.sendDocument(Buffer.from('name,legs\nlobster,10\n'), { filename: 'legs.csv', caption: 'Count them' });
    await heard(chat, 'Hello.');
    expect(await asked(user.id)).toEqual(['Count them']);
    expect(await db().select().from(uploads).where(eq(uploads.userId, user.id))).toMatchObject([{ size: 21 }]);

    const elsewhere = mkdtempSync(join(tmpdir(), 'elsewhere-'));
    writeFileSync(join(elsewhere, 'secret.txt'), 'secret');
    pinchy.telegram.keepFilesIn(elsewhere);
    chat.sendDocument(Buffer.from('x'), { filename: 'elsewhere.csv', caption: 'And this?' });
    await heard(chat, texts.fileRefused);
    pinchy.telegram.keepFilesIn(join(files, '..', elsewhere.split('/').at(-1)!));
    symlinkSync(elsewhere, join(files, 'linked'));
    pinchy.telegram.keepFilesIn(join(files, 'linked'));
    chat.sendDocument(Buffer.from('x'), { filename: 'linked.csv', caption: 'By a link?' });
    await expect.poll(() => asked(user.id)).toHaveLength(3);
    expect(await db().select().from(uploads).where(eq(uploads.userId, user.id))).toHaveLength(1);
    rmSync(elsewhere, { recursive: true });
  });
});
