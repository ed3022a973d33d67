import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import { keepScreenshot } from './screenshot.ts';

describe.each(devicesOr('phone'))('conversation starters, on a $name', (device) => {
  let journey: Journey;

  beforeAll(async () => {
    journey = await startJourney(device);
  });
  afterAll(() => journey?.close());

  test('an admin writes them, and one press begins a conversation', async () => {
    const agentId = await journey.createAgent('Scribe');
    const visitor = await journey.visit(journey.admin);
    const { page } = visitor;
    await page.goto(`/agents/${agentId}/settings`);
    await page.getByLabel('Conversation starters').fill('What is new this week?\n\n  Who may sign a contract?');
    await visitor.checkAccessibility('starters in the settings');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await expect
      .poll(async () => (await journey.admin.request('GET', `/api/agents/${agentId}`)).body.starters)
      .toEqual(['What is new this week?', 'Who may sign a contract?']);
    journey.model.respond(({ messages }) => [{ text: `You asked: ${messages.at(-1)?.text}` }]);
    await page.goto(`/chat/${agentId}/new`);
    await page.getByRole('button', { name: 'Who may sign a contract?' }).waitFor();
    await page.getByText('Scribe is an AI.').waitFor();
    await visitor.checkAccessibility('a greeting with starters');
    await keepScreenshot(page, `starters-${device.name}`);
    await page.getByRole('button', { name: 'Who may sign a contract?' }).click();
    await page.getByText('You asked: Who may sign a contract?', { exact: true }).waitFor();
    await page.waitForURL(/\/chat\/[^/]+\/[0-9a-f-]{36}$/);
    expect(journey.problems()).toEqual([]);
  });
});
