import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import { braveKey, startBraveDouble } from '../../testkit/brave-double.ts';
import type { Script } from '../../testkit/model-double.ts';
import { startOdooDouble } from '../../testkit/odoo-double/odoo-double.ts';
import { startTelegramDouble } from '../../testkit/telegram-double/telegram-double.ts';
import { connectClient } from '../chat/chat-client.ts';
import { createMember, type TestUser } from '../create-test-app.ts';
import { createLicenceKeys, secondsFromNow } from '../licence-keys.ts';
import { connectOdoo } from '../odoo-fixture.ts';
import { quickTimings } from '../telegram/telegram-app.ts';
import { devices } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';

/** A product in which most of what can happen has happened once, for tests that look at what all pages say. */
export interface LivedIn {
  journey: Journey;
  member: TestUser;
  agentId: string;
  /** With tool calls that were made, refused and failed, an answer that was cut off, one that failed, and a call that waits. */
  chatId: string;
  shareId: string;
  inviteToken: string;
  /** What its people, agents, connections and documents are called: no word of any language. */
  names: RegExp;
  close(): Promise<void>;
}

/** People's words and names, and what is the same in every language: code, by whose it is. */
const namesWith = (tokens: string[]) =>
  new RegExp(
    [
      'Ada Admin|Mia Kern|Delta|Nordwind|Zeta|Initech|Quux|Azure Interior',
      // Models of the doubles, and the version of a test.
      'ollama-local|double-\\w+|nomic-embed-text|0\\.0\\.0-test',
      // The ends of bots’ tokens, by which they are known; and Thursday, in German.
      ...tokens.map((token) => `${token.slice(-4).replaceAll(/\W/g, '\\$&')}$`),
      '\\bDo\\.',
      // What the double of Odoo calls its database, its models and their fields; the trail keeps the fields as they are.
      '\\bproduction\\b|\\bContact\\b|Sales Order|Is a Company|^Name$|Employee|\\bname (?:und|et|y) is_company\\b',
      // Names of folders whose documents rank lower unless told otherwise, as an entry of the trail lists them.
      'archive, archives, archiv, ablage, alt, old, obsolete, superseded',
      // Settings of PostgreSQL and variables of the environment.
      'full_page_writes|synchronous_commit|\\bfsync\\b',
      // Addresses of mail, bots, documents and hosts.
      '[\\w.-]+@[\\w-]+\\.\\w+|@\\w+_bot\\b|/(?:data|workspace)/[^\\s,]*|\\b(?:quux|zeta)(?:\\.\\w+)?\\b|https?://\\S+|wiki\\.example\\.internal',
    ].join('|'),
    'gi',
  );

