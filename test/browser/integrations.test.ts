import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { braveKey, startBraveDouble, type BraveDouble } from '../../testkit/brave-double.ts';
import { odooKey, startOdooDouble, type OdooDouble } from '../../testkit/odoo-double/odoo-double.ts';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import type { Visitor } from './visitor.ts';
import { credentialsFor } from '../odoo-fixture.ts';

describe.each(devicesOr('desktop'))('other systems, on a $name', (device) => {
  let brave: BraveDouble;
  let odoo: OdooDouble;
  let journey: Journey;
  let visitor: Visitor;

  beforeAll(async () => {
    brave = await startBraveDouble();
    odoo = await startOdooDouble({ version: '17.0' });
    odoo.orm.table('res.partner').set(1, { id: 1, name: 'Azure Interior', is_company: true });
    journey = await startJourney(device, { environment: { ALLOW_PRIVATE_URLS: '1', BRAVE_API_URL: brave.url } });
    visitor = await journey.visit(journey.admin);
  });
  afterAll(async () => {
    await journey?.close();
    await odoo?.close();
    await brave?.close();
  });

  async function ask(agent: string, question: string) {
    const { page } = visitor;
    await page.getByLabel(`Message to ${agent}`).fill(question);
    await page.getByRole('button', { name: 'Send' }).click();
  }

  async function save() {
    const { page } = visitor;
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByRole('region', { name: 'Unsaved changes' }).waitFor({ state: 'detached' });
  }

  test('a synchronisation that failed is said where the connection stands, until a newer one', async () => {
    const { page } = visitor;
    const other = await startOdooDouble({ version: '17.0' });
    const body = { type: 'odoo', name: 'Far Odoo', credentials: credentialsFor(other) };
    const { id } = (await journey.admin.request('POST', '/api/integrations', body)).body as { id: string };
    const sync = () => journey.admin.request('POST', `/api/integrations/${id}/sync`);
    expect((await sync()).status).toBe(200);
    await other.close();
    expect((await sync()).status).toBeGreaterThanOrEqual(400);
    await page.goto('/settings?section=integrations');
    await page
      .getByRole('alert')
      .getByText(/^Far Odoo does not work: /)
      .waitFor();
    await visitor.checkAccessibility('integrations, one of them failing');
    await journey.admin.request('DELETE', `/api/integrations/${id}`);
    expect(journey.problems()).toEqual([]);
  });

  test('Odoo is tested, connected and synchronised; an agent works there until the connection is deleted', async () => {
    const { page, checkAccessibility } = visitor;
    const agentId = await journey.createAgent('Ledger');
    await page.goto('/settings?section=integrations');
    await page.getByRole('button', { name: 'Add connection' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Odoo', { exact: true }).click();
    await dialog.getByLabel('Name', { exact: true }).fill('Harbour Odoo');
    await dialog.getByLabel('Address').fill(odoo.url);
    await dialog.getByRole('button', { name: 'List databases' }).click();
    await dialog.getByText('There is one: production.').waitFor();
    await dialog.getByLabel('User name').fill('api@example.com');
    await dialog.getByLabel('API key').fill('not-the-key');
    await dialog.getByRole('button', { name: 'Test connection' }).click();
    await dialog.getByText(/^It does not work: /).waitFor();
    await dialog.getByLabel('API key').fill(odooKey);
    await dialog.getByRole('button', { name: 'Test connection' }).click();
    await dialog.getByText(/^It works: /).waitFor();
    await checkAccessibility('an Odoo connection that was tested');
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Synchronise Harbour Odoo' }).click();
    await page.getByText(/Harbour Odoo: \d+ models found/).waitFor();
    await checkAccessibility('integrations');

    await page.goto(`/agents/${agentId}/settings?tab=permissions`);
    await page.getByRole('button', { name: /^Odoo \d/ }).click();
    await page.getByRole('switch', { name: 'Read records', exact: true }).press('Space');
    await page.getByRole('switch', { name: 'Let this agent use Harbour Odoo' }).press('Space');
    await page.getByRole('combobox', { name: 'Access level' }).click();
    await page.getByRole('option', { name: 'Read only' }).click();
    const models = page.getByRole('combobox', { name: 'Add models' });
    await models.fill('(res.partner)');
    await models.press('ArrowDown');
    await models.press('Enter');
    await page.getByText(/in “Harbour Odoo” read: Contact/).waitFor();
    await checkAccessibility('permissions with Odoo');
    await save();

    journey.model.respond(({ messages }) => {
      const [result] = messages.at(-1)?.toolResults ?? [];
      if (result?.text.includes('Azure Interior')) return [{ text: 'There is one company: Azure Interior.' }];
      if (result) return [{ text: 'I can no longer look there.' }];
      const input = { model: 'res.partner', domain: [], fields: ['name'] };
      return [{ toolCall: { name: 'odoo_read', input } }];
    });
    await page.goto(`/chat/${agentId}`);
    await ask('Ledger', 'Which companies do we know?');
    await page.getByText('There is one company: Azure Interior.').first().waitFor();
    await page
      .getByRole('button', { name: /^Read records/ })
      .first()
      .waitFor();
    await checkAccessibility('an answer from Odoo');

    await page.goto('/settings?section=integrations');
    await page.getByRole('button', { name: 'Actions for Harbour Odoo' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).waitFor();
    await checkAccessibility('menu: actions for a connection');
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).waitFor();
    await checkAccessibility('dialog: edit a connection');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Actions for Harbour Odoo' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByText('These lose it: Ledger.').waitFor();
    await checkAccessibility('dialog: delete a connection');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Nothing is connected yet.').first().waitFor();
    const calls = odoo.requests.length;
    await page.goto(`/chat/${agentId}`);
    await ask('Ledger', 'And now?');
    await page.getByText('I can no longer look there.').first().waitFor();
    expect(odoo.requests.length).toBe(calls);
    expect(journey.problems()).toEqual([]);
  });

  test('a search key is given, the tool granted, and an answer links what it found', async () => {
    const { page, checkAccessibility } = visitor;
    const agentId = await journey.createAgent('Scout');
    await page.goto('/settings?section=integrations');
    await page.getByRole('button', { name: 'Add connection' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Web search', { exact: true }).click();
    await dialog.getByLabel('Brave API key').fill(braveKey);
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });

    await page.goto(`/agents/${agentId}/settings?tab=permissions`);
    await page.getByRole('button', { name: /^Web \d/ }).click();
    await page.getByRole('switch', { name: 'Search the web', exact: true }).press('Space');
    await page.getByRole('switch', { name: 'Let this agent use Brave Search' }).setChecked(true, { force: true });
    await checkAccessibility('permissions with web search');
    await save();

    journey.model.respond(({ messages }) => {
      const found = /https:\/\/site-1\.example\/page/.exec(messages.at(-1)?.toolResults?.[0]?.text ?? '')?.[0];
      if (found) return [{ text: `They have ten legs, says [Result 1](${found}).` }];
      return [{ toolCall: { name: 'pinchy_web_search', input: { query: 'legs of lobsters' } } }];
    });
    await page.goto(`/chat/${agentId}`);
    await ask('Scout', 'How many legs has a lobster?');
    const citation = page.getByRole('link', { name: /Result 1/ });
    await citation.waitFor();
    await expect.poll(() => citation.getAttribute('href')).toBe('https://site-1.example/page');
    await page.getByText('Found 10 web results').first().waitFor();
    await checkAccessibility('an answer from the web');
    expect(brave.requests.at(-1)?.token).toBe(braveKey);
    expect(journey.problems()).toEqual([]);
  });
});
