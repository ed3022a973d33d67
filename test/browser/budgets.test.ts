import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMember, type TestUser } from '../create-test-app.ts';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import { keepScreenshot } from './screenshot.ts';
import type { Visitor } from './visitor.ts';

describe.each(devicesOr('desktop'))('budgets, on a $name', (device) => {
  let journey: Journey;
  let visitor: Visitor;
  let page: Page;
  let mia: TestUser;
  let scribeId: string;

  beforeAll(async () => {
    journey = await startJourney(device, { provider: 'anthropic' });
    mia = await createMember(journey.server.app, journey.admin, { name: 'Mia Member' });
    scribeId = await journey.createAgent('Scribe');
    await journey.admin.request('PUT', '/api/settings/conversations', { modelTitles: false });
    journey.model.respond([{ text: 'Of course.' }, { usage: { input: 25_000, output: 200 } }]);
    visitor = await journey.visit(journey.admin);
    page = visitor.page;
  });
  afterAll(() => journey?.close());

  const section = () => page.getByRole('region', { name: 'Budgets' });
  const list = () => section().getByRole('list', { name: 'All budgets' });

  test('an admin makes one for a person, changes it and raises it', async () => {
    await page.goto('/usage');
    await section().getByText('No budget yet').waitFor();
    await visitor.checkAccessibility('usage, without budgets');
    await keepScreenshot(page, `budgets-none-${device.name}`);
    await section().getByRole('button', { name: 'Add a budget' }).click();
    const form = page.getByRole('dialog', { name: 'Add a budget' });
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('Enter an amount above 0').waitFor();
    await choose('For', 'A person');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('Choose whom it is for.').waitFor();
    await choose('Person', /^Mia Member \(/);
    await choose('Counted in', 'Tokens');
    await choose('For each', 'a day');
    await form.getByLabel('Amount').fill('1,5');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('Tokens are counted whole.').waitFor();
    await form.getByLabel('Amount').fill('30,000');
    await form.getByText('30,000 tokens a day').waitFor();
    await visitor.checkAccessibility('dialog: add a budget');
    await keepScreenshot(page, `budget-dialog-${device.name}`);
    await form.getByRole('button', { name: 'Save' }).click();
    await list().getByText('Mia Member').waitFor();
    await list().getByText('30,000 tokens a day').waitFor();
    await visitor.checkAccessibility('usage, with a budget');
    await keepScreenshot(page, `budgets-${device.name}`);
    expect(journey.problems()).toEqual([]);
  });

  test('the person reads what is left, then that it is used up and until when; what they typed stays', async () => {
    const person = await journey.visit(mia);
    await person.page.goto(`/chat/${scribeId}`);
    const composer = person.page.getByLabel('Message to Scribe');
    await composer.fill('First question');
    await person.page.getByRole('button', { name: 'Send', exact: true }).click();
    await person.page.getByText('Of course.', { exact: true }).waitFor();
    await person.page.getByText('Your budget for today: 4,800 of 30,000 tokens left.').waitFor();
    await keepScreenshot(person.page, `budget-nearly-${device.name}`);
    journey.model.respond([{ text: 'Of course.' }, { usage: { input: 6_000, output: 200 } }]);
    await composer.fill('Second question');
    await person.page.getByRole('button', { name: 'Send', exact: true }).click();
    await person.page.getByText(/Your budget for today is used up\. It starts anew on /).waitFor();
    await composer.fill('Third question');
    await person.page.getByRole('button', { name: 'Send', exact: true }).click();
    await person.page.getByText('A budget is used up.').waitFor();
    await person.page.getByText(/Your budget leaves no room for this answer\./).waitFor();
    await person.page.getByText(/Until then, an admin can raise it\./).waitFor();
    await person.page.getByText('Third question').first().waitFor();
    await person.checkAccessibility('chat, with a budget that is used up');
    await keepScreenshot(person.page, `budget-used-up-${device.name}`);

    await page.goto('/overview');
    await page.getByText('The budget of Mia Member (a day) is used up.').waitFor();
    await page.getByRole('link', { name: /Open: The budget of Mia Member/ }).click();
    await list().getByText('used up', { exact: true }).waitFor();
    const top = () => section().evaluate((element) => element.getBoundingClientRect().top);
    await expect.poll(top).toBeLessThan(300);
    await list()
      .getByRole('button', { name: /^Raise the budget for a time/ })
      .click();
    const form = page.getByRole('dialog', { name: 'Raise for a time' });
    await form.getByRole('button', { name: 'Raise' }).click();
    await form.getByText('Say why.').waitFor();
    await form.getByLabel('Amount until then').fill('900000');
    await form.getByLabel('Reason').fill('The audit is due.');
    await visitor.checkAccessibility('dialog: raise a budget');
    await form.getByRole('button', { name: 'Raise' }).click();
    await list()
      .getByText(/Raised to 900,000 tokens until .*: The audit is due\./)
      .waitFor();
    await keepScreenshot(page, `budget-raised-${device.name}`);

    await person.page.getByRole('button', { name: 'Ask again' }).first().click();
    await expect.poll(() => person.page.getByText('Of course.', { exact: true }).count()).toBe(3);
    await person.close();
    expect(journey.problems()).toEqual([]);
  });

  test('it is deleted after a question, and all of it stands in the trail in words', async () => {
    await page.goto('/usage');
    await list()
      .getByRole('button', { name: /^End the raise/ })
      .click();
    const ending = page.getByRole('dialog', { name: 'End the raise now?' });
    await ending.getByText('30,000 tokens a day hold again at once.').waitFor();
    await ending.getByRole('button', { name: 'End the raise' }).click();
    await expect
      .poll(() =>
        list()
          .getByText(/Raised to/)
          .count(),
      )
      .toBe(0);
    await list()
      .getByRole('button', { name: /^Delete the budget/ })
      .click();
    const question = page.getByRole('dialog', { name: 'Delete this budget?' });
    await question.getByRole('button', { name: 'Delete' }).click();
    await section().getByText('No budget yet').waitFor();
    await page.goto('/audit');
    for (const line of [
      'Ada Admin set a budget for Mia Member: 30,000 tokens a day',
      'Ada Admin raised the budget for Mia Member for a time: The audit is due.',
      '100 % of the budget for Mia Member was spent: 30,000 tokens a day',
      'Ada Admin deleted the budget for Mia Member: 30,000 tokens a day',
    ])
      await page.getByRole('button', { name: line }).first().waitFor();
    expect(journey.problems()).toEqual([]);
  });

  async function choose(label: string, option: string | RegExp): Promise<void> {
    const form = page.getByRole('dialog');
    await form.getByRole('combobox', { name: label, exact: true }).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  }
});
