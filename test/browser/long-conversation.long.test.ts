import { Client } from 'pg';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { percentile } from '../../bench/result.ts';
import { devices } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import { timeKeys, writeLongConversation } from './long-conversation.ts';
import type { Visitor } from './visitor.ts';

describe.each(devices)('2,000 messages, on a $name', (device) => {
  let journey: Journey;
  let visitor: Visitor;
  let page: Page;
  let transcript: Locator;
  let composer: Locator;

  beforeAll(async () => {
    journey = await startJourney(device);
    const agentId = await journey.createAgent('Scribe');
    const database = new Client({ connectionString: journey.server.databaseUrl });
    await database.connect();
    await writeLongConversation(database, { agentId, userId: journey.admin.id, messages: 2_000 });
    await database.end();
    visitor = await journey.visit(journey.admin);
    page = visitor.page;
    transcript = page.getByRole('region', { name: 'Conversation with Scribe' });
    composer = page.getByLabel('Message to Scribe');
    await page.goto(`/chat/${agentId}`);
  });
  afterAll(() => journey?.close());

  const distanceToEnd = () =>
    transcript.evaluate(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight);
  async function untilAtEnd(): Promise<void> {
    await expect.poll(distanceToEnd, { timeout: 10_000 }).toBeLessThanOrEqual(1);
  }
  const jump = () => page.getByRole('button', { name: 'Jump to latest' });

  test('opens at its end and draws only what is in sight', async () => {
    await transcript.getByText('Answer 2000').waitFor();
    await untilAtEnd();
    expect(await jump().count()).toBe(0);
    await expect.poll(() => transcript.getByRole('article').count()).toBeLessThan(40);
    await visitor.checkAccessibility('a long conversation');
  });

  test('typing takes less than 100 ms a key', async () => {
    const times = await timeKeys(page, composer, 'what may a hotel cost in a town');
    await expect.poll(() => composer.inputValue()).toBe('what may a hotel cost in a town');
    expect(percentile(times, 0.5)).toBeLessThan(100);
    await composer.fill('');
  });

  test('scrolling back loads what was before, and nothing jumps', async () => {
    const strays = await transcript.evaluate(scrollBack, { steps: 25, step: 500 });
    expect(strays).toEqual([]);
    // Beyond the first page of fifty messages.
    expect(Number(await oldestInSight())).toBeLessThan(1_950);
    await expect.poll(() => transcript.getByRole('article').count()).toBeLessThan(40);
    await jump().waitFor();
    await visitor.checkAccessibility('far back in a long conversation');
    await jump().click();
    await transcript.getByText('Answer 2000').waitFor();
    await jump().waitFor({ state: 'detached' });
    await untilAtEnd();
  });

  test('what arrives is followed only by whoever is at the end', async () => {
    const { promise: mayGoOn, resolve: goOn } = Promise.withResolvers<void>();
    journey.model.respond(async ({ messages }) => {
      const last = messages.at(-1)?.text ?? '';
      if (last.endsWith('Number one?')) return [{ text: paragraphs('Followed', 12), chunks: 24, delayMs: 20 }];
      // So long a history is summed up first.
      if (!last.endsWith('Number two?')) return [{ text: 'They spoke of hotels.' }];
      await mayGoOn;
      return [{ text: paragraphs('Unseen', 12), chunks: 24, delayMs: 20 }];
    });
    await composer.fill('Number one?');
    await page.getByRole('button', { name: 'Send' }).click();
    await transcript.getByText('Followed 12', { exact: true }).waitFor();
    await untilAtEnd();

    await composer.fill('Number two?');
    await page.getByRole('button', { name: 'Send' }).click();
    await transcript.getByText('Scribe is thinking').waitFor();
    await untilAtEnd();
    await transcript.evaluate((element) => element.scrollBy({ top: -500 }));
    await jump().waitFor();
    const before = await transcript.evaluate(({ scrollTop }) => scrollTop);
    goOn();
    await page.getByText(/^Scribe answered: Unseen 1/).waitFor({ state: 'attached' });
    expect(await transcript.evaluate(({ scrollTop }) => scrollTop)).toBe(before);
    expect(await distanceToEnd()).toBeGreaterThan(500);
    await jump().click();
    await transcript.getByText('Unseen 12', { exact: true }).waitFor();
    await untilAtEnd();
    expect(journey.problems()).toEqual([]);
  });

  const oldestInSight = async () =>
    /\d+/.exec(
      (await transcript
        .getByText(/^(Question|Answer) \d+/)
        .first()
        .textContent()) ?? '',
    )?.[0];
});

const paragraphs = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${name} ${index + 1}`).join('\n\n');

/**
 * In the page: scrolls back step by step, and says which messages in sight moved otherwise than they were scrolled.
 * Between two steps it waits for older messages that are on their way.
 */
async function scrollBack(scroller: Element, { steps, step }: { steps: number; step: number }): Promise<string[]> {
  const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const inSight = () => {
    const { top, bottom } = scroller.getBoundingClientRect();
    return [...scroller.querySelectorAll('article')].filter((article) => {
      const box = article.getBoundingClientRect();
      return box.bottom > top && box.top < bottom;
    });
  };
  const strays: string[] = [];
  for (let done = 0; done < steps; done += 1) {
    const before = new Map(inSight().map((article) => [article, article.getBoundingClientRect().top]));
    const room = scroller.scrollTop;
    scroller.scrollBy({ top: -step });
    const moved = Math.min(step, room);
    do for (let frame = 0; frame < 2; frame += 1) await nextFrame();
    while (scroller.parentElement?.querySelector('output'));
    for (const [article, top] of before) {
      if (!article.isConnected) continue;
      const by = article.getBoundingClientRect().top - top;
      if (Math.abs(by - moved) > 2) strays.push(`step ${done}: ${article.textContent.slice(0, 20)} by ${by}`);
    }
  }
  return strays;
}
