import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import type { Visitor } from './visitor.ts';

describe.each(devicesOr('phone'))('an agent’s settings, on a $name', (device) => {
  let journey: Journey;
  let visitor: Visitor;
  let page: Page;
  let agentId: string;

  beforeAll(async () => {
    journey = await startJourney(device);
    mkdirSync(join(journey.server.dataRoot, 'handbook'));
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
    await expect.poll(() => editor().inputValue()).toContain('lighthouse keeper');
    await visitor.checkAccessibility('personality');

    await page.getByRole('link', { name: 'Open chat' }).click();
    await page.getByLabel('Message to Scribe').fill('Hello');
    await page.getByRole('button', { name: 'Send' }).click();
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
    await expect.poll(() => name.inputValue()).toBe('Scribe the Second');
    await page.getByRole('link', { name: 'Open chat' }).click();
    await question.getByRole('button', { name: 'Leave without saving' }).click();
    await page.getByLabel('Message to Scribe', { exact: true }).waitFor();
    expect((await journey.admin.request('GET', `/api/agents/${agentId}`)).body.name).toBe('Scribe');

    await page.locator('main, header').getByRole('link', { name: 'Settings of Scribe' }).click();
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

  test('a character is chosen, marked once it is changed, and replaces nobody’s own text unasked', async () => {
    await open('personality');
    const preset = (name: string) => page.getByRole('button', { name: new RegExp(`^${name}`) });
    const question = page.getByRole('dialog', { name: /^Replace this text/ });
    await preset('Pilot').click();
    await question.getByRole('button', { name: 'Cancel' }).click();
    await question.waitFor({ state: 'detached' });
    expect(await editor().inputValue()).not.toContain('# Pilot');
    await preset('Pilot').click();
    await visitor.checkAccessibility('dialog: replace a personality');
    await question.getByRole('button', { name: 'Replace text' }).click();
    await question.waitFor({ state: 'detached' });
    await expect.poll(() => editor().inputValue()).toContain('# Pilot');
    await expect.poll(() => preset('Pilot').getAttribute('aria-pressed')).toBe('true');
    // A preset that nobody has changed gives way at once.
    await preset('Coach').click();
    await expect.poll(() => editor().inputValue()).toContain('# Coach');
    await editor().press('Control+End');
    await editor().pressSequentially('You love sailing.');
    await preset('Coach').getByText('Customised').waitFor();
    await expect.poll(() => preset('Coach').getAttribute('aria-pressed')).toBe('false');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await saved();
    await page.reload();
    await preset('Coach').getByText('Customised').waitFor();
    await visitor.checkAccessibility('a customised personality');
    expect(journey.problems()).toEqual([]);
  });

  test('a host in the own network is named, and what the page did not change stays as it is stored', async () => {
    const before = { web_denied_domains: ['bad.example'], ask_first: ['pinchy_read'] };
    const insider = await journey.createAgent('Insider', { allowedTools: ['pinchy_web_fetch'], pluginConfig: before });
    const path = `/api/agents/${insider}`;
    await page.goto(`/agents/${insider}/settings?tab=permissions`);
    const hosts = page.getByLabel('Hosts in your own network').and(page.locator('input:not([type=hidden])'));
    await hosts.fill('host!');
    await hosts.press('Enter');
    await page.getByText('is no host').waitFor();
    await hosts.press('Backspace');
    await page.getByText('is no host').waitFor({ state: 'detached' });
    // Another admin is faster with another list.
    await journey.admin.request('PATCH', path, { pluginConfig: { web_allowed_domains: ['good.example'] } });
    await hosts.fill('http://Wiki.example.internal/start, 10.0.0.7');
    await hosts.press('Enter');
    await page.getByText('wiki.example.internal and 10.0.0.7 in your own network').waitFor();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await saved();
    expect((await journey.admin.request('GET', path)).body.pluginConfig).toEqual({
      ...before,
      web_allowed_domains: ['good.example'],
      web_private_hosts: ['wiki.example.internal', '10.0.0.7'],
    });
    await visitor.checkAccessibility('permissions with hosts of the own network');
    expect(journey.problems()).toEqual([]);
  });

  test('a reload with unsaved changes is asked about, and nothing is lost by staying', async () => {
    await open('instructions');
    const instructions = page.getByLabel(/Kept as AGENTS\.md/).and(page.getByRole('textbox'));
    await instructions.click();
    await page.keyboard.type('Quote the page.');
    const asked = page.waitForEvent('dialog');
    await page.evaluate(() => void setTimeout(() => location.reload(), 0));
    const question = await asked;
    expect(question.type()).toBe('beforeunload');
    await question.dismiss();
    await expect.poll(() => instructions.inputValue()).toContain('Quote the page.');
    await page.getByRole('button', { name: 'Discard' }).click();
    await saved();
    expect(await instructions.inputValue()).not.toContain('Quote the page.');
    expect(journey.problems()).toEqual([]);
  });

  test('where the web meets private data a warning says so', async () => {
    await open('permissions');
    const warning = page.getByText('Web access meets private data');
    const toggle = (name: string) => page.getByRole('switch', { name, exact: true }).press('Space');
    await page.getByRole('button', { name: /^Web \d/ }).click();
    await toggle('Read web pages');
    await page.getByText('Switched on: Read web pages').waitFor();
    expect(await warning.count()).toBe(0);
    await page.getByRole('checkbox', { name: /handbook/ }).check();
    await warning.waitFor();
    await page.getByText('reads your directories and can also reach the web').waitFor();
    await page.getByText('Directories added: handbook').waitFor();
    await visitor.checkAccessibility('permissions, where the web meets private data');
    await toggle('Read web pages');
    await warning.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Discard' }).click();
    await saved();
    expect(journey.problems()).toEqual([]);
  });

  test('permissions say in a sentence what the agent can do, and what has changed', async () => {
    await open('permissions');
    await page.getByText('This agent can').waitFor();
    await page.getByText('Reading is switched on, but no directory is chosen').waitFor();
    // Said once, over all switches.
    for (const help of ['Where a tool asks first, each use waits', 'Powerful ones reach outside'])
      await expect.poll(() => page.getByText(help).count(), { message: help }).toBe(1);
    await visitor.checkAccessibility('permissions');
    await page.getByRole('switch', { name: 'See which files there are' }).press('Space');
    await page.getByText('Switched on: See which files there are').waitFor();
    await visitor.checkAccessibility('permissions, not saved yet');
    expect(await hiddenWhenFocused(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save changes' }).click();
    await saved();
    const { allowedTools } = (await journey.admin.request('GET', `/api/agents/${agentId}`)).body;
    expect(new Set(allowedTools)).toEqual(new Set(['pinchy_ls', 'pinchy_read']));
    expect(journey.problems()).toEqual([]);
  });
});

/** What the keyboard reaches in the page, there and back, and that lies behind the header or the bar with "Save changes". */
async function hiddenWhenFocused(page: Page): Promise<string[]> {
  const hidden: string[] = [];
  for (const key of ['Tab', 'Shift+Tab']) {
    for (let presses = 0; presses < 40; presses += 1) {
      await page.keyboard.press(key);
      const found = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element?.closest('main') || element.closest('section[aria-label="Unsaved changes"]')) return null;
        const { left, top, width, height } = element.getBoundingClientRect();
        const seen = document.elementFromPoint(left + width / 2, top + height / 2);
        const covers = seen?.closest('section[aria-label="Unsaved changes"], header');
        return covers && !covers.contains(element) ? element.outerHTML.slice(0, 200) : null;
      });
      if (found) hidden.push(`${key}: ${found}`);
    }
  }
  return hidden;
}
