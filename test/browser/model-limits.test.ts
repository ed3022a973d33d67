import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import type { Visitor } from './visitor.ts';

const directory = process.env['SCREENSHOTS'];

describe.each(devicesOr('phone'))('what models can take, on a $name', (device) => {
  let journey: Journey;
  let visitor: Visitor;
  beforeAll(async () => {
    journey = await startJourney(device);
    journey.model.models = [...journey.model.models, { id: 'house-model:latest', tools: true }];
    visitor = await journey.visit(journey.admin);
  });
  afterAll(() => journey?.close());

  async function look(name: string): Promise<void> {
    await visitor.checkAccessibility(`model limits: ${name}`);
    if (directory) {
      await visitor.page.screenshot({ path: join(directory, `limits-${name}-${device.name}.png`), fullPage: true });
    }
  }

  test('an admin sees what is known and who says so, says otherwise, and takes it back', async () => {
    const { page } = visitor;
    await page.goto('/settings?section=providers');
    const section = page.getByRole('region', { name: 'What models can take' });
    const row = section.getByRole('listitem').filter({ hasText: 'qwen3:8b' });
    await row.getByText('40,960 tokens (says the provider)').waitFor();
    await look('known');

    await page.getByRole('button', { name: 'Change the limits of qwen3:8b' }).click();
    await row.getByLabel('Context window').fill('16384');
    await row.getByLabel('Longest answer').fill('20000');
    await row.getByRole('button', { name: 'Save' }).click();
    await row.getByText('An answer has to fit into the context window').waitFor();
    await look('refused');
    await row.getByLabel('Longest answer').fill('2048');
    await row.getByRole('button', { name: 'Save' }).click();
    await row.getByText('16,384 tokens (set here; known: 40,960 tokens)').waitFor();
    await row.getByText('2,048 tokens (set here)').waitFor();
    await look('set');

    // What was decided stands first, also after a reload.
    await page.reload();
    await section.getByRole('listitem').first().getByText('qwen3:8b').waitFor();
    await page.getByRole('button', { name: 'Change the limits of qwen3:8b' }).click();
    await page.getByRole('button', { name: 'Use what is known of qwen3:8b' }).click();
    await row.getByText('40,960 tokens (says the provider)').waitFor();
    expect(journey.problems()).toEqual([]);
  });

  test('in German too', async () => {
    const german = await journey.visit(journey.admin);
    await german.context.addInitScript(() => localStorage.setItem('pinchy.language', 'de'));
    await german.page.goto('/settings?section=providers');
    await german.page.getByRole('heading', { name: 'Was Modelle fassen' }).waitFor();
    await german.page.getByText('40.960 Token (laut Anbieter)').waitFor();
    if (directory) {
      await german.page.screenshot({ path: join(directory, `limits-german-${device.name}.png`), fullPage: true });
    }
    expect(journey.problems()).toEqual([]);
  });
});
