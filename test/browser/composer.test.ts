import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { devices } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import type { Visitor } from './visitor.ts';

describe.each(devices)('writing, on a $name', (device) => {
  let journey: Journey;
  let visitor: Visitor;
  let page: Page;
  let agentId: string;
  const isPhone = device.name === 'phone';
  const composer = () => page.getByLabel('Message to Scribe');
  const hasFocus = () => composer().evaluate((element) => element === document.activeElement);

  beforeAll(async () => {
    journey = await startJourney(device);
    agentId = await journey.createAgent('Scribe');
    visitor = await journey.visit(journey.admin);
    page = visitor.page;
    journey.model.respond(({ messages }) => [{ text: `Heard: ${messages.at(-1)?.text.split('\n').at(-1)}` }]);
    await page.goto(`/chat/${agentId}`);
    await composer().waitFor();
  });
  afterAll(() => journey?.close());

  test.runIf(isPhone)('Enter makes a new line, the button sends, and no keyboard opens by itself', async () => {
    expect(await hasFocus()).toBe(false);
    await composer().fill('one');
    await composer().press('Enter');
    await composer().pressSequentially('two');
    await expect.poll(() => composer().inputValue()).toBe('one\ntwo');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Heard: two', { exact: true }).waitFor();
  });
  test.skipIf(isPhone)('the composer has the focus on opening, and Enter sends', async () => {
    await expect.poll(hasFocus).toBe(true);
    await page.keyboard.type('one');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('two');
    await page.keyboard.press('Enter');
    await page.getByText('Heard: two', { exact: true }).waitFor();
  });

  test.skipIf(isPhone)('what is typed on coming back to a draft goes to its end', async () => {
    await composer().fill('The first words');
    await page.reload();
    await expect.poll(hasFocus).toBe(true);
    await page.keyboard.type(' and the next');
    await expect.poll(() => composer().inputValue()).toBe('The first words and the next');
    await composer().fill('');
  });

  test.skipIf(isPhone)(
    'it takes the focus for what is typed or pasted anywhere, and leaves other keys and fields alone',
    async () => {
      await page.getByRole('region', { name: 'Conversation with Scribe' }).focus();
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Space');
      expect(await hasFocus()).toBe(false);
      await page.keyboard.type('anywhere');
      await expect.poll(() => composer().inputValue()).toBe('anywhere');
      await page.getByLabel('Search conversations').pressSequentially('plan');
      await expect.poll(() => composer().inputValue()).toBe('anywhere');
      await expect.poll(() => page.getByLabel('Search conversations').inputValue()).toBe('plan');
      await page.getByLabel('Search conversations').fill('');
      await composer().fill('');
      await page.evaluate(() => navigator.clipboard.writeText('from elsewhere'));
      await page.getByRole('region', { name: 'Conversation with Scribe' }).focus();
      await page.keyboard.press('Control+v');
      await expect.poll(() => composer().inputValue()).toBe('from elsewhere');
      await composer().fill('');
    },
  );

  test.skipIf(isPhone)('“New conversation” gives it the focus, also where one was open already', async () => {
    for (let time = 0; time < 2; time += 1) {
      await page.getByRole('button', { name: 'New conversation' }).click();
      await page.waitForURL(/\/new$/);
      await expect.poll(hasFocus).toBe(true);
    }
    await page.goto(`/chat/${agentId}`);
  });

  test('every message is copied as it was written', async () => {
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await page.getByRole('button', { name: 'Copy message' }).first().click();
    await expect.poll(copied).toBe('one\ntwo');
    await page.getByRole('button', { name: 'Copy as Markdown' }).first().click();
    await expect.poll(copied).toBe('Heard: two');
    await visitor.checkAccessibility('messages with their buttons');
    expect(journey.problems()).toEqual([]);
  });
});
