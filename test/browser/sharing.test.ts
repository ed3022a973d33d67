import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMember, type TestUser } from '../create-test-app.ts';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import { keepScreenshot } from './screenshot.ts';
import type { Visitor } from './visitor.ts';

describe.each(devicesOr('phone'))('sharing a conversation, on a $name', (device) => {
  let journey: Journey;
  let owner: TestUser;
  let reader: TestUser;
  let ours: Visitor;
  let theirs: Visitor;
  let link: string;
  const isPhone = device.name === 'phone';

  beforeAll(async () => {
    journey = await startJourney(device);
    const agentId = await journey.createAgent('Scribe');
    owner = await createMember(journey.server.app, journey.admin, { name: 'Olga Owner' });
    reader = await createMember(journey.server.app, journey.admin, { name: 'Rita Reader' });
    ours = await journey.visit(owner);
    theirs = await journey.visit(reader);
    journey.model.respond(({ messages }) => [{ text: `**Heard:** ${messages.at(-1)?.text}` }]);
    await ours.page.goto(`/chat/${agentId}/new`);
    await ours.page.getByLabel('Message to Scribe').fill('What does a mast cost?');
    await ours.page.getByRole('button', { name: 'Send' }).click();
    await ours.page.getByText('Heard: What does a mast cost?', { exact: true }).waitFor();
  });
  afterAll(() => journey?.close());

  async function openMenu(page: Page): Promise<void> {
    if (isPhone) await page.getByRole('button', { name: 'Show conversations' }).click();
    await page.getByRole('button', { name: /Options of “What does a mast cost/ }).click();
    await page.getByRole('menuitem', { name: 'Rename' }).waitFor();
  }

  test('is offered once an admin allows it', async () => {
    await openMenu(ours.page);
    expect(await ours.page.getByRole('menuitem', { name: 'Share…' }).count()).toBe(0);
    const admins = await journey.visit(journey.admin);
    await admins.page.goto('/settings?section=security');
    // Where it stood before leads to where it stands.
    await admins.page.getByRole('main').getByRole('link', { name: 'Conversations' }).last().click();
    await admins.page.waitForURL(/section=conversations/);
    await admins.page.getByRole('switch', { name: 'Allow people to share conversations' }).click();
    await admins.page.getByText('People may share conversations from now on').waitFor();
    await admins.checkAccessibility('the switch for sharing');
    await keepScreenshot(admins.page, `sharing-setting-${device.name}`);
    expect((await owner.request('GET', '/api/sharing')).body).toEqual({ enabled: true });
  });

  test('names people who may use the agent, and gives a link', async () => {
    const { page } = ours;
    await page.reload();
    await openMenu(page);
    await page.getByRole('menuitem', { name: 'Share…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Share this conversation' });
    await dialog.getByText('What you say later stays with you').waitFor();
    await dialog.getByLabel('Search people and groups').fill('rita');
    await dialog.getByRole('checkbox', { name: 'Rita Reader' }).click();
    await dialog.getByRole('button', { name: 'Share', exact: true }).click();
    link = await dialog.getByLabel('Link', { exact: true }).inputValue();
    await dialog.getByText('2 messages are shown').waitFor();
    await ours.checkAccessibility('the dialog of a shared conversation');
    await keepScreenshot(page, `sharing-dialog-${device.name}`);
    expect(link).toMatch(/\/shared\/[0-9a-f-]{36}$/);
    // What is shared is nothing to lose; who was chosen and not saved yet is.
    await dialog.getByRole('checkbox', { name: 'Rita Reader' }).click();
    await page.keyboard.press('Escape');
    await page
      .getByRole('dialog', { name: 'Discard what you entered?' })
      .getByRole('button', { name: 'Cancel' })
      .click();
    await dialog.getByRole('checkbox', { name: 'Rita Reader' }).click();
  });

  test('is read and copied by whom it names, and told to be an AI’s', async () => {
    const { page } = theirs;
    await page.goto('/agents');
    if (isPhone) await page.getByRole('button', { name: 'Open menu' }).click();
    const listed = page.getByRole('region', { name: 'Shared with you' }).getByRole('link');
    await listed.filter({ hasText: 'Olga Owner · Scribe' }).waitFor();
    await theirs.checkAccessibility('the list of what is shared with one');
    await keepScreenshot(page, `sharing-list-${device.name}`);
    await listed.click();
    await page.waitForURL(new URL(link).href);
    await page.getByText('Olga Owner shared this conversation with Scribe').waitFor();
    await page.getByText('Scribe is an AI.').waitFor();
    await page.getByText('Heard: What does a mast cost?', { exact: true }).waitFor();
    await theirs.checkAccessibility('a shared conversation');
    await keepScreenshot(page, `sharing-page-${device.name}`);
    await page.getByRole('button', { name: 'Copy and go on' }).click();
    await page.waitForURL(/\/chat\/[^/]+\/[0-9a-f-]{36}$/);
    await page.getByText('Heard: What does a mast cost?', { exact: true }).waitFor();
    await page.getByLabel('Message to Scribe').fill('And a sail?');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Heard: And a sail?', { exact: true }).waitFor();
    await keepScreenshot(page, `sharing-copy-${device.name}`);
  });

  test('ends at once, and the page says so', async () => {
    const list = theirs.page.getByRole('region', { name: 'Shared with you', includeHidden: true });
    await list.waitFor({ state: 'attached' });
    await theirs.page.goto(new URL(link).pathname);
    await theirs.page.getByText('Heard: What does a mast cost?', { exact: true }).waitFor();
    await list.waitFor({ state: 'attached' });
    const stop = ours.page.getByRole('button', { name: 'Stop sharing' });
    await stop.click();
    const question = ours.page.getByRole('dialog', { name: 'Stop sharing this conversation?' });
    await question.getByText('The link is dead for good').waitFor();
    await ours.checkAccessibility('the question before sharing ends');
    await question.getByRole('button', { name: 'Cancel' }).click();
    await question.waitFor({ state: 'detached' });
    await stop.click();
    await question.getByRole('button', { name: 'Stop sharing' }).click();
    await ours.page.getByText('The link is dead.').waitFor();
    // Nothing is asked anew by hand.
    await list.waitFor({ state: 'detached' });
    await theirs.page.getByText('This conversation cannot be read').waitFor();
    await theirs.page.goto(new URL(link).pathname);
    await theirs.page.getByText('This conversation cannot be read').waitFor();
    await theirs.page.getByRole('main').getByRole('link', { name: 'Go to your agents' }).waitFor();
    await theirs.checkAccessibility('a link that is dead');
    await keepScreenshot(theirs.page, `sharing-gone-${device.name}`);
    // The browser tells of the 404 itself.
    expect(journey.problems().filter((problem) => !problem.includes('404'))).toEqual([]);
  });
});
