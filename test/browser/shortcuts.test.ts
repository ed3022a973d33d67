import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { devices } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import { keepScreenshot } from './screenshot.ts';

let journey: Journey;

beforeAll(async () => {
  journey = await startJourney(devices[0]!);
});
afterAll(() => journey?.close());

/** Presses Tab, or Shift+Tab, until something with this name has the focus; says how often that took. */
async function pressesTo(page: Page, name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<number> {
  for (let presses = 1; presses <= 12; presses += 1) {
    await page.keyboard.press(key);
    const focused = page.locator(':focus');
    const label = (await focused.getAttribute('aria-label')) ?? (await focused.textContent()) ?? '';
    if (name.test(label)) return presses;
  }
  throw new Error(`${name} is more than twelve presses away.`);
}

test('what one does every day is a few presses away', async () => {
  const agentId = await journey.createAgent('Clerk');
  const visitor = await journey.visit(journey.admin);
  const { page } = visitor;
  await page.goto('/agents');
  await page.getByRole('heading', { level: 1, name: 'Agents' }).waitFor();
  // Past the sidebar, however many agents there are.
  expect(await pressesTo(page, /^Skip to content$/)).toBe(1);
  await page.keyboard.press('Enter');
  expect(await pressesTo(page, /./)).toBe(1);
  await expect.poll(() => page.locator('main :focus').count()).toBe(1);

  await page.goto(`/chat/${agentId}`);
  const composer = page.getByLabel('Message to Clerk');
  await expect.poll(() => composer.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.type('Hello');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Copy as Markdown' }).waitFor();
  await composer.focus();
  // Back from the field to what was answered last: rate, ask again, copy.
  expect(await pressesTo(page, /^Copy as Markdown$/, 'Shift+Tab')).toBeLessThanOrEqual(8);
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('Hello.');
  expect(journey.problems()).toEqual([]);
});

test('a question mark shows the shortcuts, and they do what they say', async () => {
  const agentId = await journey.createAgent('Scribe');
  const visitor = await journey.visit(journey.admin);
  const { page } = visitor;
  await page.goto('/usage');
  await page.getByRole('heading', { name: 'Usage' }).first().waitFor();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await sheet.getByText('New conversation').waitFor();
  await visitor.checkAccessibility('the sheet of shortcuts');
  await keepScreenshot(page, 'shortcuts');
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });

  await page.goto(`/chat/${agentId}`);
  const composer = page.getByLabel('Message to Scribe');
  await expect.poll(() => composer.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.type('What?');
  await expect.poll(() => composer.inputValue()).toBe('What?');
  expect(await sheet.count()).toBe(0);

  journey.model.respond([{ text: 'One sheep, two sheep, ' }, { hang: true }]);
  await page.keyboard.press('Enter');
  await page.getByText('One sheep, two sheep,').waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('Stopped by you.').waitFor();
  await page.keyboard.press('Control+Shift+O');
  await page.waitForURL(/\/new$/);
  expect(journey.problems()).toEqual([]);
});
