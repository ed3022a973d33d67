import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ModelDouble, startModelDouble } from '../../testkit/model-double.ts';
import { createTestApp, type TestApp } from '../create-test-app.ts';
import { devicesOr } from './devices.ts';
import { openVisitor, type Visitor } from './visitor.ts';

describe.each(devicesOr('desktop'))('an Ollama beside the server, on a $name', (device) => {
  let app: TestApp;
  let model: ModelDouble;
  let claude: ModelDouble;
  let visitor: Visitor;

  beforeAll(async () => {
    model = await startModelDouble({ kind: 'ollama-local' });
    claude = await startModelDouble({ kind: 'anthropic' });
    app = await createTestApp({ environment: { OLLAMA_LOCAL_URLS: model.url, ANTHROPIC_BASE_URL: claude.url } });
    visitor = await openVisitor({ address: await app.listen(), device });
  });
  afterAll(async () => {
    await visitor?.close();
    await app?.close();
    await model?.close();
    await claude?.close();
  });

  test('is offered by the wizard and, once removed, by the settings, and connected in one click', async () => {
    const { page, checkAccessibility } = visitor;
    await page.goto('/setup');
    await page.getByLabel('Name').fill('Ada Admin');
    await page.getByLabel('E-mail').fill('ada@example.com');
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByText(`At ${model.url}, with`).waitFor();
    await checkAccessibility('setup: a local Ollama');
    await page.getByRole('button', { name: 'Connect this Ollama' }).click();
    await page.getByRole('button', { name: 'Chat with Smithers' }).click();
    await page.getByText('I am Smithers').waitFor();

    await page.goto('/settings?section=providers');
    const remove = page.getByRole('button', { name: 'Remove Ollama on your own machine' });
    await remove.waitFor();
    expect(await page.getByText('Ollama is running').count()).toBe(0);
    await remove.click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Ollama is running').waitFor();
    await checkAccessibility('providers: a local Ollama');
    await page.getByRole('button', { name: 'Connect this Ollama' }).click();
    await remove.waitFor();
    expect(visitor.problems).toEqual([]);
  });

  test('gives way as the default to another provider in one click, and takes it back', async () => {
    const { page, checkAccessibility } = visitor;
    await page.getByRole('button', { name: 'Connect Anthropic' }).click();
    await page.getByLabel('API key', { exact: true }).fill('sk-of-the-double');
    await page.getByRole('checkbox', { name: 'Use for new agents by default' }).check();
    await page.getByRole('button', { name: 'Check and connect' }).click();
    const claudeRow = page.getByRole('listitem').filter({ hasText: 'Anthropic' });
    const ollamaRow = page.getByRole('listitem').filter({ hasText: 'Ollama on your own machine' });
    await claudeRow.getByText('Default', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Change address of Ollama on your own machine' }).waitFor();
    await checkAccessibility('providers: two of them');
    await page.getByRole('button', { name: 'Make default: Ollama on your own machine' }).click();
    await page.getByText('New agents use Ollama on your own machine by default').waitFor();
    await ollamaRow.getByText('Default', { exact: true }).waitFor();
    expect(await claudeRow.getByText('Default', { exact: true }).count()).toBe(0);
    expect(visitor.problems).toEqual([]);
  });
});
