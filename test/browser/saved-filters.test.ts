import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMember } from '../create-test-app.ts';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import { keepScreenshot } from './screenshot.ts';
import { unfoldFilters } from './unfold-filters.ts';
import type { Visitor } from './visitor.ts';

describe.each(devicesOr('desktop'))('saved filters of the trail, on a $name', (device) => {
  let journey: Journey;
  let visitor: Visitor;
  let page: Page;
  let scribeId: string;

  beforeAll(async () => {
    journey = await startJourney(device);
    scribeId = await journey.createAgent('Scribe');
    const idleId = await journey.createAgent('Idle');
    await journey.admin.request('POST', `/api/agents/${idleId}/chats`, { title: 'Idle talk' });
    visitor = await journey.visit(journey.admin);
    page = visitor.page;
  });
  afterAll(() => journey?.close());

  const saved = (of: Page) => of.getByRole('group', { name: 'Saved filters' });
  const dialog = (name: string) => page.getByRole('dialog', { name });

  test('the present filter gets a name, and is found again on every device with its period', async () => {
    await page.goto('/audit');
    await page.getByRole('button', { name: 'Ada Admin created the agent Scribe' }).waitFor();
    // Nothing is narrowed, so there is nothing to save.
    expect(await saved(page).count()).toBe(0);
    await choose('Agent', 'Scribe');
    await page.waitForURL(`**agentId=${scribeId}*`);
    await page.getByRole('button', { name: 'Ada Admin created the agent Idle' }).waitFor({ state: 'detached' });
    await choose('Period', 'Last 7 days');
    await page.waitForURL('**period=last7Days*');
    await page.getByRole('button', { name: 'Ada Admin created the agent Scribe' }).waitFor();
    await page.getByRole('button', { name: 'Save this filter…' }).click();
    const form = dialog('Save this filter');
    await form.getByText('Scribe · Last 7 days').waitFor();
    await visitor.checkAccessibility('dialog: save this filter');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('Enter a name.').waitFor();
    await form.getByLabel('Name').fill('Scribe this week');
    await form.getByRole('button', { name: 'Save' }).click();
    const choice = saved(page).getByRole('button', { name: 'Scribe this week', exact: true });
    await choice.waitFor();
    await expect.poll(() => choice.getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('button', { name: 'Save this filter…' }).waitFor({ state: 'detached' });
    await visitor.checkAccessibility('audit trail, with a saved filter');
    await keepScreenshot(page, `saved-filter-${device.name}`);

    const elsewhere = await journey.visit(journey.admin);
    await elsewhere.page.goto('/audit');
    await saved(elsewhere.page).getByRole('button', { name: 'Scribe this week', exact: true }).click();
    await elsewhere.page.waitForURL('**period=last7Days*');
    await elsewhere.page.getByRole('button', { name: 'Ada Admin created the agent Scribe' }).waitFor();
    await elsewhere.page
      .getByRole('button', { name: 'Ada Admin created the agent Idle' })
      .waitFor({ state: 'detached' });
    await elsewhere.close();
    expect(journey.problems()).toEqual([]);
  });

  test('a name that is taken is refused at its field', async () => {
    await page.goto('/audit?topic=denied');
    await page.getByRole('button', { name: 'Save this filter…' }).click();
    const form = dialog('Save this filter');
    await form.getByLabel('Name').fill('scribe this week');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('You have a saved filter with this name already.').waitFor();
    await form.getByLabel('Name').fill('Refused');
    await form.getByLabel('Share with all who may read the trail').check();
    await form.getByRole('button', { name: 'Save' }).click();
    await saved(page).getByRole('button', { name: 'Refused', exact: true }).waitFor();
    expect(journey.problems().filter((problem) => !/ 400 /.test(problem))).toEqual([]);
    visitor.problems.length = 0;
  });

  test('it is renamed, replaced by the present filter, and deleted, each after a question where something is lost', async () => {
    await act('Refused', 'Rename…');
    await dialog('Rename the saved filter').getByLabel('Name').fill('Denied lately');
    await dialog('Rename the saved filter').getByRole('button', { name: 'Save' }).click();
    await saved(page).getByRole('button', { name: 'Denied lately', exact: true }).waitFor();

    await page.goto('/audit?topic=approvals');
    await act('Denied lately', 'Save the present filter in its place…');
    await dialog('Save the present filter as “Denied lately”?').getByRole('button', { name: 'Save' }).click();
    const choice = saved(page).getByRole('button', { name: 'Denied lately', exact: true });
    await expect.poll(() => choice.getAttribute('aria-pressed')).toBe('true');

    await act('Denied lately', 'Delete…');
    const question = dialog('Delete the saved filter “Denied lately”?');
    await question.getByText('it goes for them as well').waitFor();
    await question.getByRole('button', { name: 'Cancel' }).click();
    await question.waitFor({ state: 'detached' });
    await choice.waitFor();
    await act('Denied lately', 'Delete…');
    await question.getByRole('button', { name: 'Delete' }).click();
    await choice.waitFor({ state: 'detached' });
    expect(journey.problems()).toEqual([]);
  });

  test('another admin chooses what is shared and cannot change it; the trail says what was saved, in words', async () => {
    await act('Scribe this week', 'Share with all who may read the trail');
    await page.getByText('“Scribe this week” is shared.').waitFor();
    const auditor = await createMember(journey.server.app, journey.admin, { role: 'admin', name: 'Olga Auditor' });
    const other = await journey.visit(auditor);
    await other.page.goto('/audit');
    await saved(other.page).getByRole('button', { name: 'Scribe this week · Ada Admin' }).click();
    await other.page.waitForURL(`**agentId=${scribeId}*`);
    expect(await other.page.getByRole('button', { name: /^What to do with/ }).count()).toBe(0);
    await keepScreenshot(other.page, `saved-filter-shared-${device.name}`);
    await other.close();

    await page.goto('/audit');
    await page.getByRole('button', { name: 'Ada Admin saved the filter “Scribe this week”' }).click();
    const drawer = page.getByRole('dialog', { name: /^Entry / });
    await drawer.getByText('period: Last 7 days; agent: Scribe').waitFor();
    expect(await drawer.innerText()).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/);
    expect(journey.problems()).toEqual([]);
  });

  test('several events are chosen, and saved with it', async () => {
    await page.goto('/audit');
    await choose('Event', 'created the agent …');
    await choose('Event', 'began a conversation with …');
    await page.keyboard.press('Escape');
    await page.waitForURL('**conversation.created*');
    await page.getByRole('button', { name: 'Ada Admin created the agent Idle' }).waitFor();
    await page.getByRole('button', { name: 'Ada Admin signed in' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Save this filter…' }).click();
    const form = dialog('Save this filter');
    await form.getByText('created the agent … or began a conversation with …').waitFor();
    await form.getByLabel('Name').fill('New');
    await form.getByRole('button', { name: 'Save' }).click();
    await saved(page).getByRole('button', { name: 'New', exact: true }).waitFor();
    await visitor.checkAccessibility('audit trail, several events');
    await keepScreenshot(page, `saved-filter-events-${device.name}`);
    expect(journey.problems()).toEqual([]);
  });

  test('what somebody did is one press away from their name', async () => {
    await page.goto('/settings?section=users');
    await page.getByRole('button', { name: 'Actions for Ada Admin' }).click();
    await page.getByRole('menuitem', { name: 'What they did' }).click();
    await page.waitForURL(`**personId=${journey.admin.id}*`);
    await page.getByRole('button', { name: 'Ada Admin created the agent Idle' }).waitFor();
    await page.getByRole('button', { name: 'Pinchy 0.0.0-test started' }).waitFor({ state: 'detached' });
    expect(journey.problems()).toEqual([]);
  });

  async function choose(field: string, option: string): Promise<void> {
    await unfoldFilters(page);
    await page.getByRole('combobox', { name: field, exact: true }).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  }

  async function act(name: string, action: string): Promise<void> {
    await page.getByRole('button', { name: `What to do with “${name}”` }).click();
    await page.getByRole('menuitem', { name: action }).click();
  }
});
