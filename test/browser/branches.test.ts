import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMember } from '../create-test-app.ts';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import { keepScreenshot } from './screenshot.ts';
import type { Visitor } from './visitor.ts';

describe.each(devicesOr('phone'))('branches, on a $name', (device) => {
  let journey: Journey;
  let visitor: Visitor;
  let page: Page;
  let agentId: string;
  let answers = 0;

  beforeAll(async () => {
    journey = await startJourney(device);
    agentId = await journey.createAgent('Scribe');
    journey.model.respond(() => [{ text: `Answer ${(answers += 1)}.` }]);
    visitor = await journey.visit(journey.admin);
    page = visitor.page;
    await page.goto(`/chat/${agentId}`);
  });
  afterAll(() => journey?.close());

  const said = (text: string) => page.getByRole('article', { name: 'You' }).getByText(text, { exact: true });
  const answer = (number: number) => page.getByText(`Answer ${number}.`, { exact: true });
  const asked = () => journey.model.requests.findLast(({ chat }) => chat)?.chat?.messages.map(({ text }) => text) ?? [];
  const step = (name: string, index = 0) => page.getByRole('button', { name, exact: true }).nth(index).click();
  async function say(text: string) {
    await page.getByLabel('Message to Scribe').fill(text);
    await page.getByRole('button', { name: 'Send' }).click();
  }

  test('a message is edited, and both ways of going on are stepped through, also after a reload', async () => {
    await say('First question');
    await answer(1).waitFor();
    await say('Second question');
    await answer(2).waitFor();
    await page.getByRole('button', { name: 'Edit message' }).first().click();
    const editor = page.getByLabel('Your message in other words');
    await editor.fill('First question, anew');
    await editor.press('Escape');
    await page
      .getByRole('dialog', { name: 'Discard what you entered?' })
      .getByRole('button', { name: 'Cancel' })
      .click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => editor.inputValue()).toBe('First question, anew');
    await visitor.checkAccessibility('a message being edited');
    await keepScreenshot(page, `editing-${device.name}`);
    await page.getByRole('button', { name: 'Send' }).first().click();
    await answer(3).waitFor();
    expect(asked().at(-1)).toContain('First question, anew');
    expect(asked().join()).not.toContain('Answer 1');
    await said('Second question').waitFor({ state: 'detached' });
    await page.getByText('2 of 2').waitFor();

    await step('Previous version');
    await answer(2).waitFor();
    await said('First question').waitFor();
    await page.getByText('1 of 2').waitFor();
    await page.reload();
    await answer(2).waitFor();
    await step('Next version');
    await answer(3).waitFor();
    await expect.poll(() => answer(2).count()).toBe(0);
    await visitor.checkAccessibility('a branch');
    expect(journey.problems()).toEqual([]);
  });

  test('an answer is made anew, by another model too, for those who may choose it', async () => {
    await page.getByRole('button', { name: 'Answer again', exact: true }).click();
    await answer(4).waitFor();
    await answer(3).waitFor({ state: 'detached' });
    await page.getByText('2 of 2').nth(1).waitFor();
    await page.getByRole('button', { name: 'Answer again with another model' }).click();
    await page.getByRole('menuitem').last().waitFor();
    await visitor.checkAccessibility('the choice of a model');
    await keepScreenshot(page, `models-${device.name}`);
    await page.getByRole('menuitem').last().click();
    await answer(5).waitFor();
    await page.getByText('3 of 3').waitFor();
    await keepScreenshot(page, `branches-${device.name}`);
    await say('Third question');
    await answer(6).waitFor();
    expect(asked().join()).toContain('Answer 5');
    expect(asked().join()).not.toMatch(/Answer [34]/);
    expect(journey.problems()).toEqual([]);
  });

  test('nothing branches while an answer is written, and members choose no model', async () => {
    const member = await journey.visit(await createMember(journey.server.app, journey.admin));
    const other = member.page;
    await other.goto(`/chat/${agentId}`);
    const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
    journey.model.respond(async () => {
      await mayEnd;
      return [{ text: 'There.' }];
    });
    await other.getByLabel('Message to Scribe').fill('Hello');
    await other.getByRole('button', { name: 'Send' }).click();
    await other.getByText('Scribe is thinking').waitFor();
    expect(await other.getByRole('button', { name: 'Edit message' }).count()).toBe(0);
    end();
    await other.getByText('There.', { exact: true }).waitFor();
    await other.getByRole('button', { name: 'Edit message' }).waitFor();
    await other.getByRole('button', { name: 'Answer again', exact: true }).waitFor();
    expect(await other.getByRole('button', { name: 'Answer again with another model' }).count()).toBe(0);
    expect(journey.problems()).toEqual([]);
  });
});
