import { afterAll, beforeAll, expect, test, describe } from 'vitest';
import type { Page } from 'playwright-core';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import { keepScreenshot } from './screenshot.ts';
import type { Visitor } from './visitor.ts';

describe.each(devicesOr('desktop'))('searching all conversations, on a $name', (device) => {
  let journey: Journey;
  let visitor: Visitor;
  let page: Page;
  let scribe: string;

  beforeAll(async () => {
    journey = await startJourney(device);
    scribe = await journey.createAgent('Scribe');
    await journey.createAgent('Clerk');
    visitor = await journey.visit(journey.admin);
    page = visitor.page;
  });
  afterAll(() => journey?.close());

  test('what was said with another agent is found, marked, and opened where it was said', async () => {
    const long = Array.from({ length: 80 }, (_, line) => `Line ${line}`).join('\n\n');
    journey.model.respond(({ messages }) => [
      { text: messages.at(-1)?.text.includes('first') ? `The heron flies.` : long },
    ]);
    await page.goto(`/chat/${scribe}`);
    for (const question of ['The first thing', 'Another thing', 'A third thing']) {
      await page.getByLabel('Message to Scribe').fill(question);
      await page.getByRole('button', { name: 'Send' }).click();
      await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Copy as Markdown' }).last().waitFor();
    }
    await visitor.navigate('Clerk');
    await page.getByLabel('Message to Clerk').waitFor();
    const list = page.getByRole('button', { name: 'Show conversations' });
    if (await list.isVisible()) await list.click();
    await page.getByLabel('Search conversations').filter({ visible: true }).fill('HERON');
    const hit = page.getByRole('link', { name: /Scribe · The first thing/ });
    await hit.waitFor();
    await expect.poll(() => hit.locator('mark').allTextContents()).toEqual(['heron']);
    await visitor.checkAccessibility('hits with other agents');
    await keepScreenshot(page, `search-${device.name}`);
    await hit.click();
    const said = page.getByText('The heron flies.', { exact: true });
    const isInSight = () =>
      said.evaluate((element) => {
        const { top, bottom } = element.getBoundingClientRect();
        return top > 0 && bottom < innerHeight;
      });
    await expect.poll(isInSight).toBe(true);
    await visitor.settle();
    await keepScreenshot(page, `hit-${device.name}`);
    await expect.poll(() => said.isVisible()).toBe(true);

    // From any page, to the place where it was said.
    await page.goto('/usage');
    await page.getByRole('heading', { level: 1, name: 'Usage' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /^Jump to/ }).fill('heron');
    const option = page.getByRole('option', { name: /The heron flies/ });
    await option.waitFor();
    await expect.poll(() => option.locator('mark').allTextContents()).toEqual(['heron']);
    await visitor.checkAccessibility('hits in the palette');
    await option.click();
    await said.waitFor();
    await expect.poll(isInSight).toBe(true);
    expect(journey.problems()).toEqual([]);
  });
});
