import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import type { Visitor } from './visitor.ts';

describe.each(devicesOr('phone'))('every page, on a $name', (device) => {
  let journey: Journey;
  let visitor: Visitor;
  let agentId: string;

  beforeAll(async () => {
    journey = await startJourney(device);
    mkdirSync(join(journey.server.dataRoot, 'handbook'));
    agentId = await journey.createAgent('Scribe');
    visitor = await journey.visit(journey.admin);
  });
  afterAll(() => journey?.close());

  test('settings and an agent’s settings are accessible and fit the screen', async () => {
    const { page } = visitor;
    for (const section of [
      'profile',
      'prompts',
      'context',
      'providers',
      'integrations',
      'telegram',
      'users',
      'groups',
      'licence',
    ])
      await look(`/settings?section=${section}`);
    for (const tab of [
      'general',
      'personality',
      'instructions',
      'permissions',
      'access',
      'telegram',
      'versions',
      'delete',
    ])
      await look(`/agents/${agentId}/settings?tab=${tab}`);
    await page.goto('/settings?section=profile');
    const row = page.getByRole('navigation', { name: 'Settings sections' });
    await row.waitFor();
    const style = await row.evaluate((element) => {
      const { flexDirection, backgroundImage, backgroundRepeat } = getComputedStyle(element);
      return { flexDirection, backgroundImage, backgroundRepeat };
    });
    // A row that scrolls has its shadows at its ends, in both schemes; a column has none.
    expect(style).toMatchObject(
      device.name === 'phone'
        ? { flexDirection: 'row', backgroundRepeat: expect.stringMatching(/^no-repeat(, no-repeat)*$/) }
        : { flexDirection: 'column', backgroundImage: 'none' },
    );
    await look('/agents/new');
    await look('/overview');
    await look('/approvals', 'Nothing waits for you.');
    const notIds = ['/chat/none', `/chat/${agentId}/none`, '/agents/none/settings'];
    for (const address of [...notIds, '/no/such/page']) {
      await page.goto(address);
      await page.getByText('There is nothing here').waitFor();
    }
    await visitor.checkAccessibility('a page that is not there');
    expect(journey.problems()).toEqual([]);
  });

  test('the API reference renders, for strangers too', async () => {
    const stranger = await journey.visit();
    await stranger.page.goto('/api/docs');
    await stranger.page.getByRole('heading', { name: 'Pinchy' }).first().waitFor();
    await stranger.page.getByText('/api/health').first().waitFor({ state: 'attached' });
    expect(stranger.problems).toEqual([]);
  });

  test('the domain lock explains itself, and cannot be set without HTTPS', async () => {
    const admin = await journey.visit(journey.admin);
    const { page } = admin;
    await page.goto('/settings?section=security');
    await page.getByText('Not locked', { exact: true }).waitFor();
    await page.getByText(`You are here by ${new URL(journey.address).host} over http`).waitFor();
    await page.getByText('every other name or address is refused').waitFor();
    await page.getByText('pinchy domain reset', { exact: true }).waitFor();
    await page.getByText('Open Pinchy over HTTPS, on the name it should have, to lock it.').waitFor();
    await expect.poll(() => page.getByRole('button', { name: /^Lock to / }).isDisabled()).toBe(true);
    await admin.checkAccessibility('domain lock');
    expect(journey.problems()).toEqual([]);
  });

  test('the palette opens by key, finds by a few letters and jumps', async () => {
    const admin = await journey.visit(journey.admin);
    const { page } = admin;
    await page.goto('/usage');
    await page.getByRole('heading', { level: 1, name: 'Usage' }).waitFor();
    await page.keyboard.press('Control+k');
    const field = page.getByRole('combobox', { name: 'Jump to an agent, a conversation or a setting' });
    await field.fill('licence');
    await page.getByRole('option', { name: /Licence/ }).waitFor();
    await admin.checkAccessibility('dialog: the palette');
    await field.fill('sharing');
    await page.getByRole('option', { name: /^Sharing conversations/ }).waitFor();
    await field.fill('nothing of that name');
    await page.getByText('Nothing found for “nothing of that name”.').waitFor();
    await field.fill('scribe');
    await page.getByRole('option', { name: /^Scribe/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByLabel('Message to Scribe').waitFor();
    expect(journey.problems()).toEqual([]);
  });

  test('dialogs and menus that no other journey opens are accessible', async () => {
    const { page } = visitor;
    await page.goto('/settings?section=providers');
    await page.getByRole('button', { name: /^Connect Anthropic/ }).click();
    await page.getByLabel('API key').waitFor();
    await visitor.checkAccessibility('connect a provider');
    await page.getByRole('main').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: /^Remove Ollama/ }).click();
    await page.getByRole('dialog').getByText('cannot answer until they get another model').waitFor();
    await visitor.checkAccessibility('dialog: remove a provider');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.goto(`/agents/${agentId}/settings?tab=delete`);
    await page.getByRole('button', { name: 'Delete Scribe…' }).click();
    await page.getByLabel('Type Scribe to confirm').waitFor();
    await visitor.checkAccessibility('dialog: delete an agent');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    const menu = page.getByRole('button', { name: 'Open menu' });
    if (await menu.isVisible()) {
      await menu.click();
      await visitor.checkAccessibility('the navigation, opened');
    }
    await page.getByRole('button', { name: /^Account:/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
    await visitor.checkAccessibility('menu: account');
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await visitor.checkAccessibility('sign-in');
    expect(journey.problems()).toEqual([]);
  });

  /** A page is there with its first section, or with what it says when it is empty. */
  async function look(path: string, says?: string): Promise<void> {
    const { page } = visitor;
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const main = page.getByRole('main');
    await (says === undefined ? main.getByRole('heading', { level: 2 }).first() : main.getByText(says)).waitFor();
    await visitor.checkAccessibility(path);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, `${path} is wider than the screen`).toBeLessThanOrEqual(0);
  }
});
