import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import { waitForFocus } from './wait-for-focus.ts';

interface FormCase {
  dialog: string;
  open: (page: Page) => Promise<void>;
  field: string;
}

const forms: FormCase[] = [
  { dialog: 'a connection', open: opener('/settings?section=integrations', 'Add connection'), field: 'Address' },
  { dialog: 'an invitation', open: opener('/settings?section=users', 'Invite'), field: 'E-mail (optional)' },
  { dialog: 'a prompt', open: opener('/settings?section=prompts', 'New prompt'), field: 'Name' },
  { dialog: 'a directory', open: opener('/knowledge', 'New directory'), field: 'Name of the directory' },
];

function opener(path: string, button: string): FormCase['open'] {
  return async (page) => {
    await page.goto(path);
    await page.getByRole('button', { name: button }).first().press('Enter');
  };
}

describe.each(devicesOr('desktop'))('Escape in a dialog with a form, on a $name', (device) => {
  let journey: Journey;
  beforeAll(async () => void (journey = await startJourney(device)));
  afterAll(() => journey?.close());

  test.each(forms)('throws nothing of $dialog away without asking', async ({ open, field }) => {
    const { page, problems, close } = await journey.visit(journey.admin);
    await open(page);
    const dialog = page.getByRole('dialog');
    const input = dialog.getByLabel(field, { exact: true });
    await input.waitFor();
    await waitForFocus(dialog);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });

    await open(page);
    await input.fill('something');
    await page.keyboard.press('Escape');
    const question = page.getByRole('dialog', { name: 'Discard what you entered?' });
    await waitForFocus(question);
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    await expect.poll(() => input.inputValue()).toBe('something');
    await expect.poll(() => input.evaluate((element) => element === document.activeElement)).toBe(true);

    await page.mouse.click(5, 5);
    await page.waitForTimeout(300);
    await expect.poll(() => input.inputValue()).toBe('something');

    await page.keyboard.press('Escape');
    await question.getByRole('button', { name: 'Discard' }).click();
    await dialog.first().waitFor({ state: 'detached' });
    await expect.poll(() => dialog.count()).toBe(0);
    expect(problems).toEqual([]);
    await close();
  });

  test('asks also where a choice was made, and not where people were only looked for', async () => {
    const { page } = await journey.visit(journey.admin);
    await page.goto('/settings?section=users');
    await page.getByRole('button', { name: 'Invite' }).first().press('Enter');
    await waitForFocus(page.getByRole('dialog'));
    await page.getByRole('dialog').getByText('Admin', { exact: true }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Discard what you entered?' }).waitFor();
  });

  test('closes a list of choices alone, and asks the next time', async () => {
    const { page, problems, close } = await journey.visit(journey.admin);
    await opener('/usage', 'Add a budget')(page);
    const form = page.getByRole('dialog', { name: 'Add a budget' });
    await waitForFocus(form);
    await form.getByRole('combobox', { name: 'Counted in' }).click();
    await page.getByRole('option', { name: 'Tokens' }).click();
    await form.getByRole('combobox', { name: 'For each' }).click();
    await page.getByRole('option', { name: 'a week' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('option').count()).toBe(0);
    await page.waitForTimeout(300);
    await expect.poll(() => page.getByRole('dialog').count()).toBe(1);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Discard what you entered?' }).waitFor();
    expect(problems).toEqual([]);
    await close();
  });
});
