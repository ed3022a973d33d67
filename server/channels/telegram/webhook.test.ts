import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMember, request } from '../../../test/create-test-app.ts';
import {
  createTelegramApp,
  heard,
  pair,
  personalAgentOf,
  type TelegramApp,
} from '../../../test/telegram/telegram-app.ts';
import { webhookSecret } from './bot-api.ts';

let pinchy: TelegramApp;
let url: string;
const domain = 'pinchy.example.com';

beforeAll(async () => {
  pinchy = await createTelegramApp({ environment: { TRUSTED_PROXIES: '127.0.0.1' } });
  url = await pinchy.listen();
});
afterAll(() => pinchy?.close());

const over = (method: 'GET' | 'PUT' | 'POST', path: string, body?: unknown, headers: Record<string, string> = {}) =>
  request(pinchy.app, method, path, {
    cookie: pinchy.admin.cookie,
    headers: { host: domain, 'x-forwarded-proto': 'https', ...headers },
    ...(body !== undefined && { body }),
  });
const status = async (agentId: string) => (await over('GET', `/api/agents/${agentId}/channels/telegram`)).body;
const webhook = () => pinchy.telegram.stateOf(pinchy.mainBot).webhook;

test('while a domain is locked Telegram delivers; without it Pinchy asks again', async () => {
  const chat = pinchy.telegram.chat(pinchy.mainBot, { id: 1 });
  const user = await createMember(pinchy.app, pinchy.admin);
  await pair(user, chat);
  const agentId = await personalAgentOf(pinchy.admin);

  expect((await over('PUT', '/api/settings/domain', { lockedDomain: domain })).status).toBe(200);
  await expect.poll(async () => (await status(agentId)).state).toBe('degraded');
  expect((await status(agentId)).reason).toMatch(/cannot deliver to https:\/\/pinchy\.example\.com.*resolve host/);

  pinchy.telegram.routeHost(domain, url);
  await expect.poll(webhook).toEqual({
    url: `https://${domain}/api/channels/telegram/${pinchy.mainBot.id}`,
    secret: webhookSecret(pinchy.mainBot.token),
  });
  chat.say('over the webhook');
  await heard(chat, 'Hello.');
  await expect.poll(async () => (await status(agentId)).state).toBe('ok');
  expect(pinchy.telegram.stateOf(pinchy.mainBot).isPolled).toBe(false);

  expect((await over('PUT', '/api/settings/domain', { lockedDomain: null })).status).toBe(200);
  await expect.poll(webhook).toBeUndefined();
  chat.say('polled again');
  await expect.poll(() => chat.answers().filter((message) => message.text === 'Hello.').length).toBe(2);
});

test('deliveries without the secret of the very bot are refused', async () => {
  const update = { update_id: 5, message: { message_id: 1 } };
  const deliver = (botId: number | string, headers: Record<string, string>, body: unknown = update) =>
    request(pinchy.app, 'POST', `/api/channels/telegram/${botId}`, { body, headers });
  const header = 'x-telegram-bot-api-secret-token';
  expect((await deliver(pinchy.mainBot.id, {})).status).toBe(403);
  expect((await deliver(pinchy.mainBot.id, { [header]: 'x'.repeat(43) })).status).toBe(403);
  const secret = webhookSecret(pinchy.mainBot.token);
  expect((await deliver(424_242, { [header]: secret })).status).toBe(404);
  expect((await deliver('not-a-bot', { [header]: secret })).status).toBe(400);
  expect((await deliver(pinchy.mainBot.id, { [header]: secret }, { message: {} })).status).toBe(400);
  const hostile = { update_id: 6, message: { message_id: 1, date: 1, chat: { id: 'x' }, text: 'a\0b', from: null } };
  expect((await deliver(pinchy.mainBot.id, { [header]: secret }, hostile)).status).toBeLessThan(500);
  expect((await deliver(pinchy.mainBot.id, { [header]: secret })).status).toBe(200);
});

test('a webhook that another program changes shows as degraded and is set again', async () => {
  const agentId = await personalAgentOf(pinchy.admin);
  await over('PUT', '/api/settings/domain', { lockedDomain: domain });
  await expect.poll(webhook).toBeDefined();
  const elsewhere = { url: 'https://elsewhere.example', secret_token: 'x' };
  pinchy.telegram.routeHost('elsewhere.example', 'http://127.0.0.1:9');
  for (let count = 0; count < 3; count++) {
    await fetch(`${pinchy.telegram.url}/bot${pinchy.mainBot.token}/setWebhook`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(elsewhere),
    });
    await expect.poll(() => webhook()?.url).toContain(domain);
  }
  await expect.poll(async () => (await status(agentId)).state).toBe('ok');
});
