import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { braveKey, startBraveDouble } from '../../testkit/brave-double.ts';
import { startOdooDouble } from '../../testkit/odoo-double/odoo-double.ts';
import { startTelegramDouble } from '../../testkit/telegram-double/telegram-double.ts';
import { connectClient } from '../chat/chat-client.ts';
import { createMember, type TestUser } from '../create-test-app.ts';
import { createLicenceKeys, secondsFromNow } from '../licence-keys.ts';
import { connectOdoo } from '../odoo-fixture.ts';
import { quickTimings } from '../telegram/telegram-app.ts';
import { devices } from './devices.ts';
import { createEnglishFinder, readPage } from './english-left.ts';
import { type Journey, startJourney } from './journey.ts';

// Real: the built product, PostgreSQL, the tool gate. Doubled: the model, Odoo, Brave Search and Telegram. What people, agents
// and documents are called is neither English nor any other language.

const own = /Ada Admin|Mia Kern|Delta|Nordwind|Zeta|Initech|Deco Addict|Quux|ollama-local|double-model|\bOdoo\b/g;
const sections = [
  'profile',
  'prompts',
  'context',
  'providers',
  'conversations',
  'integrations',
  'telegram',
  'users',
  'groups',
  'licence',
  'security',
];
const tabs = ['general', 'personality', 'instructions', 'permissions', 'access', 'telegram', 'versions', 'delete'];

/** German in `npm test`, which has to end within twenty minutes. */
const languages = process.env['LONG_RUN'] ? (['de', 'es', 'fr'] as const) : (['de'] as const);

