import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { devices } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import type { Visitor } from './visitor.ts';

describe('what is being written, and what was', () => {
  let journey: Journey;
  let visitor: Visitor;
  let page: Page;
  let list: Locator;
  let transcript: Locator;
  let composer: Locator;

  beforeAll(async () => {
    journey = await startJourney(devices[0]!);
    const agentId = await journey.createAgent('Scribe');
    visitor = await journey.visit(journey.admin);
    page = visitor.page;
    transcript = page.getByRole('region', { name: 'Conversation with Scribe' });
    list = page.getByRole('navigation', { name: 'Conversations' });
    composer = page.getByLabel('Message to Scribe');
    journey.model.respond([{ text: '# Walruses\n\nThey have **tusks**.' }]);
    await page.goto(`/chat/${agentId}`);
    await composer.fill('Walruses?');
    await composer.press('Enter');
    await transcript.getByText('tusks').waitFor();
    await list.getByRole('link', { name: /Walruses/ }).waitFor();
  });
  afterAll(() => journey?.close());

  test('a draft stays with its conversation: when another is opened, and when the page is loaded anew', async () => {
    await composer.fill('A question about walruses, half writ');
    await list.getByRole('button', { name: 'New conversation' }).click();
    await transcript.getByText('tusks').waitFor({ state: 'detached' });
    await expect.poll(() => composer.inputValue()).toBe('');
    await composer.fill('Something about pelicans');

    await list.getByRole('link', { name: /Walruses/ }).click();
    await transcript.getByText('tusks').waitFor();
    await expect.poll(() => composer.inputValue()).toBe('A question about walruses, half writ');
    await composer.press('End');
    await page.keyboard.type('ten');
    // At once: what was typed last is kept as well.
    await page.reload();
    await transcript.getByText('tusks').waitFor();
    await expect.poll(() => composer.inputValue()).toBe('A question about walruses, half written');

    await list.getByRole('link', { name: /New conversation/ }).click();
    await transcript.getByText('tusks').waitFor({ state: 'detached' });
    await expect.poll(() => composer.inputValue()).toBe('Something about pelicans');
    await composer.press('Enter');
    await transcript.getByText('tusks').waitFor();
    await page.reload();
    await transcript.getByText('tusks').waitFor();
    await expect.poll(() => composer.inputValue()).toBe('');
    expect(journey.problems()).toEqual([]);
  });

  test('messages wait in a queue that shows, are answered in turn, and are dropped when the answer is stopped', async () => {
    const { promise: mayGoOn, resolve: goOn } = Promise.withResolvers<void>();
    journey.model.respond(async ({ messages }) => {
      const last = messages.at(-1)?.text ?? '';
      if (last.endsWith('One?')) await mayGoOn;
      if (last.endsWith('Three?')) return [{ text: 'The third ' }, { hang: true }];
      return [{ text: `Answer to ${last.split(' ').at(-1)}` }];
    });
    await say('One?');
    await transcript.getByText('Scribe is thinking').waitFor();
    await say('Two?');
    await page.getByText('1 message waits for its turn').waitFor();
    await say('Three?');
    await page.getByText('2 messages wait for their turn').waitFor();
    await expect.poll(() => transcript.getByText('Waits for its turn').count()).toBe(2);
    for (const text of ['Four?', 'Five?', 'Six?']) await say(text);
    await page.getByText('Five messages wait already.').waitFor();
    await composer.fill('Seven?');
    await expect.poll(() => page.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true);
    await visitor.checkAccessibility('a full queue');
    await page.reload();
    await page.getByText('Five messages wait already.').waitFor();
    await expect.poll(() => composer.inputValue()).toBe('Seven?');

    goOn();
    await transcript.getByText('Answer to One?').waitFor();
    await transcript.getByText('Answer to Two?').waitFor();
    await transcript.getByText('The third').waitFor();
    await page.getByText('3 messages wait for their turn').waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('3 messages wait for their turn').waitFor({ state: 'detached' });
    await transcript.getByText('Waits for its turn').first().waitFor({ state: 'detached' });
    await expect.poll(() => transcript.getByText('Six?', { exact: true }).count()).toBe(1);
    expect(await transcript.getByText(/^Answer to (Four|Five|Six)/).count()).toBe(0);
    await composer.fill('');
    expect(journey.problems()).toEqual([]);
  });

  test('an answer is copied as Markdown, and a conversation is exported with the times that are shown', async () => {
    await list.getByRole('link', { name: /Walruses/ }).click();
    await transcript.getByText('tusks').waitFor();
    await transcript.getByRole('button', { name: 'Copy as Markdown' }).click();
    await transcript.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('# Walruses\n\nThey have **tusks**.');
    const times = await transcript
      .locator('time')
      .evaluateAll((all) =>
        all.map((time) => ({ moment: time.getAttribute('datetime') ?? '', shown: time.textContent })),
      );
    expect(times).toHaveLength(2);
    for (const { moment, shown } of times) {
      expect(Math.abs(Date.now() - Date.parse(moment))).toBeLessThan(600_000);
      expect(shown).toMatch(/^\d{1,2}:\d{2}\s[AP]M$/);
    }
    const markdown = await exported('Export as Markdown');
    expect(markdown.name).toMatch(/^walruses-\d{4}-\d{2}-\d{2}\.md$/);
    for (const part of ['Walruses?', 'They have **tusks**.', times[1]!.moment]) expect(markdown.text).toContain(part);
    const json = await exported('Export as JSON');
    expect(json.name).toMatch(/^walruses-.*\.json$/);
    expect(JSON.parse(json.text)).toMatchObject({ agentName: 'Scribe', messages: [{ role: 'user' }, {}] });
    expect(journey.problems()).toEqual([]);
  });

  async function say(text: string): Promise<void> {
    await composer.fill(text);
    await composer.press('Enter');
    await transcript.getByText(text, { exact: true }).waitFor();
  }

  async function exported(item: string): Promise<{ name: string; text: string }> {
    await list.getByRole('button', { name: 'Options of “Walruses?”' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: item }).click(),
    ]);
    return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
  }
});
