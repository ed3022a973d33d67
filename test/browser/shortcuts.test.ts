import { afterAll, beforeAll, expect, test } from 'vitest';
import { devices } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import { keepScreenshot } from './screenshot.ts';

let journey: Journey;

beforeAll(async () => {
  journey = await startJourney(devices[0]!);
});
afterAll(() => journey?.close());

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
