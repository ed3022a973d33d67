import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { devices } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import type { Visitor } from './visitor.ts';

describe.each(devices)('an agent’s settings, on a $name', (device) => {
  let journey: Journey;
  let visitor: Visitor;
  let page: Page;
  let agentId: string;

  beforeAll(async () => {
    journey = await startJourney(device);
    agentId = await journey.createAgent('Scribe', { allowedTools: ['pinchy_read'] });
    visitor = await journey.visit(journey.admin);
    page = visitor.page;
  });
  afterAll(() => journey?.close());

  const open = (tab: string) => page.goto(`/agents/${agentId}/settings?tab=${tab}`);
  const editor = () => page.getByLabel(/Kept as SOUL\.md/).and(page.getByRole('textbox'));
  const saved = () => page.getByRole('region', { name: 'Unsaved changes' }).waitFor({ state: 'detached' });

  test('a personality is previewed, saved and there again; the model gets it', async () => {
    await open('personality');
    await editor().fill('# Manner\n\nYou speak like a **lighthouse keeper**.');
    await page.getByText('Preview', { exact: true }).click();
    await page.getByRole('heading', { name: 'Manner' }).waitFor();
    await visitor.checkAccessibility('personality, previewed and not saved yet');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await saved();
    await page.reload();
    expect(await editor().inputValue()).toContain('lighthouse keeper');
    await visitor.checkAccessibility('personality');

    await page.getByRole('link', { name: 'Open chat' }).click();
    await page.getByLabel('Message to Scribe').fill('Hello');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Copy as Markdown' }).waitFor();
    expect(journey.model.requests.findLast(({ chat }) => chat)?.chat?.system).toContain('lighthouse keeper');
    expect(journey.problems()).toEqual([]);
  });

  test('leaving with unsaved changes is asked about, by tab, link and back button', async () => {
    await open('general');
    const name = page.getByRole('main').getByLabel('Name');
    await name.fill('Scribe the Second');
    const question = page.getByRole('dialog', { name: 'Leave without saving?' });
    await page.getByRole('tab', { name: 'Permissions' }).click();
    await question.waitFor();
    await visitor.checkAccessibility('dialog: leave without saving');
    await question.getByRole('button', { name: 'Stay here' }).click();
    await question.waitFor({ state: 'detached' });
    expect(await name.inputValue()).toBe('Scribe the Second');
    await page.getByRole('link', { name: 'Open chat' }).click();
    await question.getByRole('button', { name: 'Leave without saving' }).click();
    await page.getByLabel('Message to Scribe', { exact: true }).waitFor();
    expect((await journey.admin.request('GET', `/api/agents/${agentId}`)).body.name).toBe('Scribe');

    await page.getByRole('main').getByRole('link', { name: 'Settings of Scribe' }).click();
    await name.fill('Scribe the Third');
    await page.goBack();
    await question.waitFor();
    await question.getByRole('button', { name: 'Stay here' }).click();
    await question.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Save changes' }).click();
    await saved();
    await page.getByRole('heading', { level: 1, name: 'Scribe the Third' }).waitFor();
    expect(journey.problems()).toEqual([]);
  });

  test('permissions say in a sentence what the agent can do, and what has changed', async () => {
    await open('permissions');
    await page.getByText('This agent can').waitFor();
    await page.getByText('Reading is switched on, but no directory is chosen').waitFor();
    await visitor.checkAccessibility('permissions');
    await page.getByRole('switch', { name: 'See which files there are' }).press('Space');
    await page.getByText('One tool changed').waitFor();
    await visitor.checkAccessibility('permissions, not saved yet');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await saved();
    const { allowedTools } = (await journey.admin.request('GET', `/api/agents/${agentId}`)).body;
    expect(new Set(allowedTools)).toEqual(new Set(['pinchy_ls', 'pinchy_read']));
    expect(journey.problems()).toEqual([]);
  });
});
