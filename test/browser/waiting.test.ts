import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OdooDouble, startOdooDouble } from '../../testkit/odoo-double/odoo-double.ts';
import { connectOdoo } from '../odoo-fixture.ts';
import { devices } from './devices.ts';
import { hueOf } from './find-red.ts';
import { type Journey, startJourney } from './journey.ts';
import type { Visitor } from './visitor.ts';

const english = {
  message: 'Message to Clerk',
  send: 'Send',
  card: 'Clerk asks for your approval',
  create: 'Create a contact in Production Odoo',
  change: 'Change a contact in Production Odoo',
  delete: 'Delete a contact for good in Production Odoo',
  phone: 'Phone',
  raw: 'Raw input',
  approve: 'Approve',
  deny: 'Deny',
  within: /Decide within 1[45]:\d\d\smin/,
  waiting: 'Waits for you',
  title: /^\(1 waits\) /,
  none: 'Nothing waits for you.',
  decided: 'Approved: Change a contact in Production Odoo',
  open: 'Open the conversation',
  always: 'Always allow this here',
  allowed: 'Without asking, in this conversation:',
  takeBack: 'Take back: Create a contact in Production Odoo',
  notify: /Tell me by a notification/,
  menu: 'Open menu',
  done: 'Done.',
};
const german: typeof english = {
  message: 'Nachricht an Clerk',
  send: 'Senden',
  card: 'Clerk bittet um Ihre Zustimmung',
  create: 'Einen Kontakt anlegen – in Production Odoo',
  change: 'Einen Kontakt ändern – in Production Odoo',
  delete: 'Einen Kontakt endgültig löschen – in Production Odoo',
  phone: 'Telefon',
  raw: 'Eingabe im Wortlaut',
  approve: 'Zustimmen',
  deny: 'Ablehnen',
  within: /innerhalb von 1[45]:\d\d\sMin\./,
  waiting: 'Wartet auf Sie',
  title: /^\(1 wartet\) /,
  none: 'Nichts wartet auf Sie.',
  decided: 'Genehmigt: Einen Kontakt ändern – in Production Odoo',
  open: 'Unterhaltung öffnen',
  always: 'Hier immer erlauben',
  allowed: 'Ohne Nachfrage, in dieser Unterhaltung:',
  takeBack: 'Zurücknehmen: Einen Kontakt anlegen – in Production Odoo',
  notify: /Benachrichtigung dieses Browsers/,
  menu: 'Menü öffnen',
  done: 'Done.',
};

