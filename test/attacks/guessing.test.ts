import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startModelDouble, type ModelDouble } from '../../testkit/model-double.ts';
import { connectClient } from '../chat/chat-client.ts';
import {
  createAdmin,
  createMember,
  createTestApp,
  request,
  signIn,
  testPassword,
  type TestAnswer,
  type TestApp,
  type TestUser,
} from '../create-test-app.ts';
import { query } from '../test-database.ts';

// Everything at once, over both of two servers on one database: what is counted or used up there counts on both.

let one: TestApp;
let two: TestApp;
let double: ModelDouble;
let admin: TestUser;
const apiLimit = 300;
const messageLimit = 10;
beforeAll(async () => {
  double = await startModelDouble({ kind: 'ollama-local' });
  const environment = {
    RATE_LIMIT_API_PER_MINUTE: String(apiLimit),
    RATE_LIMIT_MESSAGES_PER_MINUTE: String(messageLimit),
    RATE_LIMIT_SIGN_IN_FAILURES_PER_ADDRESS: '1000',
  };
  one = await createTestApp({ environment });
  two = await createTestApp({ environment, databaseUrl: one.databaseUrl });
  admin = await createAdmin(one.app);
  await admin.request('POST', '/api/settings/providers', { provider: 'ollama-local', baseUrl: double.url });
  await Promise.all([one.listen(), two.listen()]);
});
afterAll(async () => {
  await two?.close();
  await one?.close();
  await double?.close();
});

const either = (index: number) => (index % 2 === 0 ? one : two).app;
const atOnce = (count: number, ask: (index: number) => Promise<TestAnswer>) =>
  Promise.all(Array.from({ length: count }, (_each, index) => ask(index)));
const tally = (answers: TestAnswer[]) => Object.groupBy(answers, ({ status }) => String(status));
// Without a session calls count for the address, which all tests share.
const forgetCalls = () => query(one.databaseUrl, `delete from rate_limits where key like 'api:%'`);

describe('guesses at a password', () => {
  test('at once, on both servers and in every spelling of the address, are ten', async () => {
    const member = await createMember(one.app, admin);
    const spellings = [member.email, member.email.toUpperCase(), ` ${member.email}`, `${member.email}\t`];
    const guess = (index: number) =>
      request(either(index), 'POST', '/api/auth/sign-in/email', {
        body: { email: spellings[index % spellings.length]!, password: `guess number ${index}` },
      });
    const answers = tally(await atOnce(40, guess));
    expect(answers['401']).toHaveLength(10);
    expect(answers['429']).toHaveLength(30);
    for (const app of [one.app, two.app]) await expect(signIn(app, member.email)).rejects.toThrow('429');
  });

  test('by a stolen session at the form that changes it are ten as well', async () => {
    const member = await createMember(one.app, admin);
    const guess = (index: number) =>
      request(either(index), 'POST', '/api/users/me/password', {
        cookie: member.cookie,
        body: { currentPassword: `guess number ${index}`, newPassword: 'a brand new password' },
      });
    const answers = tally(await atOnce(25, guess));
    expect(answers['401']).toHaveLength(10);
    expect(answers['429']).toHaveLength(15);
  });
});

