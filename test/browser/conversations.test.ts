import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import type { Visitor } from './visitor.ts';

describe.each(devicesOr('phone'))('several conversations, on a $name', (device) => {
  let journey: Journey;
  let visitor: Visitor;
  let page: Page;
  let list: Locator;
  let transcript: Locator;

  beforeAll(async () => {
    journey = await startJourney(device);
    const agentId = await journey.createAgent('Scribe');
    visitor = await journey.visit(journey.admin);
    page = visitor.page;
    transcript = page.getByRole('region', { name: 'Conversation with Scribe' });
    list = page.getByRole('navigation', { name: 'Conversations' });
    await page.goto(`/chat/${agentId}`);
    await page.getByLabel('Message to Scribe').waitFor();
  });
  afterAll(() => journey?.close());

  /** Phones keep the list in a drawer. */
  async function showList(): Promise<void> {
    const button = page.getByRole('button', { name: 'Show conversations' });
    if ((await button.isVisible()) && !(await list.isVisible())) await button.click();
    await list.getByRole('link').first().waitFor();
  }
  async function say(text: string, answer: string): Promise<void> {
    journey.model.respond([{ text: answer }]);
    await page.getByLabel('Message to Scribe').fill(text);
    await page.getByRole('button', { name: 'Send' }).click();
    await transcript.getByText(answer).waitFor();
  }
  const choose = async (title: string, item: string) => {
    await showList();
    await list.getByRole('button', { name: `Options of “${title}”` }).click();
    await visitor.checkAccessibility('menu: options of a conversation');
    await page.getByRole('menuitem', { name: item }).click();
  };

  test('new, renamed, searched and deleted', async () => {
    await say('Tell me about walruses', 'They have tusks.');
    await showList();
    await visitor.checkAccessibility('the list of conversations');
    await list.getByRole('button', { name: 'New conversation' }).click();
    await transcript.getByText('They have tusks.').waitFor({ state: 'detached' });
    await say('Tell me about pelicans', 'They have pouches.');

    await choose('Tell me about pelicans', 'Rename');
    await page.getByLabel('Title').fill('Birds');
    await visitor.checkAccessibility('dialog: rename');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog', { name: 'Rename conversation' }).waitFor({ state: 'detached' });
    await page.getByRole('heading', { level: 1, name: /Birds/ }).waitFor();

    await showList();
    await list.getByLabel('Search conversations').fill('tusks');
    await list.getByRole('link', { name: /Birds/ }).waitFor({ state: 'detached' });
    await visitor.checkAccessibility('search among conversations');
    await list.getByRole('link', { name: /tusks/ }).click();
    await transcript.getByText('They have tusks.').waitFor();
    await showList();
    await list.getByLabel('Search conversations').fill('');

    await choose('Birds', 'Delete');
    await page.getByText('will be gone for good').waitFor();
    await visitor.checkAccessibility('dialog: delete a conversation');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('will be gone for good').waitFor({ state: 'detached' });
    await showList();
    await list.getByRole('link', { name: /Birds/ }).waitFor({ state: 'detached' });
    await expect.poll(() => list.getByRole('link').count()).toBe(1);
    expect(journey.problems()).toEqual([]);
  });
});
