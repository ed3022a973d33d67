import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startOdooDouble } from '../../testkit/odoo-double/odoo-double.ts';
import { connectOdoo } from '../odoo-fixture.ts';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';

describe.each(devicesOr('phone'))('asking first, on a $name', (device) => {
  let journey: Journey;
  let agentId: string;

  beforeAll(async () => {
    journey = await startJourney(device, { environment: { ALLOW_PRIVATE_URLS: '1' } });
    mkdirSync(join(journey.server.dataRoot, 'hr'));
    writeFileSync(join(journey.server.dataRoot, 'hr', 'leave.md'), 'There are 27 days of leave.');
    agentId = await journey.createAgent('Leave Advisor', {
      allowedTools: ['pinchy_read'],
      pluginConfig: { allowed_paths: ['/data/hr'] },
    });
  });
  afterAll(() => journey?.close());

  test('an admin switches it on, and the person approves exactly what is shown, also after a reload', async () => {
    const { page, checkAccessibility } = await journey.visit(journey.admin);
    await page.goto(`/agents/${agentId}/settings?tab=permissions`);
    await page.getByRole('switch', { name: /^Ask first: Read/ }).check({ force: true });
    await page.getByText('(asks first)').waitFor();
    const permit = page.getByRole('switch', { name: /^May be allowed for a whole conversation: Read/ });
    await permit.check({ force: true });
    await checkAccessibility('permissions with asking first');
    await keepScreenshot('permissions');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Asking first changed').waitFor({ state: 'detached' });
    await expect
      .poll(async () => (await journey.admin.request('GET', `/api/agents/${agentId}`)).body.pluginConfig.allow_always)
      .toEqual(['pinchy_read']);

    journey.model.respond(({ messages }) => {
      const [result] = messages.at(-1)?.toolResults ?? [];
      if (result?.text.includes('27 days')) return [{ text: 'You have 27 days.' }];
      if (result) return [{ text: 'Then I cannot say.' }];
      return [
        { text: 'I would look into the handbook. ' },
        { toolCall: { name: 'pinchy_read', input: { path: '/data/hr/leave.md' } } },
      ];
    });
    await page.goto(`/chat/${agentId}`);
    await page.getByLabel('Message to Leave Advisor').fill('How much leave do I have?');
    await page.getByRole('button', { name: 'Send' }).click();
    const card = page.getByRole('region', { name: /asks for your approval/ });
    await card.getByText('/data/hr/leave.md').waitFor();
    await card.getByText(/Decide within 1[45]:/).waitFor();
    await checkAccessibility('a call that waits');
    await keepScreenshot('card');
    await page.reload();
    await card.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('You have 27 days.').first().waitFor();
    await expect.poll(() => card.count()).toBe(0);

    await page.getByLabel('Message to Leave Advisor').fill('And now?');
    await page.getByRole('button', { name: 'Send' }).click();
    await card.getByRole('button', { name: 'Deny' }).click();
    await page.getByText('Then I cannot say.').first().waitFor();
    await page.getByText('You denied this call.').first().waitFor();
    await keepScreenshot('denied');
    expect(journey.problems()).toEqual([]);

    async function keepScreenshot(name: string) {
      const directory = process.env['SCREENSHOTS'];
      if (directory) await page.screenshot({ path: join(directory, `approval-${name}-${device.name}.png`) });
    }
  });

  test('a call that changes a business system says in words what it will do', async () => {
    const odoo = await startOdooDouble({ version: '18.0' });
    const connectionId = await connectOdoo(journey.admin, odoo);
    const sellerId = await journey.createAgent('Seller', { allowedTools: ['odoo_confirm_quotation'] });
    const integrations = `/api/agents/${sellerId}/integrations`;
    const grant = { connectionId, enabled: true, accessLevel: 'read-write', models: ['sale.order'] };
    expect((await journey.admin.request('PATCH', integrations, grant)).status).toBe(200);
    journey.model.respond(({ messages }) =>
      messages.at(-1)?.toolResults?.length
        ? [{ text: 'It is an order now.' }]
        : [{ toolCall: { name: 'odoo_confirm_quotation', input: { id: 3 } } }],
    );
    const { page, checkAccessibility } = await journey.visit(journey.admin);
    await page.goto(`/agents/${sellerId}/settings?tab=permissions`);
    await page.getByText('confirm quotations (asks first)').waitFor();
    await checkAccessibility('permissions with a business action');
    await page.goto(`/chat/${sellerId}`);
    await page.getByLabel('Message to Seller').fill('Confirm S00003');
    await page.getByRole('button', { name: 'Send' }).click();
    const card = page.getByRole('region', { name: /asks for your approval/ });
    await card.getByText('Confirm a quotation, which makes it a sales order, in Production Odoo').waitFor();
    for (const said of ['S00003', 'Deco Addict', '99', 'EUR']) await card.getByText(said, { exact: true }).waitFor();
    await checkAccessibility('a business action that waits');
    const directory = process.env['SCREENSHOTS'];
    if (directory) await page.screenshot({ path: join(directory, `approval-action-${device.name}.png`) });
    await card.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('It is an order now.').first().waitFor();
    expect(odoo.orm.table('sale.order').get(3)!['state']).toBe('sale');
    expect(journey.problems()).toEqual([]);
    await odoo.close();
  });
});
