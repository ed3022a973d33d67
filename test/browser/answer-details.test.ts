import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMember } from '../create-test-app.ts';
import { devices } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';

const fact = 'Employees have 27 days of paid leave per year.';

describe('what an answer rests on and what it costs', () => {
  let journey: Journey;
  let agentId: string;

  beforeAll(async () => {
    journey = await startJourney(devices[0]!, { provider: 'anthropic' });
    mkdirSync(join(journey.server.dataRoot, 'hr'));
    writeFileSync(join(journey.server.dataRoot, 'hr', 'leave.md'), `# Leave\n\n${fact}\n`);
    agentId = await journey.createAgent('Leave Advisor', {
      allowedTools: ['pinchy_read'],
      pluginConfig: { allowed_paths: ['/data/hr'] },
    });
    journey.model.respond(({ messages }) => {
      const usage = { input: 1_200, output: 34, cacheRead: 800, cacheWrite: 0 };
      if (!messages.at(-1)?.toolResults)
        return [{ toolCall: { name: 'pinchy_read', input: { path: '/data/hr/leave.md' } } }, { usage }];
      const long = Array.from({ length: 60 }, (_, line) => `Line ${line}`).join('\n\n');
      return [
        { text: `${long}\n\n**Employees have 27 days** of paid leave, says \`leave.md\`, unlike \`other.md\`.` },
        { usage },
      ];
    });
  });
  afterAll(() => journey?.close());

  test('a cited document opens at what the answer says of it; tokens and price are for admins', async () => {
    const visitor = await journey.visit(journey.admin);
    const { page } = visitor;
    await ask(page);
    const usage = page.getByText('4,068 tokens · <\u202F$0.01').first();
    await usage.hover();
    await page.getByRole('tooltip').getByText('$0.008').waitFor();
    expect(await page.getByRole('button', { name: /other\.md/ }).count()).toBe(0);
    await page.getByRole('button', { name: 'leave.md', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'leave.md' });
    await dialog.getByText('# Leave').waitFor();
    await expect
      .poll(() => dialog.locator('mark[data-quote]').allTextContents())
      .toEqual(['Employees have 27 days of paid leave']);
    await visitor.checkAccessibility('the source of an answer');
    await dialog.getByRole('button', { name: 'Close the document' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('region', { name: /^Conversation with/ }).evaluate((element) => element.scrollTo({ top: 0 }));
    await page
      .getByRole('button', { name: /leave\.md/, expanded: false })
      .first()
      .click();
    const output = page.getByRole('region', { name: 'What the agent read' });
    await output.getByText('# Leave').waitFor();
    await expect.poll(() => output.locator('mark').allTextContents()).toEqual([`# Leave\n\n${fact}`]);
    await visitor.checkAccessibility('what a tool answered');
    expect(journey.problems()).toEqual([]);
  });

  test('members see no tokens and no price, not even after a reload', async () => {
    const visitor = await journey.visit(await createMember(journey.server.app, journey.admin));
    const { page } = visitor;
    await ask(page);
    expect(await page.getByText(/\d tokens/).count()).toBe(0);
    await page.reload();
    await page.getByRole('button', { name: 'Copy as Markdown' }).waitFor();
    expect(await page.getByText(/\d tokens/).count()).toBe(0);
    await page.getByRole('button', { name: 'leave.md', exact: true }).click();
    await page.getByRole('dialog', { name: 'leave.md' }).getByText('# Leave').waitFor();
    await visitor.checkAccessibility('the source of an answer, for a member');
    expect(journey.problems()).toEqual([]);
  });

  async function ask(page: Page): Promise<void> {
    await page.goto(`/chat/${agentId}`);
    await page.getByLabel('Message to Leave Advisor').fill('How many days?');
    await page.getByLabel('Message to Leave Advisor').press('Enter');
    await page.getByText('27 days').first().waitFor();
    await page.getByRole('button', { name: 'Copy as Markdown' }).waitFor();
  }
});
