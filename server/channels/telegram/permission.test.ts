import { afterAll, beforeAll, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { createMember, type TestUser } from '../../../test/create-test-app.ts';
import { createLicenceKeys } from '../../../test/licence-keys.ts';
import {
  connectBot,
  createAgent,
  createTelegramApp,
  heard,
  pair,
  type TelegramApp,
} from '../../../test/telegram/telegram-app.ts';
import type { DoubleBot, PersonInChat } from '../../../testkit/telegram-double/telegram-double.ts';
import { messages } from '../../db/schema/index.ts';

// Who may use an agent is asked at each message. Every change is made as an admin makes it.

let pinchy: TelegramApp;
let agentId: string;
let bot: DoubleBot;
let groupId: string;
let nextPerson = 6_000;

beforeAll(async () => {
  const keys = await createLicenceKeys();
  pinchy = await createTelegramApp({
    environment: { PINCHY_LICENSE_PUBLIC_KEY: keys.publicKey, PINCHY_ENTERPRISE_KEY: await keys.sign() },
  });
  agentId = await createAgent(pinchy.admin, 'Support');
  bot = pinchy.telegram.createBot('support_bot');
  expect((await connectBot(pinchy.admin, agentId, bot)).status).toBe(200);
  groupId = (await pinchy.admin.request('POST', '/api/groups', { name: 'Desk' })).body.id;
});
afterAll(() => pinchy?.close());

async function linkedPerson(role: 'admin' | 'member' = 'member') {
  const user = await createMember(pinchy.app, pinchy.admin, { role });
  const id = nextPerson++;
  await pair(user, pinchy.telegram.chat(pinchy.mainBot, { id }));
  return { user, chat: pinchy.telegram.chat(bot, { id }) };
}

/** Says something and waits for the next answer. */
async function say(chat: PersonInChat, text: string): Promise<string> {
  const before = chat.answers().length;
  chat.say(text);
  await expect.poll(() => chat.answers()[before]?.text).toMatch(/[.!]$/);
  return chat.answers()[before]!.text;
}

async function change(method: 'PATCH' | 'PUT' | 'POST' | 'DELETE', url: string, body?: object): Promise<void> {
  const answer = await pinchy.admin.request(method, url, body);
  expect([url, answer.status]).toEqual([url, 200]);
}
const restrictTo = (groupIds: string[]) =>
  change('PATCH', `/api/agents/${agentId}`, { visibility: 'restricted', groupIds });
const membersOf = (user?: TestUser) =>
  change('PUT', `/api/groups/${groupId}/members`, { userIds: user ? [user.id] : [] });

test.each<[string, (user: TestUser) => Promise<void>, (user: TestUser) => Promise<void>]>([
  [
    'demoted',
    async (user) => {
      await change('PATCH', `/api/users/${user.id}`, { role: 'admin' });
      await restrictTo([]);
    },
    (user) => change('PATCH', `/api/users/${user.id}`, { role: 'member' }),
  ],
  [
    'taken out of the group',
    async (user) => {
      await membersOf(user);
      await restrictTo([groupId]);
    },
    () => membersOf(),
  ],
  [
    'in a group that lost the agent',
    async (user) => {
      await membersOf(user);
      await restrictTo([groupId]);
    },
    () => restrictTo([]),
  ],
  [
    'deactivated',
    () => change('PATCH', `/api/agents/${agentId}`, { visibility: 'all', groupIds: [] }),
    (user) => change('DELETE', `/api/users/${user.id}`),
  ],
])('whoever is %s is refused at the next message, which goes nowhere', async (name, allow, end) => {
  const { user, chat } = await linkedPerson();
  await allow(user);
  expect(await say(chat, `before: ${name}`)).toBe('Hello.');
  const asked = pinchy.model.requests.length;
  await end(user);
  const answer = await say(chat, `after: ${name}`);
  expect(answer).toMatch(/cannot help you here/);
  expect(answer).not.toMatch(/Support|agent/i);
  expect(pinchy.model.requests).toHaveLength(asked);
  const stored = await pinchy.services.database.db
    .select()
    .from(messages)
    .where(eq(messages.content, `after: ${name}`));
  expect(stored).toEqual([]);
  await change('PATCH', `/api/agents/${agentId}`, { visibility: 'all', groupIds: [] });
});

test('an answer that grows while the right to read it ends is not sent on', async () => {
  const { user, chat } = await linkedPerson();
  pinchy.model.respond([{ text: 'The first sentence here. ' }, { wait: 1_500 }, { text: 'The secret second one.' }]);
  chat.say('slowly');
  await heard(chat, 'The first sentence here.');
  await change('DELETE', `/api/users/${user.id}`);
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(
    chat
      .answers()
      .map((message) => message.text)
      .join(),
  ).not.toContain('secret');
});
