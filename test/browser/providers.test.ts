import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import { keepScreenshot } from './screenshot.ts';
import type { Visitor } from './visitor.ts';

describe.each(devicesOr('desktop'))('model providers, on a $name', (device) => {
  let journey: Journey;
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    journey = await startJourney(device, { provider: 'anthropic' });
    await journey.admin.request('POST', '/api/settings/providers', {
      provider: 'anthropic',
      apiKey: 'sk-ant-a-long-key-of-the-double-4711',
    });
    visitor = await journey.visit(journey.admin);
    page = visitor.page;
  });
  afterAll(() => journey?.close());

  const row = (name: string) =>
    page.getByRole('region', { name: 'Model providers' }).getByRole('listitem').filter({ hasText: name }).first();

  test('show where they are, by which key, what they offer, and the default model is chosen', async () => {
    await page.goto('/settings?section=providers');
    const anthropic = row('Claude models: careful');
    await anthropic.getByText(journey.model.url).waitFor();
    await anthropic.getByText('ends in 4711').waitFor();
    await anthropic.getByText('3 models', { exact: true }).click();
    await anthropic.getByText('Claude Opus 4.5', { exact: true }).waitFor();
    await visitor.checkAccessibility('providers, one connected');
    await keepScreenshot(page, `providers-${device.name}`);
    const model = anthropic.getByRole('combobox', { name: 'Model of new agents' });
    await expect.poll(() => model.inputValue()).toBe('Chosen by Pinchy: Claude Sonnet 4.5');
    await model.click();
    await page.getByRole('option', { name: 'Claude Opus 4.5' }).click();
    await page.getByText('New agents get this model').waitFor();
    const agent = await journey.admin.request('POST', '/api/agents', { name: 'New', templateId: 'custom' });
    expect(agent.body.model).toBe('anthropic/claude-opus-4-5-20251101');
    await page.reload();
    await expect.poll(() => model.inputValue()).toBe('Claude Opus 4.5');
    await model.click();
    await page.getByRole('option', { name: /Chosen by Pinchy/ }).click();
    await expect.poll(() => model.inputValue()).toBe('Chosen by Pinchy: Claude Sonnet 4.5');
    expect(journey.problems()).toEqual([]);
  });

  test('are checked whenever it is wanted, and say what is wrong', async () => {
    await page.goto('/settings?section=providers');
    const anthropic = row('Claude models: careful');
    const check = anthropic.getByRole('button', { name: 'Check now: Anthropic' });
    await check.click();
    await anthropic.getByText(/^Answers and accepts the credential: 3 models, in [\d,]+ ms$/).waitFor();
    journey.model.respondToModelList([{ error: 'auth' }]);
    await check.click();
    await anthropic.getByText('Answers, but refuses the key.').waitFor();
    await anthropic.getByText('Last check failed').waitFor();
    await visitor.checkAccessibility('providers, a check failed');
    await keepScreenshot(page, `providers-failed-${device.name}`);
    const link = anthropic.getByRole('link', { name: /Get a key/ });
    await expect.poll(() => link.getAttribute('href')).toBe('https://console.anthropic.com/settings/keys');
    await expect.poll(() => link.getAttribute('rel')).toBe('noreferrer');
    journey.model.respondToModelList([{ drop: true }]);
    await check.click();
    await anthropic.getByText('Cannot be reached.').waitFor();
    await page.reload();
    await anthropic.getByText('Cannot be reached.').waitFor();
    journey.model.respondToModelList(null);
    await check.click();
    await anthropic.getByText(/^Answers and accepts the credential/).waitFor();
    await page.getByRole('button', { name: 'Connect Google' }).click();
    await row('Gemini models')
      .getByRole('link', { name: /Get a key/ })
      .waitFor();
    await visitor.checkAccessibility('providers, a key is asked for');
    expect(journey.problems()).toEqual([]);
  });

  test('in German too', async () => {
    const german = await journey.visit(journey.admin);
    await german.context.addInitScript(() => localStorage.setItem('pinchy.language', 'de'));
    await german.page.goto('/settings?section=providers');
    await german.page.getByText('endet auf 4711').waitFor();
    await german.page.getByRole('button', { name: 'Jetzt prüfen: Anthropic' }).click();
    await german.page.getByText(/^Antwortet und nimmt die Zugangsdaten an: 3 Modelle/).waitFor();
    await german.checkAccessibility('providers, in German');
    await keepScreenshot(german.page, `providers-german-${device.name}`);
    expect(journey.problems()).toEqual([]);
  });
});
