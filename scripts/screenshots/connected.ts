import { braveKey, startBraveDouble } from '../../testkit/brave-double.ts';
import { startModelDouble } from '../../testkit/model-double.ts';
import { odooKey, startOdooDouble } from '../../testkit/odoo-double/odoo-double.ts';
import { startTelegramDouble } from '../../testkit/telegram-double/telegram-double.ts';
import type { Page } from 'playwright-core';
import { type Product, signIn, start } from './product.ts';

/** A product to which Odoo, web search and Telegram are connected, with the doubles of the tests in their place. */
export interface Connected extends Product {
  agentId: string;
  signIn(page: Page): Promise<void>;
}

const admin = { email: 'ada@larkspur.example', password: 'correct horse battery' };
const leads = [
  { id: 1, name: 'Quay crane refit', partner_id: 1, expected_revenue: 48_000, probability: 60, stage: 'qualified' },
  { id: 2, name: 'Spare winches', partner_id: 1, expected_revenue: 7_200, probability: 20, stage: 'new' },
  { id: 3, name: 'Mooring lines', partner_id: 2, expected_revenue: 3_900, probability: 90, stage: 'qualified' },
];
const found = `Two opportunities with Azure Interior are open:

| Opportunity | Stage | Expected revenue |
| --- | --- | ---: |
| Quay crane refit | qualified | 48,000.00 |
| Spare winches | new | 7,200.00 |

That is 55,200.00 in all.`;

export async function startConnected(home: string): Promise<Connected> {
  const model = await startModelDouble({ kind: 'ollama-local' });
  const telegram = await startTelegramDouble();
  const brave = await startBraveDouble();
  const odoo = await startOdooDouble({ version: '17.0', companies: ['Larkspur'] });
  for (const [id, name] of [
    [1, 'Azure Interior'],
    [2, 'Deco Addict'],
  ] as const)
    odoo.orm.table('res.partner').set(id, { id, name, is_company: true });
  for (const lead of leads) odoo.orm.table('crm.lead').set(lead.id, lead);
  const product = await start('start', 'Ctrl-C stops it', {
    PINCHY_HOME: home,
    ALLOW_PRIVATE_URLS: '1',
    TELEGRAM_API_ROOT: telegram.url,
    BRAVE_API_URL: brave.url,
  });

  let cookie = '';
  async function call<Answer = { id: string }>(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await fetch(`${product.url}${path}`, {
      method,
      headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
    cookie = answer.headers.getSetCookie().map((set) => set.split(';', 1)[0])[0] ?? cookie;
    return (await answer.json()) as Answer;
  }

  await call('POST', '/api/setup', { name: 'Ada Marsh', ...admin });
  await call('POST', '/api/setup/provider', { provider: 'ollama-local', baseUrl: model.url });
  const agents = await call<{ id: string; isPersonal: boolean }[]>('GET', '/api/agents');
  const own = agents.find(({ isPersonal }) => isPersonal);
  const allowedTools = ['odoo_list_models', 'odoo_describe_model', 'odoo_read', 'odoo_write', 'pinchy_web_search'];
  const agent = await call('POST', '/api/agents', { name: 'Compass', templateId: 'custom', allowedTools });
  const credentials = { url: odoo.url, db: 'production', login: 'api@example.com', apiKey: odooKey };
  const connection = await call('POST', '/api/integrations', { type: 'odoo', name: 'Larkspur Odoo', credentials });
  await call('POST', `/api/integrations/${connection.id}/sync`);
  await call('POST', '/api/integrations', {
    type: 'web-search',
    name: 'Brave Search',
    credentials: { apiKey: braveKey },
  });
  await call('PATCH', `/api/agents/${agent.id}/integrations`, {
    connectionId: connection.id,
    enabled: true,
    accessLevel: 'read-write',
    models: ['crm.lead', 'res.partner'],
  });

  const mainBot = telegram.createBot('larkspur_bot');
  await call('POST', `/api/agents/${own?.id}/channels/telegram`, { botToken: mainBot.token });
  const compassBot = telegram.createBot('larkspur_compass_bot');
  await call('POST', `/api/agents/${agent.id}/channels/telegram`, { botToken: compassBot.token });

  model.respond(({ messages }) => {
    const last = messages.at(-1);
    if ((last?.toolResults?.length ?? 0) > 0) return [{ text: found }];
    if (last?.text?.includes('expect'))
      return [
        { text: 'I would change it like this:' },
        {
          toolCall: {
            name: 'odoo_write',
            input: { model: 'crm.lead', ids: [1], values: { expected_revenue: 52_000 } },
          },
        },
      ];
    const fields = ['name', 'stage', 'expected_revenue'];
    const input = { model: 'crm.lead', domain: [['partner_id.name', '=', 'Azure Interior']], fields };
    return [{ toolCall: { name: 'odoo_read', input } }];
  });

  let hasAsked = false;
  return {
    ...product,
    agentId: agent.id,
    async signIn(page) {
      await signIn(page, product.url, admin);
      if (hasAsked) return;
      hasAsked = true;
      await page.goto(`${product.url}/chat/${agent.id}`);
      const composer = page.getByLabel('Message to Compass');
      await composer.waitFor();
      await composer.fill('What is open with Azure Interior?');
      await composer.press('Enter');
      await page.getByText('That is 55,200.00 in all.').first().waitFor();
      await composer.fill('We now expect 52,000 from the crane refit. Note that, please.');
      await composer.press('Enter');
      await page.getByRole('button', { name: 'Approve' }).waitFor();
    },
    async stop() {
      await product.stop();
      await Promise.all([model.close(), telegram.close(), brave.close(), odoo.close()]);
    },
  };
}
