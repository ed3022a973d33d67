import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';

describe.each(devicesOr('phone'))('on a $name', (device) => {
  let journey: Journey;
  let agentId: string;
  beforeAll(async () => {
    journey = await startJourney(device, { provider: 'anthropic' });
    agentId = await journey.createAgent('Scribe');
  });
  afterAll(() => journey?.close());

  test('an answer that was cut off says so, also after a reload, and goes on with one press', async () => {
    const visitor = await journey.visit(journey.admin);
    const { page } = visitor;
    await page.goto(`/chat/${agentId}`);

    journey.model.respond([{ text: 'The first half of the' }, { finish: 'length' }]);
    await ask(page, 'Tell me all of it.');
    const note = page.getByText('This answer was cut off: it reached the limit');
    await note.waitFor();
    await page.reload();
    await note.waitFor();
    await visitor.checkAccessibility('an answer that was cut off');
    journey.model.respond([{ text: 'And the second half.' }]);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('And the second half.', { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: 'Go on' }).count()).toBe(0);

    journey.model.respond([{ thinking: 'Hm.' }, { finish: 'length' }]);
    await ask(page, 'Think about it.');
    await page.getByText('used up its limit on thinking').waitFor();

    journey.model.respond([{ error: 'quota' }]);
    await ask(page, 'And now?');
    const notice = page.getByRole('alert').filter({ hasText: 'The quota of the model provider is used up.' });
    await notice.waitFor();
    await page.reload();
    await notice.getByText(/out of credit/).waitFor();
    journey.model.respond([{ text: 'Paid for.' }]);
    await notice.getByRole('button', { name: 'Ask again' }).click();
    await page.getByText('Paid for.', { exact: true }).waitFor();
    await expect.poll(() => notice.count()).toBe(0);

    journey.model.respond([{ text: 'word '.repeat(200), chunks: 200, delayMs: 50 }]);
    await ask(page, 'Count.');
    await page.getByText('word word word').first().waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('Stopped by you.').waitFor();
    journey.model.respond([{ text: 'The rest of the words.' }]);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('The rest of the words.', { exact: true }).waitFor();
    const asked = journey.model.requests.findLast(({ chat }) => chat)?.chat?.messages ?? [];
    expect(asked.at(-2)).toMatchObject({ role: 'assistant', text: expect.stringContaining('word word') });
    expect(asked.at(-1)).toMatchObject({ role: 'user', text: expect.stringContaining('Go on.') });
    expect(journey.problems()).toEqual([]);
  });
});

async function ask(page: Page, text: string): Promise<void> {
  await page.getByLabel('Message to Scribe').fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}
