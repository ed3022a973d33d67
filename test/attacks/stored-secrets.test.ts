import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Endpoint } from '../../contract/endpoint.ts';
import { endpoints } from '../../contract/endpoints.ts';
import { createBackup } from '../../server/cli/backup/create-backup.ts';
import { startModelDouble, type ModelDouble } from '../../testkit/model-double.ts';
import { connectClient } from '../chat/chat-client.ts';
import { cookieOf, createMember, request, testPassword, type TestAnswer, type TestUser } from '../create-test-app.ts';
import { createLicenceKeys } from '../licence-keys.ts';
import { askForCode, createTelegramApp, type TelegramApp } from '../telegram/telegram-app.ts';
import { query } from '../test-database.ts';

// One of every secret, put in through the real doors; then everything that comes out is searched for all of them.

const keys = {
  ENCRYPTION_KEY: 'the encryption key of this very test..',
  BETTER_AUTH_SECRET: 'the sign-in secret of this very test..',
  AUDIT_HMAC_SECRET: 'the audit secret of this very test.....',
};
const outside = {
  METRICS_TOKEN: 'the metrics token of this test',
  OPENCLAW_TOKEN: 'the gateway token of this very test...',
};

describe.each(['native', 'openclaw'])('with the runtime %s', (runtime) => {
  const lines: string[] = [];
  const secrets: Record<string, string> = { ...outside };
  let pinchy: TelegramApp;
  let anthropic: ModelDouble;
  let member: TestUser;

  beforeAll(async () => {
    secrets['provider key'] = 'sk-ant-the-secret-key-of-the-company-4711';
    anthropic = await startModelDouble({ kind: 'anthropic', apiKey: secrets['provider key'] });
    const licence = await createLicenceKeys();
    secrets['licence'] = await licence.sign();
    pinchy = await createTelegramApp({
      onLogLine: (line) => lines.push(line),
      environment: {
        ...keys,
        ...outside,
        ANTHROPIC_BASE_URL: anthropic.url,
        AGENT_RUNTIME: runtime,
        OPENCLAW_URL: 'ws://127.0.0.1:1',
        PINCHY_LICENSE_PUBLIC_KEY: licence.publicKey,
      },
    });
    await putSecretsIn();
  });
  afterAll(async () => {
    await pinchy?.close();
    await anthropic?.close();
  });

  async function putSecretsIn(): Promise<void> {
    const { admin, app } = pinchy;
    const ok = async (asked: Promise<TestAnswer>) => {
      const answer = await asked;
      expect(answer.status, answer.text).toBeLessThan(300);
      return answer;
    };
    const post = (url: string, body: object) => ok(admin.request('POST', url, body));
    secrets['bot token'] = pinchy.mainBot.token;
    secrets['Odoo key'] = 'odoo-key-of-the-company-0815';
    secrets['search key'] = 'brave-key-of-the-company-2342';
    secrets['setting'] = 'value-of-a-setting-called-api-key';
    await post('/api/settings/providers', { provider: 'anthropic', apiKey: secrets['provider key'] });
    const odoo = { url: 'https://8.8.8.8', db: 'd', login: 'l', apiKey: secrets['Odoo key'] };
    await post('/api/integrations', { type: 'odoo', name: 'Odoo', credentials: odoo });
    const search = { type: 'web-search', name: 'Brave', credentials: { apiKey: secrets['search key'] } };
    await post('/api/integrations', search);
    await post('/api/settings', { key: 'crm_api_key', value: secrets['setting'] });
    await ok(admin.request('PUT', '/api/enterprise/key', { key: secrets['licence'] }));
    member = await createMember(app, admin);
    secrets['invite'] = (await admin.request('POST', '/api/users/invite', { role: 'member' })).body.token;
    const other = await createMember(app, admin);
    secrets['reset'] = (await admin.request('POST', `/api/users/${other.id}/reset`)).body.token;
    const chat = pinchy.telegram.chat(pinchy.mainBot, { id: 77_001 });
    secrets['pairing code'] = await askForCode(chat);
    secrets['password'] = testPassword;
    const signIn = { email: member.email, password: testPassword };
    const session = await ok(request(app, 'POST', '/api/auth/sign-in/email', { body: signIn }));
    secrets['session'] = decodeURIComponent(cookieOf(session).split('=')[1]!).split('.')[0]!;
    const [agent] = (await member.request('GET', '/api/agents')).body;
    const client = await connectClient(`${(await app.listen({ port: 0 })).replace('http', 'ws')}/api/ws`, {
      cookie: member.cookie,
    });
    client.say(agent.id, 'Hello');
    await client.next('complete', undefined, 20_000);
    await client.close();
  }

  function expectNone(text: string, where: string, allowed: string[] = []): void {
    for (const [name, secret] of Object.entries({ ...secrets, ...keys }))
      if (!allowed.includes(name)) expect(text.includes(secret), `${name} in ${where}`).toBe(false);
  }

  test('there is one of each', () => {
    expect(Object.keys(secrets)).toHaveLength(13);
    for (const [name, secret] of Object.entries(secrets)) expect(secret.length, name).toBeGreaterThanOrEqual(8);
  });

  test('no table of the database holds one that can be read', async () => {
    const tables = await query<{ name: string }>(
      pinchy.databaseUrl,
      `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    expect(tables.length).toBeGreaterThan(20);
    for (const { name } of tables) {
      const rows = await query(pinchy.databaseUrl, `select row::text as text from ${name} as row`);
      // A session's token is worth nothing without the signature, whose key is not here.
      expectNone(JSON.stringify(rows), name, name === 'public.sessions' ? ['session'] : []);
    }
  });

  test('no answer to an admin, no metric, no entry or export of the trail and no line of the log does either', async () => {
    const agents = (await pinchy.admin.request('GET', '/api/agents')).body as { id: string; ownerId: string }[];
    const agent = agents.find(({ ownerId }) => ownerId === pinchy.admin.id);
    const needed: Record<string, string> = {
      '/api/conversations/search': 'q=e',
      '/api/users/me/budgets': `agentId=${agent?.id}`,
    };
    for (const { method, path } of (Object.values(endpoints) as Endpoint[]).filter((each) => each.method === 'GET')) {
      const url = path.replaceAll(/:\w+/g, () => crypto.randomUUID());
      const asked = needed[path] ? `${url}?${needed[path]}` : url;
      const { text, status } = await pinchy.admin.request(method, asked);
      if (!path.includes(':')) expect([200, 503], url).toContain(status);
      expectNone(text, url);
    }
    const connections = (await pinchy.admin.request('GET', '/api/integrations')).body as { id: string }[];
    for (const { id } of connections)
      expectNone((await pinchy.admin.request('GET', `/api/integrations/${id}`)).text, 'a connection');
    const headers = { authorization: `Bearer ${outside.METRICS_TOKEN}` };
    const metrics = await pinchy.app.inject({ url: '/metrics', headers });
    expect(metrics.statusCode).toBe(200);
    expectNone(metrics.body, 'metrics');
    for (const wrong of ['Bearer x', `Bearer ${outside.METRICS_TOKEN}x`, outside.METRICS_TOKEN])
      expect((await pinchy.app.inject({ url: '/metrics', headers: { authorization: wrong } })).statusCode).toBe(403);
    expect(lines.length).toBeGreaterThan(0);
    expectNone(lines.join('\n'), 'the log');
  });

  test('a backup holds the keys and what they open, in a file of its owner’s, and nothing that lets anybody in', async () => {
    const file = join(pinchy.home, 'backup.tar.gz');
    const environment = { PINCHY_HOME: pinchy.home, DATABASE_URL: pinchy.databaseUrl, ...keys, ...outside };
    await createBackup({ environment, file });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const content = gunzipSync(await readFile(file)).toString('latin1');
    expectNone(content, 'the backup', Object.keys(keys));
    for (const [name, key] of Object.entries(keys)) expect(content.split(key), name).toHaveLength(2);
    expect(content).toMatch(/secrets\/encryption-key/);
    expect(content).not.toMatch(/database\/(sessions|rate_limits)\//);
  });
});
