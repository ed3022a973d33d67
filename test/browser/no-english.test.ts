import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestUser } from '../create-test-app.ts';
import { createEnglishFinder, type OtherLanguage, readPage } from './english-left.ts';
import { type LivedIn, startLivedIn } from './lived-in.ts';

// Real: the built product, PostgreSQL, the tool gate. Doubled: the model, Odoo, Brave Search and Telegram. What people, agents
// and documents are called is neither English nor any other language.

const sections = [
  'profile',
  'prompts',
  'context',
  'providers',
  'conversations',
  'integrations',
  'telegram',
  'users',
  'groups',
  'licence',
  'security',
];
const tabs = ['general', 'personality', 'instructions', 'permissions', 'access', 'telegram', 'versions', 'delete'];
const languages: OtherLanguage[] = ['de', 'es', 'fr'];

describe('what a page says in another language', () => {
  let place: LivedIn;

  beforeAll(async () => {
    place = await startLivedIn();
  });
  afterAll(() => place?.close());

  test.each(languages)('is in %s on every page of an admin', (language) => {
    const { agentId, chatId, journey } = place;
    return walk(language, journey.admin, [
      `/chat/${agentId}/${chatId}`,
      '/',
      '/agents',
      '/agents/new',
      ...tabs.map((tab) => `/agents/${agentId}/settings?tab=${tab}`),
      ...sections.map((section) => `/settings?section=${section}`),
      '/overview',
      '/approvals',
      '/knowledge',
      '/usage',
      '/audit',
      '/report',
      '/no/such/page',
    ]);
  });

  test.each(languages)('is in %s for a member, and for a stranger', async (language) => {
    const pages = ['/', '/agents', '/settings?section=profile', '/settings?section=telegram', '/report'];
    await walk(language, place.member, pages);
    await walk(language, undefined, ['/login', '/invite/none']);
  });

  async function walk(language: OtherLanguage, user: TestUser | undefined, paths: string[]): Promise<void> {
    const englishIn = createEnglishFinder(language, place.names);
    const visitor = await place.journey.visit(user);
    const { page } = visitor;
    await page.addInitScript((chosen) => localStorage.setItem('pinchy.language', chosen), language);
    const found: string[] = [];
    const look = async (where: string) => {
      await visitor.settle();
      for (const text of await readPage(page)) {
        const english = englishIn(text);
        if (english !== undefined) found.push(`${where}: “${english}” in: ${text.slice(0, 300)}`);
      }
    };
    for (const [index, path] of paths.entries()) {
      if (index === 0) await page.goto(path);
      else await page.evaluate((next) => history.pushState({}, '', next), path);
      await page.locator('h1, h2').filter({ visible: true }).first().waitFor();
      await look(path);
      // What is folded says something too.
      for (const fold of await page.locator('main [aria-expanded="false"]:not([aria-haspopup]), main summary').all()) {
        if (await fold.isVisible()) await fold.click();
      }
      await look(`${path}, unfolded`);
    }
    await visitor.close();
    expect([...new Set(found)]).toEqual([]);
  }
});
