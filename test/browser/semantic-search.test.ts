import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import type { Visitor } from './visitor.ts';

describe.each(devicesOr('phone'))('search by meaning, on a $name', (device) => {
  let journey: Journey;
  let visitor: Visitor;

  beforeAll(async () => {
    journey = await startJourney(device, { environment: { BACKGROUND_JOBS: '1' } });
    mkdirSync(join(journey.server.dataRoot, 'hr'));
    writeFileSync(join(journey.server.dataRoot, 'hr/leave.md'), 'Every employee gets 28 days of holidays.');
    await journey.createAgent('Guide', { templateId: 'knowledge-base', pluginConfig: { allowed_paths: ['/data/hr'] } });
    visitor = await journey.visit(journey.admin);
  });
  afterAll(() => journey?.close());

  const section = () => visitor.page.getByRole('region', { name: 'Search by meaning' });
  const embedded = () => journey.model.requests.flatMap(({ embedding }) => embedding?.texts ?? []);
  async function search(words: string, answer: string): Promise<void> {
    const { page } = visitor;
    await page.getByLabel('Look for').fill(words);
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.getByText(answer).waitFor();
  }

  test('is off, and says so', async () => {
    await visitor.page.goto('/knowledge');
    await section().getByText('It is off: no text of a document is sent to anybody.').waitFor();
    await visitor.page.getByText('Ready').waitFor();
    await search('vacation', 'Nothing was found.');
    expect(embedded()).toEqual([]);
    await visitor.checkAccessibility('search by meaning, off');
  });

  test('is switched on after words about what leaves the house, and finds', async () => {
    const { page } = visitor;
    await section().getByRole('combobox', { name: 'Model' }).click();
    await page.getByRole('option', { name: 'nomic-embed-text' }).click();
    await section().getByText('Nothing leaves the house').waitFor();
    await section().getByRole('button', { name: 'Switch on…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Search by meaning with nomic-embed-text?' });
    await dialog.getByText('Nothing leaves the house').waitFor();
    await visitor.checkAccessibility('dialog: search by meaning');
    expect(embedded()).toEqual([]);
    await dialog.getByRole('button', { name: 'Switch on' }).click();
    await section().getByText('nomic-embed-text of Ollama').waitFor();
    await section().getByText('Ready').waitFor();
    await section().getByText('1 of 1 passage').waitFor();
    await search('vacation', 'One passage.');
    await page.getByText('Every employee gets 28 days of holidays.').waitFor();
    await visitor.checkAccessibility('search by meaning, on');
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });

  test('is switched off after a question, which removes what was made', async () => {
    const { page } = visitor;
    await section().getByRole('button', { name: 'Switch off…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Switch search by meaning off?' });
    await dialog.getByText('is removed').waitFor();
    await dialog.getByRole('button', { name: 'Switch off' }).click();
    await section().getByText('It is off').waitFor();
    await search('vacation', 'Nothing was found.');
    expect(journey.problems()).toEqual([]);
  });
});
