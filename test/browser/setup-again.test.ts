import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ModelDouble, startModelDouble } from '../../testkit/model-double.ts';
import { createTestApp, type TestApp } from '../create-test-app.ts';
import { devicesOr } from './devices.ts';
import { keepScreenshot } from './screenshot.ts';
import { openVisitor, type Visitor } from './visitor.ts';

describe.each(devicesOr('phone'))('the wizard, on a $name', (device) => {
  let app: TestApp;
  let model: ModelDouble;
  let visitor: Visitor;

  beforeAll(async () => {
    model = await startModelDouble({ kind: 'ollama-local' });
    app = await createTestApp();
    visitor = await openVisitor({ address: await app.listen(), device });
  });
  afterAll(async () => {
    await visitor?.close();
    await app?.close();
    await model?.close();
  });

  const kept = () => visitor.page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));

  test('the meter says of a password what the server then does', async () => {
    const { page, checkAccessibility } = visitor;
    await page.goto('/setup');
    await page.getByLabel('Name').fill('Ada Admin');
    await page.getByLabel('E-mail').fill('ada@example.com');
    const password = page.getByLabel('Password', { exact: true });
    const verdict = page.locator('output');
    for (const [text, words] of [
      ['short', /Not accepted: at least 8/],
      ['x'.repeat(129), /Not accepted: at most 128/],
      ['BaseBall1', /Not accepted: it is on the lists/],
      ['password1234', /Not accepted: it is on the lists/],
      ['aaaaaaaaab', /Easy to guess/],
    ] as const) {
      await password.fill(text);
      await verdict.getByText(words).waitFor();
      const answer = await app.app.inject({
        method: 'POST',
        url: '/api/setup',
        payload: { name: '', email: 'x@example.com', password: text },
      });
      const refused = Object.hasOwn(answer.json().details?.fieldErrors ?? {}, 'password');
      const isCommon = words.source.includes('lists');
      // Common ones are refused after the schema: asked for with everything else right.
      if (!isCommon) expect(refused, text).toBe(words.source.includes('Not accepted'));
    }
    await password.fill('BaseBall1');
    await verdict.getByText(/Not accepted: it is on the lists/).waitFor();
    await checkAccessibility('setup: a password that is not accepted');
    await keepScreenshot(page, `setup-password-${device.name}`);
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByText('This password is on the lists that attackers try first.').waitFor();
    expect(visitor.problems.splice(0)).toEqual([expect.stringContaining('400')]);
  });

  test('goes on where a reload left it, in each step, and keeps no secret', async () => {
    const { page } = visitor;
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    expect(await kept()).not.toContain('correct horse');
    await page.reload();
    await expect.poll(() => page.getByLabel('Name').inputValue()).toBe('Ada Admin');
    await expect.poll(() => page.getByLabel('E-mail').inputValue()).toBe('ada@example.com');
    await expect.poll(() => page.getByLabel('Password', { exact: true }).inputValue()).toBe('');
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await page.getByText(/Password strength: (Good|Strong)/).waitFor();
    await page.getByRole('button', { name: 'Create account' }).click();

    await page.getByRole('radio', { name: /Anthropic/ }).click();
    await page.getByLabel('API key').fill('sk-ant-secret-4711');
    expect(await kept()).not.toContain('sk-ant');
    await page.reload();
    await page.getByText('Step 2 of 3').waitFor();
    await expect.poll(() => page.getByRole('radio', { name: /Anthropic/ }).isChecked()).toBe(true);
    await expect.poll(() => page.getByLabel('API key').inputValue()).toBe('');
    await page.getByRole('radio', { name: /Ollama on your own machine/ }).click();
    await page.getByLabel('Address').fill(model.url);
    await page.getByRole('button', { name: 'Check and connect' }).click();
    await page.getByRole('button', { name: 'Chat with Smithers' }).waitFor();

    await page.reload();
    await page.getByText('Step 3 of 3').waitFor();
    await page.getByRole('button', { name: 'Chat with Smithers' }).click();
    await page.getByText('I am Smithers').waitFor();
    // Once left, the wizard is over.
    await page.goto('/setup');
    await page.getByText('I am Smithers').waitFor();
    expect(await kept()).not.toMatch(/ada@example|4711/);
    expect(visitor.problems).toEqual([]);
  });
});
