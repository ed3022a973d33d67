import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMember, type TestUser } from '../create-test-app.ts';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import { keepScreenshot } from './screenshot.ts';
import type { Visitor } from './visitor.ts';

describe.each(devicesOr('phone'))('prompts, on a $name', (device) => {
  let journey: Journey;
  let member: TestUser;
  let visitor: Visitor;
  let page: Page;
  let agentId: string;
  const composer = () => page.getByLabel('Message to Scribe');
  const options = () => page.getByRole('listbox', { name: 'Prompts' }).getByRole('option');

  beforeAll(async () => {
    journey = await startJourney(device);
    agentId = await journey.createAgent('Scribe');
    member = await createMember(journey.server.app, journey.admin);
    await journey.admin.request('POST', '/api/settings/prompts', {
      name: 'House style',
      text: 'Write it in plain words.',
    });
    visitor = await journey.visit(member);
    page = visitor.page;
  });
  afterAll(() => journey?.close());

  test('are written, changed and deleted on a page of their own; those of all are read only', async () => {
    await page.goto('/settings?section=prompts');
    await page.getByText('No prompts of your own yet.').waitFor();
    await page.getByText('House style').waitFor();
    expect(await page.getByRole('button', { name: 'New prompt for all' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Edit House style' }).count()).toBe(0);
    for (const [name, text] of [
      ['Reminder', 'Remind {{customer}} of {{amount}}. Be kind to {{customer}}.'],
      ['Old one', 'Nobody needs this.'],
    ] as const) {
      await page.getByRole('button', { name: 'New prompt', exact: true }).click();
      await page.getByLabel('Name').fill(name);
      await page.getByRole('textbox', { name: 'Prompt' }).fill(text);
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('button', { name: `Edit ${name}` }).waitFor();
    }
    await page.getByText('Asks for: customer, amount').waitFor();
    await visitor.checkAccessibility('prompts');
    await keepScreenshot(page, `prompts-page-${device.name}`);
    await page.getByRole('button', { name: 'Edit Reminder' }).click();
    await page.getByLabel('Name').fill('Payment reminder');
    await visitor.checkAccessibility('the dialog of a prompt');
    await keepScreenshot(page, `prompts-edit-${device.name}`);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Edit Payment reminder' }).waitFor();
    await page.getByRole('button', { name: 'Delete Old one' }).click();
    await page.getByRole('dialog', { name: 'Delete “Old one”?' }).getByRole('button', { name: 'Delete' }).click();
    await expect.poll(() => page.getByText('Nobody needs this.').count()).toBe(0);
    const left = (await member.request('GET', '/api/prompts')).body.prompts as { name: string }[];
    expect(left.map(({ name }) => name)).toEqual(['House style', 'Payment reminder']);
  });

  test('a slash lists them, filters as one types, asks for the fields, and puts the text in: all by keys', async () => {
    await lateTimers(page);
    await page.goto(`/chat/${agentId}`);
    await composer().focus();
    await page.keyboard.type('/');
    await expect.poll(() => options().allInnerTexts()).toHaveLength(3);
    await visitor.checkAccessibility('the list of prompts');
    await keepScreenshot(page, `prompts-list-${device.name}`);
    const selected = async () => page.getByRole('option', { selected: true }).innerText();
    expect(await selected()).toContain('House style');
    await page.keyboard.press('ArrowDown');
    await expect.poll(selected).toContain('Payment reminder');
    const active = async () => page.locator(`#${await composer().getAttribute('aria-activedescendant')}`).innerText();
    await expect.poll(active).toContain('Payment reminder');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await expect.poll(selected).toBe('Manage prompts');
    await page.keyboard.type('payment rem');
    await expect.poll(() => options().count()).toBe(1);
    // One key right behind the other: none of them is lost, nor goes to the composer.
    for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Payment reminder' });
    await dialog.getByText('Fill this in.').first().waitFor();
    await visitor.checkAccessibility('the fields of a prompt');
    await keepScreenshot(page, `prompts-fields-${device.name}`);
    await page.keyboard.type('Initech');
    await page.keyboard.press('Enter');
    await page.keyboard.type('{{customer}} 7 €');
    await page.keyboard.press('Enter');
    const filled = 'Remind Initech of {{customer}} 7 €. Be kind to Initech.';
    await expect.poll(() => composer().inputValue()).toBe(filled);
    await expect.poll(() => composer().evaluate((field) => field === document.activeElement)).toBe(true);
    await page.keyboard.type(' Today. /house');
    await expect.poll(() => options().count()).toBe(1);
    await page.keyboard.press('Tab');
    await expect.poll(() => composer().inputValue()).toBe(`${filled} Today. Write it in plain words.`);
    await expect.poll(() => options().count()).toBe(0);
  });

  test('Escape closes the list and keeps what was typed, and what is no prompt is sent as it is', async () => {
    journey.model.respond(({ messages }) => [{ text: `Heard: ${messages.at(-1)?.text}` }]);
    await composer().fill('');
    await composer().pressSequentially('/house');
    await expect.poll(() => options().count()).toBe(1);
    await page.keyboard.press('Escape');
    await expect.poll(() => options().count()).toBe(0);
    await expect.poll(() => composer().inputValue()).toBe('/house');
    await composer().fill('');
    await composer().pressSequentially('/etc no such thing');
    expect(await options().count()).toBe(0);
    if (device.name === 'phone') await page.getByRole('button', { name: 'Send' }).click();
    else await page.keyboard.press('Enter');
    await page.getByText('Heard: /etc no such thing', { exact: true }).waitFor();
    expect(journey.problems()).toEqual([]);
  });

  test('in German too', async () => {
    const other = await journey.visit(journey.admin);
    await other.page.addInitScript(() => localStorage.setItem('pinchy.language', 'de'));
    await other.page.goto('/settings?section=prompts');
    await other.page.getByRole('heading', { name: 'Prompts der Organisation' }).waitFor();
    await other.page.getByRole('button', { name: 'Neuer Prompt für alle' }).click();
    await other.page.getByText('{{ Kunde }}').waitFor();
    await other.checkAccessibility('the dialog in German');
    await keepScreenshot(other.page, `prompts-german-${device.name}`);
    expect(journey.problems()).toEqual([]);
  });
});

/** What only waits for its turn comes late, as on a slow device. */
async function lateTimers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const start = window.setTimeout;
    const startLate = (run: TimerHandler, after = 0, ...rest: unknown[]) => start(run, Math.max(after, 100), ...rest);
    Object.assign(window, { setTimeout: startLate });
  });
}
