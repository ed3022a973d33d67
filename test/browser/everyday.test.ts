import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMember, type TestUser } from '../create-test-app.ts';
import { auditRows, query } from '../test-database.ts';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import { keepScreenshot } from './screenshot.ts';
import type { Visitor } from './visitor.ts';

// Real: product, browser, PostgreSQL. Doubled: the model.

describe.each(devicesOr('phone'))('every day, on a $name', (device) => {
  let journey: Journey;
  let member: TestUser;
  let visitor: Visitor;
  let page: Page;
  let agentId: string;
  let list: Locator;
  let transcript: Locator;

  beforeAll(async () => {
    journey = await startJourney(device);
    agentId = await journey.createAgent('Scribe');
    member = await createMember(journey.server.app, journey.admin);
    for (const title of ['Walruses', 'Pelicans', 'Herons', 'Otters']) {
      await member.request('POST', `/api/agents/${agentId}/chats`, { title });
    }
    visitor = await journey.visit(member);
    page = visitor.page;
    list = page.getByRole('navigation', { name: 'Conversations' });
    transcript = page.getByRole('region', { name: 'Conversation with Scribe' });
    await page.goto(`/chat/${agentId}`);
    await page.getByLabel('Message to Scribe').waitFor();
  });
  afterAll(() => journey?.close());

  /** Phones keep the list in a drawer. */
  async function showList(): Promise<void> {
    const button = page.getByRole('button', { name: 'Show conversations' });
    if ((await button.isVisible()) && !(await list.isVisible())) await button.click();
    await list.waitFor();
  }
  const choose = async (menu: string, item: string) => {
    await showList();
    await list.getByRole('button', { name: menu }).click();
    await page.getByRole('menuitem', { name: item, exact: true }).click();
  };
  const listed = () => list.getByRole('listitem').allTextContents();
  async function say(text: string, answer: string): Promise<void> {
    journey.model.respond([{ text: answer }]);
    await page.getByLabel('Message to Scribe').fill(text);
    await page.getByRole('button', { name: 'Send' }).click();
    await transcript.getByText(answer, { exact: true }).waitFor();
  }

  test('a conversation is pinned, archived, taken back, and found in the archive', async () => {
    await choose('Options of “Walruses”', 'Pin');
    await list.getByRole('heading', { name: 'Pinned' }).waitFor();
    await expect.poll(async () => (await listed())[0]).toContain('Walruses');
    await visitor.checkAccessibility('a pinned conversation');
    await keepScreenshot(page, `places-pinned-${device.name}`);

    await choose('Options of “Pelicans”', 'Archive');
    await list.getByRole('link', { name: /Pelicans/ }).waitFor({ state: 'detached' });
    await visitor.checkAccessibility('an archived conversation');
    await page.getByRole('button', { name: 'Undo' }).click();
    await list.getByRole('link', { name: /Pelicans/ }).waitFor();
    await choose('Options of “Pelicans”', 'Archive');
    await list.getByRole('link', { name: /Pelicans/ }).waitFor({ state: 'detached' });

    await list.getByLabel('Search conversations').fill('Pelic');
    await list.getByRole('link', { name: /Pelicans/ }).waitFor();
    await list.getByRole('link', { name: /Archived ·/ }).waitFor();
    await list.getByLabel('Search conversations').fill('');
    await choose('More about conversations', 'Archived conversations');
    await list.getByRole('heading', { name: 'Archive', exact: true }).waitFor();
    await expect.poll(async () => (await listed()).length).toBe(1);
    await visitor.checkAccessibility('the archive');
    await keepScreenshot(page, `places-archive-${device.name}`);
    await choose('Options of “Pelicans”', 'Take back from the archive');
    await page.getByText('Nothing is archived.').waitFor();
    await list.getByRole('button', { name: 'Back to all conversations' }).click();
    await list.getByRole('link', { name: /Pelicans/ }).waitFor();
    expect(journey.problems()).toEqual([]);
  });

  test('several are selected, archived with undo, exported in one file, and deleted after a question', async () => {
    await choose('More about conversations', 'Select several');
    await list.getByRole('checkbox', { name: 'Select “Herons”' }).check();
    await list.getByRole('checkbox', { name: 'Select “Otters”' }).check();
    await list.getByText('2 selected').waitFor();
    await visitor.checkAccessibility('several selected');
    await keepScreenshot(page, `places-several-${device.name}`);
    await list.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Export as Markdown' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^conversations-.*\.md$/);

    await list.getByRole('button', { name: 'Archive' }).click();
    await list.getByRole('link', { name: /Herons/ }).waitFor({ state: 'detached' });
    const notice = page.getByRole('alert').filter({ hasText: '2 archived' });
    await notice.getByRole('button', { name: 'Undo' }).click();
    await list.getByRole('link', { name: /Herons/ }).waitFor();

    await choose('More about conversations', 'Select several');
    await list.getByRole('checkbox', { name: 'Select “Herons”' }).check();
    await list.getByRole('checkbox', { name: 'Select “Otters”' }).check();
    await list.getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete 2 conversations?' });
    await dialog.waitFor();
    await visitor.checkAccessibility('dialog: delete several');
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await list.getByRole('link', { name: /Herons/ }).waitFor({ state: 'detached' });
    await list.getByRole('link', { name: /Walruses/ }).waitFor();
    const left = await query(journey.server.databaseUrl, `select title from conversations order by title`);
    expect(left).toEqual([{ title: 'Pelicans' }, { title: 'Walruses' }]);
    expect(journey.problems()).toEqual([]);
  });

  test('a temporary conversation says so, and is gone when it is left, also by a reload', async () => {
    await choose('More about conversations', 'Temporary conversation');
    const banner = page.getByRole('region', { name: 'Temporary conversation' });
    await banner.waitFor();
    await say('Only for now', 'Understood.');
    await banner.getByRole('button', { name: 'What stays' }).click();
    await banner.getByText('audit trail').waitFor();
    await visitor.checkAccessibility('a temporary conversation');
    await keepScreenshot(page, `temporary-${device.name}`);
    expect(await page.getByRole('button', { name: 'Good answer' }).count()).toBe(0);
    const stored = () =>
      query<{ id: string }>(journey.server.databaseUrl, 'select id from conversations where temporary');
    expect(await stored()).toHaveLength(1);
    await showList();
    expect(await list.getByText('Only for now').count()).toBe(0);
    await page.goto(`/chat/${agentId}`);
    await expect.poll(stored).toEqual([]);

    await choose('More about conversations', 'Temporary conversation');
    await say('And now', 'Once more.');
    await page.reload();
    await expect.poll(stored).toEqual([]);
    await page.getByLabel('Message to Scribe').waitFor();
    expect(await page.getByText('Once more.').count()).toBe(0);
    await say('A third time', 'Third.');
    await banner.getByRole('button', { name: 'End it now' }).click();
    await banner.waitFor({ state: 'detached' });
    await expect.poll(stored).toEqual([]);
    const kept = await page.evaluate(() => JSON.stringify(localStorage));
    expect(kept).not.toContain('third');
    expect(journey.problems()).toEqual([]);
  });

  test('an answer is rated with a word, and an admin reads it only once it is shared', async () => {
    await page.goto(`/chat/${agentId}`);
    await say('How many days of leave?', 'Twenty-seven.');
    await page.getByRole('button', { name: 'Bad answer' }).click();
    const dialog = page.getByRole('dialog', { name: 'Your rating' });
    await dialog.getByLabel('What was wrong, if you like').fill('It is twenty-eight');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Bad answer' }).click();
    await expect.poll(() => dialog.getByLabel('What was wrong, if you like').inputValue()).toBe('It is twenty-eight');
    await visitor.checkAccessibility('a rating');
    await keepScreenshot(page, `rating-${device.name}`);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });

    const office = await journey.visit(journey.admin);
    await office.page.goto('/usage');
    const ratings = office.page.getByRole('region', { name: 'Ratings' }).first();
    await ratings.getByText('Scribe').waitFor();
    expect(await ratings.getByRole('button', { name: /Read/ }).count()).toBe(0);

    await page.reload();
    await page.getByRole('button', { name: 'Bad answer', pressed: true }).click();
    await dialog.getByLabel(/Admins may read/).check();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('img', { name: 'Shared with admins' }).waitFor();

    await office.page.reload();
    await ratings.getByRole('button', { name: 'Read 1 shared answer' }).click();
    await ratings.getByText('It is twenty-eight').waitFor();
    await ratings.getByText('Twenty-seven.').waitFor();
    await office.checkAccessibility('shared ratings');
    await ratings.scrollIntoViewIfNeeded();
    await keepScreenshot(office.page, `ratings-${device.name}`);
    expect(await office.page.getByText(member.email).count()).toBe(0);

    await page.getByRole('button', { name: 'Bad answer', pressed: true }).click();
    await dialog.getByRole('button', { name: 'Take back' }).click();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => page.getByRole('button', { name: 'Bad answer', pressed: false }).count()).toBe(1);
    await office.page.reload();
    await office.page.getByText('Nobody has rated an answer in this period.').waitFor();
    expect(journey.problems()).toEqual([]);
  });

  test('the model names a conversation where an admin lets it, in German too', async () => {
    journey.model.respondToTitles([{ text: 'Urlaub im Mai' }]);
    const office = await journey.visit(journey.admin);
    await office.page.goto('/settings?section=conversations');
    const toggle = office.page.getByRole('switch', { name: 'Let models name conversations' });
    await toggle.waitFor();
    await expect.poll(() => toggle.isChecked()).toBe(true);
    await office.checkAccessibility('settings of conversations');
    await keepScreenshot(office.page, `titles-setting-${device.name}`);
    await page.evaluate(() => localStorage.setItem('pinchy.language', 'de'));
    await page.goto(`/chat/${agentId}/new`);
    const german = page.getByRole('navigation', { name: 'Unterhaltungen' });
    await page.getByLabel('Nachricht an Scribe').fill('Wie viel Urlaub habe ich im Mai noch?');
    await page.getByRole('button', { name: 'Senden' }).click();
    await page.getByRole('heading', { level: 1, name: /Urlaub im Mai/ }).waitFor();
    const show = page.getByRole('button', { name: 'Unterhaltungen zeigen' });
    if (await show.isVisible()) await show.click();
    await german.getByRole('link', { name: /Urlaub im Mai/ }).waitFor();
    await german.getByRole('button', { name: 'Mehr zu Unterhaltungen' }).click();
    await page.getByRole('menuitem', { name: 'Temporäre Unterhaltung' }).waitFor();
    await keepScreenshot(page, `places-german-${device.name}`);
    await page.getByRole('menuitem', { name: 'Temporäre Unterhaltung' }).click();
    await page.getByRole('region', { name: 'Temporäre Unterhaltung' }).waitFor();
    await visitor.checkAccessibility('a temporary conversation in German');
    await keepScreenshot(page, `temporary-german-${device.name}`);

    await toggle.click({ force: true });
    await expect.poll(() => toggle.isChecked()).toBe(false);
    await expect
      .poll(async () => (await auditRows(journey.server.databaseUrl)).at(-1)?.event_type)
      .toBe('settings.conversations_updated');
    expect(journey.problems()).toEqual([]);
  });
});
