import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultUser, type OdooDouble, startOdooDouble } from '../../testkit/odoo-double/odoo-double.ts';
import { connectOdoo } from '../odoo-fixture.ts';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import { keepScreenshot } from './screenshot.ts';
import type { Visitor } from './visitor.ts';

describe.each(devicesOr('desktop'))('templates, on a $name', (device) => {
  let journey: Journey;
  let visitor: Visitor;
  let odoo: OdooDouble;

  beforeAll(async () => {
    journey = await startJourney(device, { environment: { ALLOW_PRIVATE_URLS: '1' } });
    odoo = await startOdooDouble({ version: '17.0', users: [defaultUser], databases: ['production'] });
    visitor = await journey.visit(journey.admin);
  });
  afterAll(async () => {
    await journey?.close();
    await odoo?.close();
  });

  test('stand by department, say what each may touch, and are found by words', async () => {
    const { page } = visitor;
    await page.goto('/agents/new');
    const sales = page.getByRole('region', { name: 'Sales' });
    await sales.getByRole('radio', { name: 'Sales Analyst' }).waitFor();
    await sales.getByText('Reads in Odoo: orders, order lines, contacts, and products and 5 more').waitFor();
    await sales.getByText('Changes nothing').waitFor();
    await sales.getByText('Creates and changes in Odoo: leads and opportunities').waitFor();
    await visitor.checkAccessibility('new agent, templates');
    await keepScreenshot(page, `templates-${device.name}`);
    await page.getByRole('searchbox', { name: 'Search templates' }).fill('vendor bills');
    await expect.poll(() => page.getByRole('radio').count()).toBe(1);
    await page.getByRole('radio', { name: 'Bookkeeper' }).waitFor();
    await page.getByRole('searchbox', { name: 'Search templates' }).fill('zebra');
    await page.getByText('No template fits “zebra”.').waitFor();
    expect(journey.problems()).toEqual([]);
  });

  test('one that needs a connection leads to setting it up and back, and the only one is chosen by itself', async () => {
    const { page } = visitor;
    await page.goto('/agents/new');
    await page.getByRole('link', { name: 'Set it up: Sales Analyst' }).click();
    await page.getByText('For the new agent “Sales Analyst”').waitFor();
    await visitor.checkAccessibility('integrations, on the way to a new agent');
    await connectOdoo(journey.admin, odoo);
    await page.reload();
    await page.getByRole('link', { name: 'Back to the new agent' }).click();
    await expect.poll(() => page.getByRole('radio', { name: 'Sales Analyst' }).isChecked()).toBe(true);
    const connection = page.getByRole('radio', { name: 'Production Odoo' });
    await connection.waitFor();
    await expect.poll(() => connection.isChecked()).toBe(true);
    expect(await page.getByRole('link', { name: /^Set it up/ }).count()).toBe(0);
    const all = page.getByRole('region', { name: 'May touch' });
    await all
      .getByText(/^Reads in Odoo: orders, order lines, contacts, and products, and where Odoo has them /)
      .waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Sally');
    await page.getByRole('button', { name: 'Create agent' }).click();
    await page.getByLabel('Message to Sally').waitFor();
    await page.getByText('What would you like to know about sales?').waitFor();
    expect(journey.problems()).toEqual([]);
  });

  test('a knowledge base without a directory is not made unasked; one can be made on the way', async () => {
    const { page } = visitor;
    mkdirSync(join(journey.server.dataRoot, 'handbook'));
    await page.goto('/agents/new?template=knowledge-base');
    await page.getByLabel('Name', { exact: true }).fill('Librarian');
    await page.getByRole('button', { name: 'Create agent' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Create it without documents?').waitFor();
    await visitor.checkAccessibility('dialog: a knowledge base without documents');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    const { body } = await journey.admin.request('GET', '/api/agents');
    expect(body.map(({ name }: { name: string }) => name)).not.toContain('Librarian');
    await page.getByRole('button', { name: 'Make a directory' }).click();
    await page.getByRole('dialog').getByLabel('Name of the directory').fill('policies');
    await page.getByRole('dialog').getByRole('button', { name: 'Make directory' }).click();
    await expect.poll(() => page.getByRole('checkbox', { name: /policies/ }).isChecked()).toBe(true);
    await page.getByRole('button', { name: 'Create agent' }).click();
    await page.getByLabel('Message to Librarian').waitFor();
    await page.getByText('Librarian is made, but has no documents to read yet').waitFor();
    await page.getByRole('button', { name: 'Add documents' }).click();
    await page.waitForURL(/knowledge\?directory=%2Fdata%2Fpolicies/);
    const made = (await journey.admin.request('GET', '/api/agents')).body as { name: string; pluginConfig: object }[];
    expect(made.find(({ name }) => name === 'Librarian')?.pluginConfig).toEqual({ allowed_paths: ['/data/policies'] });
    expect(journey.problems()).toEqual([]);
  });

  test('are German for who reads German, and agents made of them greet so', async () => {
    const german = await journey.visit(journey.admin);
    await german.context.addInitScript(() => localStorage.setItem('pinchy.language', 'de'));
    const { page } = german;
    await page.goto('/agents/new?template=odoo-hr-analyst');
    await page.getByRole('region', { name: 'Personal' }).getByRole('radio', { name: 'Personalauswertung' }).waitFor();
    await german.checkAccessibility('new agent, German');
    await keepScreenshot(page, `templates-german-${device.name}`);
    await page.getByLabel('Name', { exact: true }).fill('Petra');
    await page.getByRole('button', { name: 'Agenten anlegen' }).click();
    await page.getByText('Was möchten Sie über das Team wissen').waitFor();
    await page.getByText('Kennt das Team in Zahlen').first().waitFor({ state: 'attached' });
    await page.getByText('Ihr persönlicher Assistent').first().waitFor({ state: 'attached' });
    expect(journey.problems()).toEqual([]);
  });
});
