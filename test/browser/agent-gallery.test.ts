import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMember, type TestUser } from '../create-test-app.ts';
import { createLicenceKeys } from '../licence-keys.ts';
import { query } from '../test-database.ts';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import { keepScreenshot } from './screenshot.ts';
import type { Visitor } from './visitor.ts';

const longName = `Keeper of the ${'very long and winding '.repeat(2)}handbook of everything`;

describe.each(devicesOr('desktop'))('the gallery of agents, on a $name', (device) => {
  let journey: Journey;
  let visitor: Visitor;
  let mia: TestUser;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    const keys = await createLicenceKeys();
    journey = await startJourney(device, {
      environment: { PINCHY_LICENSE_PUBLIC_KEY: keys.publicKey, PINCHY_ENTERPRISE_KEY: await keys.sign() },
    });
    mia = await createMember(journey.server.app, journey.admin, { name: 'Mia Malone' });
    ids['Scribe'] = await journey.createAgent('Scribe', {
      allowedTools: ['pinchy_ls', 'pinchy_read'],
      tagline: 'Writes things down',
      description: 'For minutes, notes and letters.',
      responsibleUserId: mia.id,
      icon: { emoji: '📚' },
    });
    ids['Compass'] = await journey.createAgent('Compass', { reviewAt: '2020-01-31', responsibleUserId: null });
    ids[longName] = await journey.createAgent(longName, { tagline: longName, description: `${longName} `.repeat(9) });
    const group = await journey.admin.request('POST', '/api/groups', { name: 'Wayfinders' });
    const restricted = { visibility: 'restricted', groupIds: [group.body.id] };
    await journey.admin.request('PATCH', `/api/agents/${ids['Compass']}`, restricted);
    await query(
      journey.server.databaseUrl,
      `insert into usage_records (agent_id, user_id, source, model, input_tokens, output_tokens, cache_read_tokens,
         cache_write_tokens, cost) values ($1, $2, 'chat', 'm', 1, 1, 0, 0, 12.5)`,
      [ids['Scribe'], journey.admin.id],
    );
    visitor = await journey.visit(journey.admin);
  });
  afterAll(() => journey?.close());

  const cards = () => visitor.page.getByRole('list', { name: 'Agents' }).locator('> li');
  const names = () => cards().getByRole('heading', { level: 2 }).allTextContents();

  test('shows what each is for, who answers for it, its model, tools, use and cost', async () => {
    const { page } = visitor;
    await page.goto('/');
    await visitor.navigate('Agents');
    await page.getByRole('heading', { level: 1, name: 'Agents' }).waitFor();
    const scribe = cards().filter({ hasText: 'Writes things down' });
    for (const [label, text] of [
      ['Answers for it', 'Mia Malone'],
      ['Model', 'qwen3:8b'],
      ['Tools', /Read files/],
      ['For', 'Everyone'],
      ['Last used', /^[A-Z][a-z]{2} \d{1,2}, \d{4}$/],
      ['Cost, 30 days', '$12.50'],
    ] as const)
      await scribe
        .locator('dl > div')
        .filter({ has: page.getByText(label, { exact: true }) })
        .locator('dd')
        .filter({ hasText: text })
        .waitFor();
    await scribe.getByText('For minutes, notes and letters.').waitFor();
    await scribe.getByText('📚').waitFor();
    const compass = cards().filter({ hasText: 'Compass' });
    await compass.getByText('Nobody answers for it').waitFor();
    await compass.getByText('Review due since Jan 31, 2020').waitFor();
    await compass.getByText('None: it talks only').waitFor();
    await compass.getByText('Wayfinders', { exact: true }).waitFor();
    await expect.poll(names).toEqual(['Smithers', 'Compass', longName, 'Scribe']);
    await visitor.checkAccessibility('gallery');
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await keepScreenshot(page, `gallery-${device.name}`);
    expect(journey.problems()).toEqual([]);
  });

  test('finds by words, filters and orders, and keeps that in the address', async () => {
    const { page } = visitor;
    await page.getByRole('searchbox', { name: /^Name, purpose/ }).fill('mia read');
    await page.getByText('One agent').waitFor();
    await expect.poll(names).toEqual(['Scribe']);
    await page.getByRole('searchbox').fill('nothing like it');
    await page.getByText('No agent fits').waitFor();
    await visitor.checkAccessibility('gallery, nothing found');
    await page.getByRole('searchbox').fill('');
    await page.getByRole('combobox', { name: 'Order' }).click();
    await page.getByRole('option', { name: 'By cost' }).click();
    await expect.poll(names).toEqual(['Smithers', 'Scribe', 'Compass', longName]);
    await page.getByRole('combobox', { name: 'Show' }).click();
    await page.getByRole('option', { name: 'Review due' }).click();
    await expect.poll(names).toEqual(['Compass']);
    await page.reload();
    await expect.poll(names).toEqual(['Compass']);
    expect(page.url()).toMatch(/only=review/);
    expect(journey.problems()).toEqual([]);
  });

  test('an agent is duplicated, with a name to change, and leads to the settings of the copy', async () => {
    const { page } = visitor;
    await page.goto('/agents');
    await page.getByRole('button', { name: 'Duplicate Scribe' }).click();
    const dialog = page.getByRole('dialog');
    await expect.poll(() => dialog.getByLabel('Name').inputValue()).toBe('Copy of Scribe');
    await visitor.checkAccessibility('dialog: duplicate an agent');
    await dialog.getByRole('button', { name: 'Duplicate', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Copy of Scribe' }).waitFor();
    await expect.poll(() => page.getByLabel('Description').inputValue()).toBe('For minutes, notes and letters.');
    await page.goto('/audit');
    await page.getByText('created the agent Copy of Scribe as a copy of Scribe').first().waitFor();
    expect(journey.problems()).toEqual([]);
  });

  test('an icon is chosen, and stands in the sidebar and in the chat', async () => {
    const { page } = visitor;
    await page.goto(`/agents/${ids['Compass']}/settings?tab=general`);
    await page.getByRole('radiogroup', { name: 'Icon' }).getByText('Figure').click();
    await page.getByRole('button', { name: 'Moon' }).click();
    await page.getByRole('button', { name: 'Violet' }).click();
    await visitor.checkAccessibility('choosing a figure');
    await keepScreenshot(page, `icon-figure-${device.name}`);
    await page.getByRole('radiogroup', { name: 'Icon' }).getByText('Emoji', { exact: true }).click();
    await page.getByLabel('Another emoji').fill('x');
    await page.getByText('Choose a single emoji.').waitFor();
    await page.getByLabel('Another emoji').fill('🧉');
    await visitor.checkAccessibility('choosing an emoji');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Saved. It counts from the next answer.').waitFor();
    await page.goto(`/chat/${ids['Compass']}`);
    await page.getByLabel('Message to Compass').waitFor();
    await page.getByRole('main').getByText('🧉').first().waitFor();
    await page.getByRole('navigation', { name: 'Main navigation' }).getByText('🧉').waitFor({ state: 'attached' });
    expect(journey.problems()).toEqual([]);
  });

  test('members see whom they can talk to and their own use, and no cost', async () => {
    const member = await journey.visit(mia);
    const { page } = member;
    await page.goto('/agents');
    await page.getByRole('heading', { level: 2, name: 'Scribe', exact: true }).waitFor();
    await page.getByText('You used it').first().waitFor();
    for (const hidden of ['$12.50', 'Cost, 30 days', 'Nobody answers for it'])
      expect(await page.getByText(hidden).count(), hidden).toBe(0);
    expect(await page.getByRole('button', { name: /^Duplicate/ }).count()).toBe(0);
    await member.checkAccessibility('gallery of a member');
    await page.getByRole('link', { name: 'Chat with Scribe', exact: true }).click();
    await page.getByLabel('Message to Scribe').waitFor();
    expect(journey.problems()).toEqual([]);
  });

  test('fifty agents are found as well', async () => {
    const { page } = visitor;
    let last = '';
    for (let number = 1; number <= 46; number += 1) last = await journey.createAgent(`Helper ${number}`);
    await page.goto('/agents');
    await page.getByText('51 agents').waitFor();
    await page.getByRole('searchbox').fill('helper 46');
    await expect.poll(names).toEqual(['Helper 46']);
    await page.getByRole('searchbox').fill('');
    await keepScreenshot(page, `gallery-fifty-${device.name}`);
    await page.goto(`/chat/${last}`);
    await page.getByLabel('Message to Helper 46').waitFor();
    const entry = page.getByRole('navigation', { name: 'Main navigation', includeHidden: true }).getByText('Helper 46');
    const isShown = () =>
      entry.evaluate((element) => {
        const box = element.closest('ul')!.parentElement!.getBoundingClientRect();
        const { top, bottom } = element.getBoundingClientRect();
        return top >= box.top && bottom <= box.bottom;
      });
    await expect.poll(isShown).toBe(true);
    expect(journey.problems()).toEqual([]);
  });
});

