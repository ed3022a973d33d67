import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { devices } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import type { Visitor } from './visitor.ts';

describe('answers that arrive where nobody looks', () => {
  let journey: Journey;
  let visitor: Visitor;
  let page: Page;
  let list: Locator;
  let scribeId: string;

  beforeAll(async () => {
    journey = await startJourney(devices[0]!);
    scribeId = await journey.createAgent('Scribe');
    await journey.createAgent('Clerk');
    visitor = await journey.visit(journey.admin);
    page = visitor.page;
    list = page.getByRole('navigation', { name: 'Conversations' });
    await page.goto(`/chat/${scribeId}`);
  });
  afterAll(() => journey?.close());

  const agent = (name: string) =>
    page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link', { name: new RegExp(`^${name}`) });

  test('another agent’s: title and sidebar say so until it is opened', async () => {
    const answer = await askAndLeave('Scribe', () => agent('Clerk').click());
    await page.getByLabel('Message to Clerk').waitFor();
    expect(await page.title()).toBe('Clerk · Pinchy');
    expect(await agent('Scribe').getByText('New messages').count()).toBe(0);
    answer();
    await agent('Scribe').getByText('New messages').waitFor();
    await expect.poll(() => page.title()).toBe('(1) Clerk · Pinchy');
    expect(await agent('Clerk').getByText('New messages').count()).toBe(0);
    await visitor.checkAccessibility('an unread answer of another agent');

    await visitor.navigate('Audit trail');
    await page.getByRole('heading', { level: 1, name: 'Audit trail' }).waitFor();
    await expect.poll(() => page.title()).toMatch(/^\(1\) /);

    await agent('Scribe').click();
    await page.getByText('Here you are.').waitFor();
    await agent('Scribe').getByText('New messages').waitFor({ state: 'detached' });
    await expect.poll(() => page.title()).toBe('Wait for me · Scribe · Pinchy');
    expect(journey.problems()).toEqual([]);
  });

  test('another conversation’s: the list says so until it is opened', async () => {
    const answer = await askAndLeave('Scribe', () => list.getByRole('button', { name: 'New conversation' }).click());
    await list.locator('[data-active]').getByText('New conversation').waitFor();
    answer();
    const link = list.getByRole('link', { name: /Wait for me/ });
    await link.getByText('New messages').waitFor();
    await expect.poll(() => page.title()).toMatch(/^\(1\) /);
    await visitor.checkAccessibility('an unread answer of another conversation');
    await link.click();
    await link.getByText('New messages').waitFor({ state: 'detached' });
    await expect.poll(() => page.title()).toBe('Wait for me · Scribe · Pinchy');
    expect(journey.problems()).toEqual([]);
  });

  test('renaming or deleting a conversation elsewhere is no message', async () => {
    const chats = `/api/agents/${scribeId}/chats`;
    const empty = (await journey.admin.request('POST', chats, {})).body;
    await journey.admin.request('PATCH', `${chats}/${empty.id}`, { title: 'Renamed elsewhere' });
    await list.getByRole('link', { name: /Renamed elsewhere/ }).waitFor();
    expect(await list.getByText('New messages').count()).toBe(0);
    await journey.admin.request('DELETE', `${chats}/${empty.id}`);
    await list.getByRole('link', { name: /Renamed elsewhere/ }).waitFor({ state: 'detached' });
    expect(await page.title()).toBe('Wait for me · Scribe · Pinchy');
    expect(await agent('Scribe').getByText('New messages').count()).toBe(0);
    expect(journey.problems()).toEqual([]);
  });

  test('an unread conversation that is deleted takes its mark along', async () => {
    const chats = `/api/agents/${scribeId}/chats`;
    const answer = await askAndLeave('Scribe', () => agent('Clerk').click());
    answer();
    await agent('Scribe').getByText('New messages').waitFor();
    const [unread] = (await journey.admin.request('GET', chats)).body;
    await journey.admin.request('DELETE', `${chats}/${unread.id}`);
    await agent('Scribe').getByText('New messages').waitFor({ state: 'detached' });
    await expect.poll(() => page.title()).toBe('Clerk · Pinchy');
    expect(journey.problems()).toEqual([]);
  });

  /** Asks, goes away while the answer is being thought of, and returns what lets it come. */
  async function askAndLeave(name: string, leave: () => Promise<void>): Promise<() => void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    journey.model.respond(async () => {
      await promise;
      return [{ text: 'Here you are.' }];
    });
    const composer = page.getByLabel(`Message to ${name}`);
    await composer.fill('Wait for me');
    await composer.press('Enter');
    await page.getByText(`${name} is thinking`).waitFor();
    await leave();
    return resolve;
  }
});