describe.each([
  { device: devices[0]!, language: 'en', words: english },
  { device: devices[1]!, language: 'de', words: german },
])('what waits for a person, in $language on a $device.name', ({ device, language, words }) => {
  let journey: Journey;
  let odoo: OdooDouble;
  let agentId: string;
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    journey = await startJourney(device, { environment: { ALLOW_PRIVATE_URLS: '1' } });
    odoo = await startOdooDouble({ version: '18.0' });
    const connectionId = await connectOdoo(journey.admin, odoo);
    agentId = await journey.createAgent('Clerk', {
      allowedTools: ['odoo_read', 'odoo_create', 'odoo_write', 'odoo_delete'],
      pluginConfig: { allow_always: ['odoo_create'] },
    });
    const grant = { connectionId, enabled: true, accessLevel: 'full', models: ['res.partner'] };
    await journey.admin.request('PATCH', `/api/agents/${agentId}/integrations`, grant);
    visitor = await journey.visit(journey.admin);
    page = visitor.page;
    await page.addInitScript((chosen) => localStorage.setItem('pinchy.language', chosen), language);
    await page.goto(`/chat/${agentId}`);
  });
  afterAll(async () => {
    await journey?.close();
    await odoo?.close();
  });

  const card = () => page.getByRole('region', { name: words.card });
  async function isRed(): Promise<boolean> {
    const hue = await hueOf(card().getByRole('button', { name: words.approve, exact: true }));
    return hue < 20 || hue > 340;
  }
  async function ask(name: string, input: object) {
    journey.model.respondNext([{ toolCall: { name, input: { model: 'res.partner', ...input } } }]);
    journey.model.respondNext([{ text: words.done }]);
    await page.getByLabel(words.message).fill('Do it');
    await page.getByRole('button', { name: words.send, exact: true }).click();
  }
  async function keep(name: string) {
    const directory = process.env['SCREENSHOTS'];
    if (!directory) return;
    await visitor.settle();
    await page.screenshot({ path: join(directory, `waiting-${name}-${device.name}.png`) });
    await page.emulateMedia({ colorScheme: device.options.colorScheme === 'dark' ? 'light' : 'dark' });
    await page.screenshot({ path: join(directory, `waiting-${name}-${device.name}-other.png`) });
    await page.emulateMedia({ colorScheme: device.options.colorScheme ?? 'light' });
  }

  test('a card says in the words of the business what would be done, and what it was like after it was decided', async () => {
    await ask('odoo_create', { values: { name: 'Initech', phone: '+43 1 23', parent_id: 1 } });
    await card().getByText(words.create).waitFor();
    await card().getByText(words.phone, { exact: true }).waitFor();
    await card().getByText('Deco Addict').waitFor();
    await card().getByText(words.within).waitFor();
    expect(await isRed()).toBe(false);
    await card().getByText(words.raw).click();
    await card()
      .getByText(/"phone":\s?"\+43 1 23"/)
      .waitFor();
    await visitor.checkAccessibility('a contact that waits');
    await keep('create');
    await card().getByRole('button', { name: words.approve, exact: true }).click();
    await page.getByText(words.done).last().waitFor();
    expect([...odoo.orm.table('res.partner').values()].at(-1)).toMatchObject({ name: 'Initech', phone: '+43 1 23' });
    const id = Math.max(...odoo.orm.table('res.partner').keys());

    await ask('odoo_write', { ids: [id], values: { phone: '+43 9 87', city: 'Linz' } });
    await card().getByText(words.change).waitFor();
    await card().getByText('+43 1 23', { exact: true }).waitFor();
    await card().getByText('+43 9 87', { exact: true }).waitFor();
    await visitor.checkAccessibility('a change that waits');
    await keep('change');
    await card().getByRole('button', { name: words.deny, exact: true }).click();
    await card().waitFor({ state: 'detached' });
    await page.reload();
    await page.locator('[data-state="denied"] button').last().click();
    await page.getByText(words.change).waitFor();
    await keep('decided');
    expect(odoo.orm.table('res.partner').get(id)!['phone']).toBe('+43 1 23');
  });

  test('nothing is decided before its words are there', async () => {
    const fresh = await journey.visit(journey.admin);
    const { promise: mayCome, resolve: come } = Promise.withResolvers<void>();
    let wasAskedFor = false;
    await fresh.page.route(/\/proposal-view-[^/]*\.js$/, async (route) => {
      wasAskedFor = true;
      await mayCome;
      await route.continue();
    });
    await fresh.page.addInitScript((chosen) => localStorage.setItem('pinchy.language', chosen), language);
    await fresh.page.goto(`/chat/${agentId}/new`);
    journey.model.respondNext([
      { toolCall: { name: 'odoo_write', input: { model: 'res.partner', ids: [1], values: { phone: '0815' } } } },
    ]);
    journey.model.respondNext([{ text: words.done }]);
    await fresh.page.getByLabel(words.message).fill('Do it');
    await fresh.page.getByRole('button', { name: words.send, exact: true }).click();
    const waiting = fresh.page.getByRole('region', { name: words.card });
    await waiting.waitFor();
    await expect.poll(() => wasAskedFor).toBe(true);
    expect(await waiting.getByRole('button').count()).toBe(0);
    expect(await waiting.getByText('res.partner').count()).toBe(0);
    come();
    await waiting.getByText('0815', { exact: true }).waitFor();
    await waiting.getByRole('button', { name: words.deny, exact: true }).click();
    await waiting.waitFor({ state: 'detached' });
  });

  test('only what deletes is in the colour of danger', async () => {
    journey.model.respondNext([{ toolCall: { name: 'odoo_read', input: { model: 'res.partner', ids: [3] } } }]);
    await ask('odoo_delete', { ids: [3] });
    await card().getByText(words.delete).waitFor();
    await card().getByText('Douglas Fletcher').waitFor();
    await expect.poll(isRed).toBe(true);
    await visitor.checkAccessibility('a deletion that waits');
    await keep('delete');
    await card().getByRole('button', { name: words.deny, exact: true }).click();
    await card().waitFor({ state: 'detached' });
  });

  test('the title, the sidebar and a list say what waits, and the list takes the decision', async () => {
    await ask('odoo_write', { ids: [1], values: { phone: '4711' } });
    await card().getByText(words.change).waitFor();
    await expect.poll(() => page.title()).toMatch(words.title);
    const menu = page.getByRole('button', { name: words.menu });
    if (await menu.isVisible()) await menu.click();
    await keep('sidebar');
    await page.getByRole('link', { name: new RegExp(`^${words.waiting} *\\d*$`) }).click();
    await card().getByText('4711', { exact: true }).waitFor();
    await card().getByText(words.within).waitFor();
    await card().getByRole('link', { name: words.open }).waitFor();
    await visitor.checkAccessibility('what waits for a person');
    await keep('list');
    await card().getByRole('button', { name: words.approve, exact: true }).click();
    await page.getByText(words.none).waitFor();
    await expect.poll(() => odoo.orm.table('res.partner').get(1)!['phone']).toBe('4711');
    await expect.poll(() => page.title()).not.toMatch(words.title);
    const outcome = page.getByRole('listitem').filter({ hasText: words.decided });
    await outcome.waitFor();
    await expect.poll(() => outcome.evaluate((item) => item === document.activeElement)).toBe(true);
    await visitor.checkAccessibility('what was decided');
    await keep('none');
    await outcome.getByRole('link', { name: words.open }).click();
    await page.getByLabel(words.message).waitFor();
    await page.goto('/approvals');
  });

  test('a notification is shown where the person asked for it, and only while they look elsewhere', async () => {
    await page.goto('/approvals');
    // Chromium without a head shows none and never asks: what the page does is looked at.
    await page.addInitScript(() => {
      const seen = { shown: [] as string[], asked: 0 };
      class Doubled extends EventTarget {
        static permission = 'default';
        static async requestPermission() {
          seen.asked += 1;
          return (Doubled.permission = 'granted');
        }
        constructor(title: string) {
          super();
          seen.shown.push(title);
        }
        close() {}
      }
      Object.assign(globalThis, { Notification: Doubled, seenNotifications: seen });
    });
    await page.reload();
    type Seen = { seenNotifications: { shown: string[]; asked: number } };
    const shown = () => page.evaluate(() => (globalThis as unknown as Seen).seenNotifications.shown);
    const asked = () => page.evaluate(() => (globalThis as unknown as Seen).seenNotifications.asked);
    const notify = page.getByRole('switch', { name: words.notify });
    await notify.waitFor();
    await expect.poll(() => notify.isChecked()).toBe(false);
    expect(await asked()).toBe(0);
    await notify.check({ force: true });
    await expect.poll(asked).toBe(1);
    const waitForOne = async () => {
      const { body } = await journey.admin.request('GET', '/api/approvals');
      return (body.approvals as { approvalId: string }[])[0]?.approvalId;
    };
    /** Asked elsewhere, while this page is, or is not, on the screen. */
    async function askElsewhere(hidden: boolean) {
      await page.evaluate((value) => {
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => value });
      }, hidden);
      const second = await visitor.context.newPage();
      await second.goto(`/chat/${agentId}`);
      journey.model.respondNext([
        { toolCall: { name: 'odoo_write', input: { model: 'res.partner', ids: [2], values: { phone: '1' } } } },
      ]);
      journey.model.respondNext([{ text: words.done }]);
      await second.getByLabel(words.message).fill('Do it');
      await second.getByRole('button', { name: words.send, exact: true }).click();
      await card().waitFor();
      await second.close();
      await journey.admin.request('POST', `/api/approvals/${await waitForOne()}`, { decision: 'deny' });
      await card().waitFor({ state: 'detached' });
    }
    await askElsewhere(false);
    expect(await shown()).toEqual([]);
    await askElsewhere(true);
    await expect.poll(shown).toEqual([expect.stringContaining('Clerk')]);
    expect((await shown()).join()).not.toContain('Odoo');
  });

  test('what is always allowed here stands over the conversation, and is taken back there', async () => {
    await page.goto(`/chat/${agentId}`);
    await ask('odoo_create', { values: { name: 'Asked' } });
    await visitor.checkAccessibility('a call that may be allowed for good');
    await keep('may-allow');
    await card().getByRole('button', { name: words.always }).click();
    const allowed = page.getByRole('region', { name: words.allowed });
    await allowed.getByText(words.create).waitFor();
    await page.getByText(words.done).last().waitFor();
    await ask('odoo_create', { values: { name: 'Not asked' } });
    const isThere = (name: string) => [...odoo.orm.table('res.partner').values()].some((row) => row['name'] === name);
    await expect.poll(() => isThere('Not asked')).toBe(true);
    await visitor.checkAccessibility('what is always allowed');
    await keep('allowed');
    await allowed.getByRole('button', { name: words.takeBack }).click();
    await allowed.waitFor({ state: 'detached' });
    await ask('odoo_create', { values: { name: 'Asked again' } });
    await card().getByText('Asked again', { exact: true }).waitFor();
    await card().getByRole('button', { name: words.deny, exact: true }).click();
    await card().waitFor({ state: 'detached' });
    expect(isThere('Asked again')).toBe(false);
    expect(journey.problems()).toEqual([]);
  });
});
