import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMember } from '../../../test/create-test-app.ts';
import {
  connectBot,
  createAgent,
  createTelegramApp,
  pair,
  type TelegramApp,
} from '../../../test/telegram/telegram-app.ts';
import type { DoubleBot } from '../../../testkit/telegram-double/telegram-double.ts';
import { sourceList } from './source-list.ts';
import { texts } from './texts.ts';

let pinchy: TelegramApp;
let bot: DoubleBot;

beforeAll(async () => {
  pinchy = await createTelegramApp();
  await pinchy.listen();
  bot = pinchy.telegram.createBot('sources_bot');
  const agentId = await createAgent(pinchy.admin, 'Guide');
  mkdirSync(join(pinchy.dataRoot, 'hr'));
  writeFileSync(join(pinchy.dataRoot, 'hr', 'leave_[2026].md'), 'Employees have 27 days.\n');
  await pinchy.admin.request('PATCH', `/api/agents/${agentId}`, {
    allowedTools: ['pinchy_read'],
    pluginConfig: { allowed_paths: ['/data/hr'] },
  });
  await connectBot(pinchy.admin, agentId, bot);
});
afterAll(() => pinchy?.close());

test('what an answer rests on is listed below it, once, by name and place', async () => {
  const user = await createMember(pinchy.app, pinchy.admin);
  await pair(user, pinchy.telegram.chat(pinchy.mainBot, { id: 7_101 }));
  const chat = pinchy.telegram.chat(bot, { id: 7_101 });
  pinchy.model.respond(({ messages }) =>
    messages.at(-1)?.toolResults
      ? [{ text: 'It is 27 days [1], really [1]. Not [9].' }]
      : [{ toolCall: { name: 'pinchy_read', input: { path: '/data/hr/leave_[2026].md' } } }],
  );
  chat.say('How many?');
  await expect
    .poll(() => chat.answers().at(-1)?.text ?? '')
    .toBe('It is 27 days [1], really [1]. Not [9].\n\nSources:\n[1] leave_[2026].md, line 1');
});

test('names are no Markdown, and long lists are cut with a word', () => {
  const sources = Array.from({ length: 12 }, (_, index) => ({
    number: index + 1,
    path: `/data/a/*b* [x](evil) ${index}.md`,
    place: 'line 1',
    text: '',
  }));
  const list = sourceList(sources, texts) ?? '';
  expect(list).toContain('\\*b\\* \\[x\\]');
  expect(list.split('\n')).toHaveLength(10);
  expect(list).toContain('and 4 more');
  expect(sourceList([], texts)).toBeUndefined();
});
