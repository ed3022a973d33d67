import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLogger } from '../../server/platform/logger.ts';
import { startModelDouble, type ModelDouble } from '../../testkit/model-double.ts';
import { connectClient } from '../chat/chat-client.ts';
import {
  createAdmin,
  createMember,
  createTestApp,
  request,
  testPassword,
  type TestApp,
  type TestUser,
} from '../create-test-app.ts';
import { auditRows, refuseAuditEvent } from '../test-database.ts';

// The log is kept at level trace and read line by line: what a person said or typed, and every secret, stays out of it.

const lines: string[] = [];
const log = () => lines.join('\n');
let server: TestApp;
let admin: TestUser;
let member: TestUser;
let double: ModelDouble;
let address: string;
const apiKey = 'sk-ant-very-secret-key-of-the-company-0001';
const said = 'The merger with Lobster Holdings is on Friday';

beforeAll(async () => {
  double = await startModelDouble({ kind: 'anthropic', apiKey });
  server = await createTestApp({
    environment: { ANTHROPIC_BASE_URL: double.url },
    onLogLine: (line) => lines.push(line),
  });
  address = await server.listen();
  admin = await createAdmin(server.app);
  await admin.request('POST', '/api/settings/providers', { provider: 'anthropic', apiKey });
  member = await createMember(server.app, admin);
});
afterAll(async () => {
  await server?.close();
  await double?.close();
});

async function say(text: string): Promise<void> {
  const [agent] = (await member.request('GET', '/api/agents')).body;
  const client = await connectClient(`${address.replace('http', 'ws')}/api/ws`, { cookie: member.cookie });
  client.say(agent.id, text);
  await client.next('complete', undefined, 20_000);
  await client.close();
}

const secrets = () => [
  apiKey,
  'very-secret',
  testPassword,
  'new horse battery staple',
  said,
  'Lobster Holdings',
  'They talk about crustaceans',
  admin.cookie.split('=')[1]!,
  member.cookie.split('=')[1]!,
  member.email,
  'setting-value-4711',
];

function expectNoSecret(text: string): void {
  for (const secret of secrets())
    expect(
      text.includes(secret),
      `${secret} shows in ${text.slice(Math.max(0, text.indexOf(secret) - 300), text.indexOf(secret) + 20)}`,
    ).toBe(false);
}

describe('the log at level trace', () => {
  test('a chat, a sign-in, and changes of settings and passwords leave no secret and no word of what was said', async () => {
    double.respond([{ text: 'They talk about crustaceans.' }]);
    await say(said);
    await admin.request('POST', '/api/settings', { key: 'mail_api_key', value: 'setting-value-4711' });
    await request(server.app, 'POST', '/api/auth/sign-in/email', { body: { email: member.email, password: 'wrong' } });
    await request(server.app, 'POST', '/api/auth/sign-in/email', {
      body: { email: member.email, password: testPassword },
    });
    expectNoSecret(log());
  });

  test.each([
    [[{ error: 'auth' }]],
    [[{ error: 'server' }]],
    [[{ error: 'context-too-long' }]],
    [[{ text: 'They talk about crustaceans' }, { garbage: `data: {"x": "${said}\n\n` }, { drop: true }]],
    [[{ text: 'They talk about crustaceans' }, { drop: true }]],
  ] as const)('a provider that fails with %j', async (script) => {
    const before = lines.length;
    double.respond([...script]);
    await say(said);
    expect(lines.length).toBeGreaterThan(before);
    expectNoSecret(log());
  });

  test('a database that refuses: the parameters of the query stay out', async () => {
    const restore: (() => Promise<void>)[] = [];
    for (const type of ['user.password_changed', 'settings.updated', 'conversation.created', 'auth.login'])
      restore.push(await refuseAuditEvent(server.databaseUrl, type));
    const before = lines.length;
    const change = { currentPassword: testPassword, newPassword: 'new horse battery staple' };
    const answers = [
      await admin.request('POST', '/api/settings', { key: 'mail_host', value: 'setting-value-4711' }),
      await member.request('POST', '/api/users/me/password', change),
      await request(server.app, 'POST', '/api/auth/sign-in/email', {
        body: { email: member.email, password: testPassword },
      }),
    ];
    const [agent] = (await member.request('GET', '/api/agents')).body;
    answers.push(await member.request('POST', `/api/agents/${agent.id}/chats`, { title: said }));
    for (const undo of restore) await undo();
    expect(answers.map(({ status }) => status)).toEqual([500, 500, 500, 500]);
    expect(lines.length).toBeGreaterThanOrEqual(before + 4);
    for (const { text } of answers) {
      expectNoSecret(text);
      expect(text).not.toMatch(/insert|select|params|node_modules/i);
    }
    expectNoSecret(log());
  });

  test('a broken packet: the cookie in it stays out', async () => {
    const before = lines.length;
    const socket = createConnection(Number(new URL(address).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.end(`GET /api/agents HTTP/1.1\r\nHost: x\r\nCookie: ${member.cookie}\r\nBroken header\r\n\r\n`);
    await expect.poll(() => lines.length).toBeGreaterThan(before);
    await sleep(50);
    expectNoSecret(log());
  });
});

test('metrics and the trail hold none of it either', async () => {
  const metrics = await server.app.inject({ url: '/metrics' });
  expect(metrics.statusCode).toBe(200);
  expectNoSecret(metrics.body);
  expect(metrics.body).not.toMatch(/[\da-f]{8}-[\da-f]{4}-/);
  expectNoSecret(JSON.stringify(await auditRows(server.databaseUrl)));
});

test('an error is described by what is named, whatever hangs on it and under whatever name it is logged', () => {
  const written: string[] = [];
  const logger = createLogger('trace', { write: (line: string) => void written.push(line) });
  const fault = Object.assign(
    new Error(`Failed query: insert into "x" values ($1)\nparams: ${said},${apiKey}`, {
      cause: Object.assign(
        new Error(`POST https://api.telegram.org/bot123456:AAH-${'x'.repeat(30)}/getMe?key=${apiKey} failed`),
        { code: 'ECONNRESET' },
      ),
    }),
    {
      rawPacket: Buffer.from(apiKey),
      requestBodyValues: undefined,
      detail: `Key (email)=(${said})`,
      headers: { 'x-api-key': apiKey },
    },
  );
  logger.warn({ reason: fault, id: 'kept' }, 'under another name');
  logger.error(fault);
  const text = written.join('\n');
  expect(text).toContain('kept');
  expect(text).toContain('ECONNRESET');
  expect(text).toContain('secrets.test.ts');
  for (const secret of [apiKey, said, 'AAH-', Buffer.from(apiKey).toJSON().data.join(',')])
    expect(text.includes(secret), secret).toBe(false);
});