describe.each(devicesOr('desktop'))('an agent beside its settings, on a $name', (device) => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await startJourney(device);
  });
  afterAll(() => journey?.close());

  test.runIf(device.name === 'desktop')('is tried with what is saved, and begun anew', async () => {
    const agentId = await journey.createAgent('Scribe');
    const visitor = await journey.visit(journey.admin);
    const { page } = visitor;
    await page.goto(`/agents/${agentId}/settings?tab=personality`);
    await page.getByRole('button', { name: 'Try it' }).click();
    const panel = page.getByRole('region', { name: 'Try Scribe' });
    journey.model.respond([{ text: 'Gladly.' }]);
    await panel.getByLabel('Message to Scribe').fill('Will you write?');
    await page.keyboard.press('Enter');
    await panel.getByText('Gladly.', { exact: true }).waitFor();
    await visitor.checkAccessibility('an agent tried beside its settings');
    await keepScreenshot(page, 'try-it');
    await page.getByRole('tab', { name: 'Instructions' }).click();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role')), 'the chat took the focus').toBe(
      'tab',
    );
    await page.keyboard.type('x');
    await expect.poll(() => panel.getByLabel('Message to Scribe').inputValue()).toBe('');
    await panel.getByText('Gladly.', { exact: true }).waitFor();
    await panel.getByRole('button', { name: 'Begin anew' }).click();
    await panel.getByText('Gladly.', { exact: true }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Try it' }).click();
    await panel.waitFor({ state: 'detached' });
    expect(journey.problems()).toEqual([]);
  });
});
