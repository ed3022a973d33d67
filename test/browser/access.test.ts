import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { maxUploadBytes } from '../../contract/limits.ts';
import { auditEntries, conversations } from '../../server/db/schema/index.ts';
import { createMember, type TestUser } from '../create-test-app.ts';
import { devices } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import type { Visitor } from './visitor.ts';

describe.each(devices)('what a member may see, and what begins, on a $name', (device) => {
  let journey: Journey;
  let member: TestUser;
  let visitor: Visitor;
  let page: Page;
  let clerkId: string;

  beforeAll(async () => {
    journey = await startJourney(device);
    member = await createMember(journey.server.app, journey.admin, { name: 'Mia Member' });
    clerkId = await journey.createAgent('Clerk');
    visitor = await journey.visit(member);
    page = visitor.page;
  });
  afterAll(() => journey?.close());

  const stored = () => journey.server.services.database.db.select().from(conversations);
  const recorded = () => journey.server.services.database.db.select().from(auditEntries);

  test('opening agents and “New conversation”, again and again, stores and records nothing', async () => {
    await page.goto(`/chat/${clerkId}`);
    await composer().waitFor();
    const before = (await recorded()).length;
    for (let times = 0; times < 4; times += 1) await pressNew();
    await page.waitForURL(`**/chat/${clerkId}/new`);
    await visitor.checkAccessibility('a conversation that has not begun');
    await page.reload();
    await composer().waitFor();
    await page.goto(`/chat/${clerkId}`);
    await composer().waitFor();
    expect(await stored()).toEqual([]);
    expect(await recorded()).toHaveLength(before);

    journey.model.respond([{ text: 'There you go.' }]);
    await pressNew();
    await composer().fill('In a conversation of its own');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('There you go.').first().waitFor();
    await page.waitForURL(/\/chat\/[^/]+\/[0-9a-f-]{36}$/);
    await expect.poll(() => page.title()).toBe('In a conversation of its own · Clerk · Pinchy');
    await expect.poll(stored).toMatchObject([{ isDefault: false, title: 'In a conversation of its own' }]);
    await page.reload();
    await page.getByText('There you go.').first().waitFor();
    await expect.poll(() => composer().inputValue()).toBe('');
  });

  test('files that are refused among several are named, each with its reason', async () => {
    await page.locator('input[type="file"]').setInputFiles([
      { name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
      { name: 'good.txt', mimeType: 'text/plain', buffer: Buffer.from('Good') },
      { name: 'nothing.md', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
      { name: 'huge.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(maxUploadBytes + 1) },
    ]);
    const problems = page.getByRole('main').getByRole('alert');
    for (const name of ['empty.txt', 'nothing.md', 'huge.bin']) await problems.getByText(name).waitFor();
    await page.getByRole('button', { name: 'Remove good.txt' }).waitFor();
    await visitor.checkAccessibility('files that were refused');
    await page.getByRole('button', { name: 'Remove good.txt' }).click();
  });

  test('pages for admins say that they are', async () => {
    for (const path of ['/usage', '/audit', '/agents/new', '/settings?section=users']) {
      await page.goto(path);
      await page.getByRole('heading', { name: 'This page is for admins' }).waitFor();
    }
    await visitor.checkAccessibility('a page for admins');
    await page.getByRole('link', { name: 'Go to your agents' }).click();
    await composer().waitFor();
  });

  test('an agent that is taken away leaves the sidebar at once, and its page says so', async () => {
    await page.goto(`/chat/${clerkId}`);
    await composer().waitFor();
    const link = page.getByRole('navigation', { name: 'Main navigation', includeHidden: true }).getByText('Clerk');
    await expect.poll(() => link.count()).toBe(1);
    await journey.admin.request('DELETE', `/api/agents/${clerkId}`);
    await expect.poll(() => link.count()).toBe(0);
    await page.getByText('There is no such agent, or you may not see it.').waitFor();
    await visitor.checkAccessibility('an agent that was taken away');
    await page.getByRole('main').getByRole('link', { name: 'Go to your agents' }).click();
    await composer().waitFor();
    // The page asked for what is gone.
    expect(journey.problems().filter((problem) => !/404/.test(problem))).toEqual([]);
  });

  const composer = (): Locator => page.getByRole('textbox', { name: /^Message to/ });
  async function pressNew(): Promise<void> {
    const showList = page.getByRole('button', { name: 'Show conversations' });
    if (await showList.isVisible()) await showList.click();
    await page
      .getByRole('navigation', { name: 'Conversations' })
      .getByRole('button', { name: 'New conversation' })
      .click();
  }
});
