import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import { waitForFocus } from './wait-for-focus.ts';

describe.each(devicesOr('desktop'))('the focus after a dialog, on a $name', (device) => {
  let journey: Journey;
  beforeAll(async () => void (journey = await startJourney(device)));
  afterAll(() => journey?.close());

  test('returns to what opened it, or to the page when that is gone as well', async () => {
    const { page, problems } = await journey.visit(journey.admin);
    await page.goto('/settings?section=integrations');
    const add = page.getByRole('button', { name: 'Add connection' });
    await add.waitFor();
    await page.waitForLoadState('networkidle');
    await add.press('Enter');
    await page.getByRole('dialog').getByLabel('Address').waitFor();
    await waitForFocus(page.getByRole('dialog'));
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => add.evaluate((button) => button === document.activeElement)).toBe(true);

    await journey.admin.request('POST', '/api/data-directories', { path: '/data/empty' });
    await page.goto('/knowledge');
    await page.getByRole('button', { name: 'Remove empty…' }).press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).press('Enter');
    await page.getByText('No directories yet').waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('content');
    expect(problems).toEqual([]);
  });
});