describe('a link', () => {
  const claim = (index: number, body: object) => request(either(index), 'POST', '/api/invite/claim', { body });

  test('makes one account, however many claim it at once', async () => {
    await forgetCalls();
    const { token } = (await admin.request('POST', '/api/users/invite', { role: 'admin' })).body;
    const people = async () => (await query(one.databaseUrl, 'select id from users')).length;
    const before = await people();
    const answers = tally(
      await atOnce(8, (index) =>
        claim(index, { token, name: 'New', email: `${randomUUID()}@example.com`, password: testPassword }),
      ),
    );
    expect(answers['201']).toHaveLength(1);
    expect(answers['400']).toHaveLength(7);
    expect(await people()).toBe(before + 1);
  });

  test('sets one password, however many set theirs at once, and none afterwards', async () => {
    await forgetCalls();
    const member = await createMember(one.app, admin);
    const { token } = (await admin.request('POST', `/api/users/${member.id}/reset`)).body;
    const passwords = Array.from({ length: 6 }, (_each, index) => `the password of number ${index}`);
    const answers = await atOnce(6, (index) => claim(index, { token, password: passwords[index]! }));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 400, 400, 400, 400, 400]);
    const winner = answers.findIndex(({ status }) => status === 201);
    for (const [index, password] of passwords.entries()) {
      const answer = await request(one.app, 'POST', '/api/auth/sign-in/email', {
        body: { email: member.email, password },
      });
      expect(answer.status, password).toBe(index === winner ? 200 : 401);
    }
    expect((await claim(1, { token, password: 'and once more again' })).status).toBe(400);
  });

  test('is only itself: no other spelling of it, no part, no pattern', async () => {
    await forgetCalls();
    const { token } = (await admin.request('POST', '/api/users/invite', { role: 'member' })).body as { token: string };
    const flipped = token.replace(/[a-z]/i, (letter) =>
      letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
    );
    const others = [
      `${token}=`,
      `${token}%3D`,
      flipped,
      token.slice(0, -1),
      token.slice(1),
      `${token}A`,
      '%25',
      '_'.repeat(43),
    ];
    for (const other of [...others, `%20${token}`, `${token}%00`, 'null', 'undefined'])
      expect((await request(one.app, 'GET', `/api/invite/${other}`)).status, other).not.toBe(200);
    expect((await request(two.app, 'GET', `/api/invite/${token}`)).status).toBe(200);
  });

  test('is not found by guessing: ten tries at once, on both servers together', async () => {
    await forgetCalls();
    const guess = (index: number) =>
      claim(index, { token: randomUUID(), name: 'Guess', email: 'g@example.com', password: testPassword });
    const answers = tally(await atOnce(30, guess));
    expect(answers['400']?.length ?? 0).toBeLessThanOrEqual(10);
    expect(answers['429']!.length).toBeGreaterThanOrEqual(20);
  });
});

describe('what a person may do in a minute', () => {
  // A server counts in memory until it has heard of the other, which takes seconds at most.
  beforeAll(async () => {
    const shared = `select 1 from rate_limits where key like 'api:%'`;
    for (const server of [two, one]) {
      await forgetCalls();
      const isShared = async () => {
        await request(server.app, 'GET', '/api/templates', { cookie: admin.cookie });
        expect(await query(one.databaseUrl, shared)).not.toEqual([]);
      };
      await vi.waitFor(isShared, { timeout: 30_000, interval: 100 });
    }
  });

  test('counts calls at once over both servers', async () => {
    const busy = await createMember(one.app, admin);
    const answers = tally(
      await atOnce(apiLimit + 60, (index) => request(either(index), 'GET', '/api/templates', { cookie: busy.cookie })),
    );
    expect(answers['200']!.length).toBeLessThanOrEqual(apiLimit);
    expect(answers['429']!.length).toBeGreaterThanOrEqual(60);
  });

  test('counts messages over all sockets, agents and conversations at once', async () => {
    const talker = await createMember(one.app, admin);
    const create = async (name: string) =>
      (await admin.request('POST', '/api/agents', { name, templateId: 'custom' })).body.id as string;
    const agents = [await create('A'), await create('B'), await create('C')];
    const address = (app: TestApp) => `ws://127.0.0.1:${(app.app.server.address() as { port: number }).port}/api/ws`;
    const clients = await Promise.all(
      [one, two, one, two, one].map((app) => connectClient(address(app), { cookie: talker.cookie })),
    );
    for (let count = 0; count < 6; count++)
      for (const [index, client] of clients.entries()) client.say(agents[(index + count) % agents.length]!, 'Hello');
    const answered = () =>
      clients.reduce((sum, client) => sum + client.all('ack').length + client.all('error').length, 0);
    await expect.poll(answered).toBe(30);
    const acknowledged = clients.reduce((sum, client) => sum + client.all('ack').length, 0);
    expect(acknowledged).toBeLessThanOrEqual(messageLimit);
    expect(acknowledged).toBeGreaterThan(0);
    await Promise.all(clients.map((client) => client.close()));
  });
});