describe('what a page says in another language', () => {
  let journey: Journey;
  let member: TestUser;
  let agentId: string;
  let chatId: string;
  const doubles: { close(): Promise<void> }[] = [];

  beforeAll(async () => {
    const keys = await createLicenceKeys();
    const [odoo, brave, telegram] = await Promise.all([
      startOdooDouble({ version: '18.0' }),
      startBraveDouble(),
      startTelegramDouble(),
    ]);
    doubles.push(odoo, brave, telegram);
    journey = await startJourney(devices[0]!, {
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
    const call = async (method: 'POST' | 'PUT' | 'PATCH', path: string, body?: unknown) => {
      const answer = await admin.request(method, path, body);
      if (answer.status >= 400) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
      return answer.body;
    };
    mkdirSync(join(server.dataRoot, 'zeta'));
    writeFileSync(join(server.dataRoot, 'zeta', 'quux.md'), '# Quux\n\nZeta.\n');
    writeFileSync(
      join(server.dataRoot, 'zeta', 'quux.rar'),
      Buffer.concat([Buffer.from('Rar!\x1a\x07\0'), Buffer.alloc(64)]),
    );
    member = await createMember(server.app, admin, { name: 'Mia Kern' });
    const group = await call('POST', '/api/groups', { name: 'Nordwind', description: 'Zeta' });
    await call('PUT', `/api/groups/${group.id}/members`, { userIds: [member.id] });
    await call('POST', '/api/users/invite', { role: 'member', email: 'quux@zeta.example', groupIds: [group.id] });
    agentId = await journey.createAgent('Delta', {
      tagline: 'Zeta',
      allowedTools: [
        'pinchy_ls',
        'pinchy_read',
        'pinchy_search',
        'pinchy_web_search',
        'odoo_read',
        'odoo_create',
        'odoo_delete',
      ],
      pluginConfig: { allowed_paths: ['/data/zeta'], allow_always: ['odoo_create'] },
    });
    const connectionId = await connectOdoo(admin, odoo, 'Nordwind');
    const credentials = { apiKey: braveKey };
    const search = await call('POST', '/api/integrations', { type: 'web-search', name: 'Zeta', credentials });
    const models = ['res.partner', 'sale.order'];
    await call('PATCH', `/api/agents/${agentId}/integrations`, {
      connectionId,
      enabled: true,
      accessLevel: 'full',
      models,
    });
    await call('PATCH', `/api/agents/${agentId}/integrations`, { connectionId: search.id, enabled: true });
    await call('PATCH', `/api/agents/${agentId}`, { visibility: 'restricted', groupIds: [group.id], name: 'Delta' });
    await call('POST', `/api/agents/${agentId}/channels/telegram`, { botToken: telegram.createBot('zeta_bot').token });
    await call('POST', '/api/prompts', { name: 'Quux', text: 'Zeta {{quux}}' });
    await call('PUT', '/api/settings/sharing', { enabled: true });

    chatId = crypto.randomUUID();
    const client = await connectClient(`${journey.address.replace('http', 'ws')}/api/ws`, { cookie: admin.cookie });
    const say = async (calls: { name: string; input: object }[], end: 'done' | 'error' | 'tool' = 'done') => {
      for (const toolCall of calls) model.respondNext([{ toolCall }]);
      if (end !== 'tool') model.respondNext(end === 'error' ? [{ error: 'auth' }] : [{ text: 'Zeta.' }]);
      client.say(agentId, 'Quux', { chatId, begins: true });
      if (end === 'tool') await client.next('tool', (tool) => tool.state === 'approval');
      else await client.next(end, undefined, 30_000);
    };
    await say([
      { name: 'pinchy_ls', input: { path: '/data/zeta' } },
      { name: 'pinchy_read', input: { path: '/data/zeta/quux.rar' } },
      { name: 'pinchy_read', input: { path: '/data/hr/quux.md' } },
      { name: 'odoo_read', input: { model: 'res.partner', ids: [1] } },
      { name: 'odoo_read', input: { model: 'hr.employee', ids: [1] } },
    ]);
    await say([], 'error');
    await say(
      [{ name: 'odoo_create', input: { model: 'res.partner', values: { name: 'Initech', is_company: true } } }],
      'tool',
    );
    await client.close();
  }, 120_000);
  afterAll(async () => {
    await journey?.close();
    await Promise.all(doubles.map((double) => double.close()));
  });

  test.each(languages)('is in %s on every page of an admin', (language) =>
    walk(language, journey.admin, [
      `/chat/${agentId}/${chatId}`,
      '/',
      '/agents',
      '/agents/new',
      ...tabs.map((tab) => `/agents/${agentId}/settings?tab=${tab}`),
      ...sections.map((section) => `/settings?section=${section}`),
      '/overview',
      '/approvals',
      '/knowledge',
      '/usage',
      '/audit',
      '/report',
      '/no/such/page',
    ]),
  );

  test.each(languages)('is in %s for a member, and for a stranger', async (language) => {
    await walk(language, member, [
      '/',
      '/agents',
      '/settings?section=profile',
      '/settings?section=telegram',
      '/report',
    ]);
    await walk(language, undefined, ['/login', '/invite/none']);
  });

  async function walk(
    language: (typeof languages)[number],
    user: TestUser | undefined,
    paths: string[],
  ): Promise<void> {
    const isEnglish = createEnglishFinder(language, own);
    const visitor = await journey.visit(user);
    const { page } = visitor;
    await page.addInitScript((chosen) => localStorage.setItem('pinchy.language', chosen), language);
    const found: string[] = [];
    const look = async (where: string) => {
      await visitor.settle();
      for (const text of await readPage(page)) if (isEnglish(text)) found.push(`${where}: ${text}`);
    };
    for (const [index, path] of paths.entries()) {
      if (index === 0) await page.goto(path);
      else await page.evaluate((next) => history.pushState({}, '', next), path);
      await page.locator('h1, h2').filter({ visible: true }).first().waitFor();
      await look(path);
      // What is folded says something too.
      for (const fold of await page.locator('main [aria-expanded="false"]:not([aria-haspopup]), main summary').all()) {
        if (await fold.isVisible()) await fold.click();
      }
      await look(`${path}, unfolded`);
    }
    await visitor.close();
    expect([...new Set(found)]).toEqual([]);
  }
});
