import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import { openVisitor, type Visitor } from './visitor.ts';

// What Pinchy is before HTTPS stands in front of it: opened from another machine, where browsers keep much from a page.
describe.each(devicesOr('desktop'))('over plain HTTP from another machine, on a $name', (device) => {
  let journey: Journey;
  let visitor: Visitor;
  beforeAll(async () => {
    journey = await startJourney(device);
    visitor = await openVisitor({
      address: journey.address.replace('127.0.0.1', 'pinchy.test'),
      device,
      user: journey.admin,
      args: ['--host-resolver-rules=MAP pinchy.test 127.0.0.1'],
    });
  });
  afterAll(async () => {
    await visitor?.close();
    await journey?.close();
  });

  test('a conversation begins, what was said is copied, and pages say what they did', async () => {
    const { page } = visitor;
    const agentId = await journey.createAgent('Scribe');
    journey.model.respond([{ text: 'A mast costs 129.' }]);
    await page.goto(`/chat/${agentId}/new`);
    expect(await page.evaluate(() => isSecureContext)).toBe(false);
    const composer = page.getByLabel('Message to Scribe');
    await composer.fill('What does a mast cost?');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('A mast costs 129.', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Copy as Markdown' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    await composer.click();
    await page.keyboard.press('Control+V');
    await expect.poll(() => composer.inputValue()).toBe('A mast costs 129.');

    await page.goto('/report');
    await page.getByRole('button', { name: 'Copy the report' }).click();
    await page.getByText('The report is copied').waitFor();
    // Chromium's own word on a header that only HTTPS makes count.
    expect(visitor.problems.filter((problem) => !problem.includes('Cross-Origin-Opener-Policy'))).toEqual([]);
  });
});