export async function startLivedIn(): Promise<LivedIn> {
  const keys = await createLicenceKeys();
  const [odoo, brave, telegram] = await Promise.all([
    startOdooDouble({ version: '18.0' }),
    startBraveDouble(),
    startTelegramDouble(),
  ]);
  const doubles = [odoo, brave, telegram];
  const journey = await startJourney(devices[0]!, {
    environment: {
      ALLOW_PRIVATE_URLS: '1',
      RATE_LIMIT_API_PER_MINUTE: '100000',
      BRAVE_API_URL: brave.url,
      TELEGRAM_API_ROOT: telegram.url,
      PINCHY_LICENSE_PUBLIC_KEY: keys.publicKey,
      PINCHY_ENTERPRISE_KEY: await keys.sign({ org: 'Nordwind', maxUsers: 50, exp: secondsFromNow(40 * 86_400) }),
    },
    telegramTimings: quickTimings,
  });
  const { admin, server, model } = journey;
  const ask = async (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown) => {
    const answer = await admin.request(method, path, body);
    if (answer.status >= 400) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
    return answer.body;
  };
  const directory = join(server.dataRoot, 'zeta');
  mkdirSync(directory);
  writeFileSync(join(directory, 'quux.md'), '# Quux\n\nZeta.\n');
  writeFileSync(join(directory, 'quux.rar'), Buffer.concat([Buffer.from('Rar!\x1a\x07\0'), Buffer.alloc(64)]));

  const member = await createMember(server.app, admin, { name: 'Mia Kern' });
  const group = await ask('POST', '/api/groups', { name: 'Nordwind', description: 'Zeta' });
  await ask('PUT', `/api/groups/${group.id}/members`, { userIds: [member.id] });
  await ask('PATCH', `/api/groups/${group.id}`, { description: 'Quux' });
  const invitation = { role: 'member', email: 'quux@zeta.example', groupIds: [group.id] };
  const invite = await ask('POST', '/api/users/invite', invitation);
  const tools = ['pinchy_ls', 'pinchy_read', 'pinchy_search', 'pinchy_web_search', 'pinchy_web_fetch'];
  const agentId = await journey.createAgent('Delta', {
    tagline: 'Zeta',
    greetingMessage: 'Zeta.',
    allowedTools: [...tools, 'odoo_read', 'odoo_create', 'odoo_write', 'odoo_delete'],
    pluginConfig: { allowed_paths: ['/data/zeta'], allow_always: ['odoo_create'] },
  });
  const connectionId = await connectOdoo(admin, odoo, 'Nordwind');
  const credentials = { apiKey: braveKey };
  const search = await ask('POST', '/api/integrations', { type: 'web-search', name: 'Zeta', credentials });
  const models = ['res.partner', 'sale.order'];
  const grant = { connectionId, enabled: true, accessLevel: 'full', models };
  await ask('PATCH', `/api/agents/${agentId}/integrations`, grant);
  await ask('PATCH', `/api/agents/${agentId}/integrations`, { connectionId: search.id, enabled: true });
  await ask('PATCH', `/api/agents/${agentId}`, { visibility: 'restricted', groupIds: [group.id], tagline: 'Quux' });
  await ask('PUT', `/api/agents/${agentId}/files/SOUL.md`, { content: 'Quux.' });
  const agents = (await ask('GET', '/api/agents')) as { id: string; isPersonal: boolean }[];
  const bots = ['quux_bot', 'zeta_bot'].map((name) => telegram.createBot(name).token);
  const ownId = agents.find(({ isPersonal }) => isPersonal)!.id;
  await ask('POST', `/api/agents/${ownId}/channels/telegram`, { botToken: bots[0] });
  await ask('POST', `/api/agents/${agentId}/channels/telegram`, { botToken: bots[1] });
  await ask('POST', '/api/prompts', { name: 'Quux', text: 'Zeta {{quux}}' });
  await ask('PUT', '/api/settings/sharing', { enabled: true });
  const knowledge = await ask('GET', '/api/settings/knowledge');
  await ask('PUT', '/api/settings/knowledge', { ...knowledge, archiveFolders: ['zeta'] });

  const chatId = crypto.randomUUID();
  const client = await connectClient(`${journey.address.replace('http', 'ws')}/api/ws`, { cookie: admin.cookie });
  let begins = true;
  const say = (scripts: Script[]) => {
    for (const script of scripts) model.respondNext(script);
    client.say(agentId, 'Quux', { chatId, ...(begins && { begins }) });
    begins = false;
  };
  /** Until the run has ended, however it did: a message that is said before waits for its turn. */
  const sayAndWait = async (...scripts: Script[]) => {
    const ended = () => client.all('complete').length + client.all('error').length;
    const before = ended();
    say(scripts);
    await vi.waitUntil(() => ended() > before, { timeout: 60_000 });
  };
  const calls = (...all: { name: string; input: object }[]): Script[] => all.map((toolCall) => [{ toolCall }]);
  await sayAndWait(
    ...calls(
      { name: 'pinchy_ls', input: { path: '/data/zeta' } },
      { name: 'pinchy_read', input: { path: '/data/zeta/quux.md' } },
      { name: 'pinchy_read', input: { path: '/data/zeta/quux.rar' } },
      { name: 'pinchy_read', input: { path: '/data/hr/quux.md' } },
      { name: 'pinchy_search', input: { query: 'Zeta' } },
      { name: 'pinchy_web_search', input: { query: 'Quux' } },
      { name: 'pinchy_web_fetch', input: { url: 'http://127.0.0.1:9/' } },
      { name: 'odoo_read', input: { model: 'res.partner', ids: [1] } },
      { name: 'odoo_read', input: { model: 'hr.employee', ids: [1] } },
      { name: 'odoo_read', input: { model: 'res.partner', ids: ['one'] } },
      { name: 'quux_zeta', input: {} },
    ),
    [{ text: 'Zeta.' }],
  );
  await sayAndWait([{ text: 'Zeta' }, { finish: 'length' }]);
  await sayAndWait([{ error: 'auth' }]);
  const share = await ask('PUT', `/api/agents/${agentId}/chats/${chatId}/share`, { userIds: [member.id] });
  const values = { name: 'Initech', is_company: true };
  const isWaiting = ({ state }: { state: string }) => state === 'approval';
  say(calls({ name: 'odoo_create', input: { model: 'res.partner', values } }));
  await client.next('tool', isWaiting, 15_000);
  await client.close();
  return {
    ...{
      journey,
      member,
      agentId,
      chatId,
      shareId: String(share.id),
      inviteToken: String(invite.token),
      names: namesWith(bots),
    },
    async close() {
      await journey.close();
      await Promise.all(doubles.map((double) => double.close()));
    },
  };
}
