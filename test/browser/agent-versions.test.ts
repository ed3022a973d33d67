import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMember } from '../create-test-app.ts';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import { keepScreenshot } from './screenshot.ts';
import type { Visitor } from './visitor.ts';

describe.each(devicesOr('desktop'))('an agent over time, on a $name', (device) => {
  let journey: Journey;
  let visitor: Visitor;
  let agentId: string;

  beforeAll(async () => {
    journey = await startJourney(device);
    agentId = await journey.createAgent('Scribe', { allowedTools: ['pinchy_ls'] });
    visitor = await journey.visit(journey.admin);
  });
  afterAll(() => journey?.close());

  test('its purpose and who answers for it are kept', async () => {
    const { page } = visitor;
    await createMember(journey.server.app, journey.admin, { name: 'Mia' });
    await page.goto(`/agents/${agentId}/settings?tab=general`);
    await page.getByLabel('Description').fill('Writes things down.');
    await page.getByRole('combobox', { name: 'Answers for it' }).click();
    await page.getByRole('option', { name: /^Mia/ }).click();
    await page.getByLabel('To be looked at again').fill('2027-06-30');
    await page.getByRole('combobox', { name: 'Fallback model' }).click();
    // Its own model is no fallback.
    await expect.poll(() => page.getByRole('option').allTextContents()).toEqual([expect.stringMatching(/^gemma3:4b/)]);
    await page.getByRole('option', { name: /^gemma3/ }).click();
    await page.getByRole('combobox', { name: 'Thinking' }).click();
    await page.getByRole('option', { name: 'A little' }).click();
    await page.getByLabel('Temperature').fill('0.3');
    await page.getByLabel('Longest answer, in tokens').fill('2000');
    await visitor.checkAccessibility('general, with purpose and responsibility');
    await keepScreenshot(page, `model-settings-${device.name}`);
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Saved. It counts from the next answer.').waitFor();
    expect((await journey.admin.request('GET', `/api/agents/${agentId}`)).body).toMatchObject({
      fallbackModel: 'ollama-local/gemma3:4b',
      reasoningEffort: 'low',
      temperature: 0.3,
      maxOutputTokens: 2_000,
    });
    await page.reload();
    await expect.poll(() => page.getByRole('combobox', { name: 'Thinking' }).inputValue()).toBe('A little');
    await expect.poll(() => page.getByLabel('Longest answer, in tokens').inputValue()).toBe('2 000');
    await expect.poll(() => page.getByLabel('Description').inputValue()).toBe('Writes things down.');
    // Its name comes with the list of people.
    await expect.poll(() => page.getByRole('combobox', { name: 'Answers for it' }).inputValue()).toMatch(/^Mia/);
    expect(journey.problems()).toEqual([]);
  });

  test('every change is a version, which can be restored', async () => {
    const { page } = visitor;
    await journey.admin.request('PATCH', `/api/agents/${agentId}`, { allowedTools: ['pinchy_read'] });
    await journey.admin.request('PUT', `/api/agents/${agentId}/files/SOUL.md`, { content: 'You are calm.' });
    await page.goto(`/agents/${agentId}/settings?tab=versions`);
    const versions = page.getByRole('list', { name: 'Versions' }).getByRole('listitem');
    await page.getByText('added: Read files; removed: See which files there are').waitFor();
    await page.getByText('Ada Admin → Mia').waitFor();
    await page.getByText('nothing → gemma3:4b').waitFor();
    await page.getByText('nothing → A little').waitFor();
    await expect.poll(() => versions.count()).toBe(4);
    await versions.first().getByText('personality').click();
    await versions.first().getByText('You are calm.').waitFor();
    await visitor.checkAccessibility('versions');
    await page.getByRole('button', { name: 'Restore version 1' }).click();
    await visitor.checkAccessibility('dialog: restore a version');
    await page.getByRole('dialog').getByRole('button', { name: 'Restore it' }).click();
    await page.getByText('Version 1 counts again').waitFor();
    await versions.first().getByText('restored from version 1').waitFor();
    const { body } = await journey.admin.request('GET', `/api/agents/${agentId}`);
    expect(body).toMatchObject({ allowedTools: ['pinchy_ls'], description: null });
    expect(journey.problems()).toEqual([]);
  });

  test('of many versions the pages are named', async () => {
    const { page } = visitor;
    for (let change = 0; change < 20; change += 1)
      await journey.admin.request('PATCH', `/api/agents/${agentId}`, { tagline: `Change ${change}` });
    await page.goto(`/agents/${agentId}/settings?tab=versions`);
    await page.getByRole('button', { name: 'Next page' }).click();
    await page.getByText('As it was made.').waitFor();
    await page.getByRole('button', { name: 'Page 1', exact: true }).click();
    await page.getByText('Change 18 → Change 19').waitFor();
    expect(journey.problems()).toEqual([]);
  });

  test('a fraction is written as the language writes it', async () => {
    const { page } = visitor;
    await journey.admin.request('PATCH', `/api/agents/${agentId}`, { temperature: 0.3 });
    await page.evaluate(() => localStorage.setItem('pinchy.language', 'de'));
    await page.goto(`/agents/${agentId}/settings?tab=general`);
    const temperature = page.getByLabel('Temperatur');
    await expect.poll(() => temperature.inputValue(), { timeout: 30_000 }).toBe('0,3');
    await temperature.fill('0,5');
    await page.getByRole('button', { name: 'Änderungen speichern' }).click();
    const saved = async () => (await journey.admin.request('GET', `/api/agents/${agentId}`)).body;
    await expect.poll(saved, { timeout: 30_000 }).toMatchObject({ temperature: 0.5 });
    await page.evaluate(() => localStorage.removeItem('pinchy.language'));
    expect(journey.problems()).toEqual([]);
  });

  test('is stopped at once, says so, and goes on', async () => {
    const { page } = visitor;
    journey.model.respond([{ text: 'Let me think' }, { hang: true }]);
    const reader = await journey.visit(journey.admin);
    await reader.page.goto(`/chat/${agentId}`);
    await reader.page.getByLabel('Message to Scribe').fill('Are you there?');
    await reader.page.getByRole('button', { name: 'Send' }).click();
    await reader.page.getByText('Let me think').waitFor();
    await page.goto(`/agents/${agentId}/settings`);
    await page.getByRole('button', { name: 'Stop…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Stop it' }).click();
    await page.getByText('Scribe is stopped', { exact: true }).waitFor();
    await page.getByText('This agent is stopped').waitFor();
    await reader.page.getByText('An admin has stopped this agent.').first().waitFor();
    await reader.page.getByText('Scribe is stopped: it answers nobody').waitFor();
    const composer = reader.page.getByLabel('Message to Scribe');
    await expect.poll(() => composer.isDisabled()).toBe(true);
    await expect.poll(() => composer.getAttribute('placeholder')).toBe('Scribe is stopped');
    const attach = reader.page.getByRole('button', { name: 'Attach files' });
    await expect.poll(() => attach.isDisabled()).toBe(true);
    await reader.checkAccessibility('the chat of a stopped agent');
    await keepScreenshot(reader.page, `stopped-chat-${device.name}`);
    await visitor.checkAccessibility('settings of a stopped agent');
    await page.goto('/overview');
    await page.getByText('Scribe is stopped and answers nobody.').waitFor();
    await page.getByText('One agent is stopped: Scribe.').waitFor();
    await page.getByRole('button', { name: 'Let all go on' }).click();
    await page.getByText('Agents answer again', { exact: true }).waitFor();
    await reader.page.getByText('Scribe is stopped: it answers nobody').waitFor({ state: 'detached' });
    journey.model.respond([{ text: 'Here again.' }]);
    // What was broken off can be asked again, and nothing says any more that it cannot.
    await reader.page.getByText('This agent was stopped meanwhile.').waitFor();
    await keepScreenshot(reader.page, `resumed-chat-${device.name}`);
    await reader.page.getByRole('button', { name: 'Ask again' }).first().click();
    await reader.page.getByText('Here again.').first().waitFor();
    await page.getByRole('button', { name: 'Stop all agents…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Stop all' }).click();
    await page.getByText(/agents are stopped: /).waitFor();
    await journey.admin.request('POST', '/api/agents/resume');
    expect(journey.problems()).toEqual([]);
  });
});
