import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMember } from '../create-test-app.ts';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import { keepScreenshot } from './screenshot.ts';

describe.each(devicesOr('desktop'))('reporting a problem, on a $name', (device) => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await startJourney(device);
  });
  afterAll(() => journey?.close());

  test('an admin sees the report, copies it and downloads it', async () => {
    const visitor = await journey.visit(journey.admin);
    const { page } = visitor;
    await page.goto('/settings');
    const menu = page.getByRole('button', { name: 'Open menu' });
    if (await menu.isVisible()) await menu.click();
    await page.getByRole('button', { name: /^Account:/ }).click();
    await page.getByRole('menuitem', { name: 'Report a problem' }).click();
    await page.getByRole('heading', { level: 1, name: 'Report a problem' }).waitFor();
    const findings = page.getByRole('list', { name: 'This installation' });
    await findings
      .getByText(/^Database · /)
      .first()
      .waitFor();
    // The database of the tests is faster than it is safe.
    await page.getByText(/things? (is|are) wrong/).waitFor();
    await visitor.checkAccessibility('report of an admin');
    await keepScreenshot(page, `report-${device.name}`);
    await page.getByRole('button', { name: 'Copy the report' }).click();
    await page.getByText('The report is copied').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^Pinchy .+ UTC, the server is running\n/);
    expect(copied).not.toContain(journey.server.home);
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download it' }).click();
    const file = await downloading;
    expect(file.suggestedFilename()).toMatch(/^pinchy-\d{4}-\d\d-\d\d\.txt$/);
    expect(await readFile(await file.path(), 'utf8')).toBe(copied);
    expect(journey.problems()).toEqual([]);
  });

  test('a member learns whom to ask', async () => {
    const member = await journey.visit(await createMember(journey.server.app, journey.admin, { name: 'Mia' }));
    await member.page.goto('/report');
    await member.page.getByRole('list', { name: 'Whom to ask' }).getByText('Ada Admin').waitFor();
    expect(await member.page.getByRole('button', { name: 'Copy the report' }).count()).toBe(0);
    await member.checkAccessibility('whom to ask');
    expect(journey.problems()).toEqual([]);
  });
});
