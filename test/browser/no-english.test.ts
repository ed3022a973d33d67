import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createTranslate, type TextKey, type Translate } from '../../web/texts/translate.ts';
import { createAdmin, createTestApp, type TestUser } from '../create-test-app.ts';
import { devices } from './devices.ts';
import { createEnglishFinder, type OtherLanguage, readPage, textsIn } from './english-left.ts';
import { type LivedIn, startLivedIn } from './lived-in.ts';
import { cookiesOf, openVisitor, type Visitor } from './visitor.ts';

// Real: the built product, PostgreSQL, the tool gate. Doubled: the model, Odoo, Brave Search and Telegram. What people, agents
// and documents are called is neither English nor any other language.

const sections =
  'profile prompts context providers conversations integrations telegram users groups licence security'.split(' ');
const tabs = 'general personality instructions permissions access telegram versions delete'.split(' ');
const languages: OtherLanguage[] = ['de', 'es', 'fr'];
/** All of them in `npm run test:long`: what one lacks the others mostly lack as well. */
const walked = process.env['LONG_RUN'] ? languages : languages.slice(0, 1);

/** What opens a dialog, a menu or a panel: where, by the text on it, and what closes it again. */
const openers: [path: string, name: TextKey, valuesIn?: (t: Translate) => Record<string, string>][] = [
  ['/settings?section=users', 'settings.users.invite'],
  ['/settings?section=users', 'settings.users.menu', () => ({ name: 'Mia Kern' })],
  ['/settings?section=groups', 'settings.groups.create'],
  ['/settings?section=groups', 'settings.groups.membersOf', () => ({ name: 'Nordwind' })],
  ['/settings?section=integrations', 'integrations.add'],
  ['/settings?section=prompts', 'prompts.own.create'],
  ['/settings?section=providers', 'settings.providers.removeOf', (t) => ({ name: t('providers.ollama-local.name') })],
  ['/knowledge', 'knowledge.newDirectory'],
];

describe('what a page says in another language', () => {
  let place: LivedIn;
  let visitor: Visitor;

  beforeAll(async () => {
    place = await startLivedIn();
    visitor = await place.journey.visit();
  });
  afterAll(() => place?.close());

  test.each(walked)('is in %s on every page, for an admin, a member and a stranger', async (language) => {
    const { agentId, chatId, shareId, inviteToken, member, journey } = place;
    const walk = await begin(visitor, { language, address: journey.address, names: place.names });
    await walk.as(journey.admin, [
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
    for (const opener of openers) await walk.open(...opener);
    await walk.openEntries();
    await walk.as(member, ['/', '/agents', '/settings?section=telegram', '/usage', `/shared/${shareId}`]);
    await walk.as(undefined, ['/login', '/invite/none', `/invite/${inviteToken}`]);
    expect(walk.found()).toEqual([]);
  });

  test('is in each of them while Pinchy is set up', async () => {
    const server = await createTestApp();
    const address = await server.listen();
    const setter = await openVisitor({ address, device: devices[0]! });
    const found: string[] = [];
    for (const language of languages) {
      const walk = await begin(setter, { language, address, names: place.names });
      await walk.as(undefined, ['/setup']);
      found.push(...walk.found());
    }
    const admin = await createAdmin(server.app);
    for (const language of languages) {
      const walk = await begin(setter, { language, address, names: place.names });
      await walk.as(admin, ['/setup', '/']);
      found.push(...walk.found());
    }
    expect(found).toEqual([]);
    await setter.close();
    await server.close();
  });
});

/** Goes through pages in one language and keeps what is not in it. */
async function begin(
  { page, context, settle }: Visitor,
  { address, language, names }: { address: string; language: OtherLanguage; names: RegExp },
) {
  const englishIn = createEnglishFinder(language, names);
  const t = createTranslate(textsIn(language), language);
  const found = new Set<string>();
  await page.addInitScript((chosen) => localStorage.setItem('pinchy.language', chosen), language);

  async function look(where: string): Promise<void> {
    await settle();
    const isIn = async () => (await readPage(page)).filter((text) => englishIn(text) !== undefined);
    // Until their words have come, sentences of the server are shown as they are.
    const left = await vi
      .waitUntil(async () => [await isIn()].find((texts) => texts.length === 0), { timeout: 30_000 })
      .catch(isIn);
    for (const text of left) found.add(`${where}: “${englishIn(text)}” in: ${text.slice(0, 300)}`);
  }
  /** What is folded says something too. */
  const unfold = (): Promise<boolean> =>
    page.evaluate(() => {
      const folds = document.querySelectorAll<HTMLElement>(
        'main [aria-expanded="false"]:not([aria-haspopup]), main summary',
      );
      const visible = [...folds].filter((fold) => fold.getClientRects().length > 0);
      for (const fold of visible) fold.click();
      return visible.length > 0;
    });
  /** Within the app, which takes a tenth of the time; there once the page says something else. */
  async function go(path: string): Promise<void> {
    await page.evaluate((next) => {
      const said = () => `${document.title} ${document.querySelector('main')?.textContent}`;
      const before = said();
      history.pushState({}, '', next);
      return new Promise<void>((resolve) => {
        const begun = performance.now();
        const check = () => {
          if (said() !== before || performance.now() - begun > 3_000) resolve();
          else requestAnimationFrame(check);
        };
        check();
      });
    }, path);
  }
  return {
    found: () => [...found],
    async as(user: TestUser | undefined, [first = '/', ...paths]: string[]): Promise<void> {
      await context.clearCookies();
      if (user) await context.addCookies(cookiesOf(user, address));
      await page.goto(first);
      for (const path of [first, ...paths]) {
        if (path !== first) await go(path);
        await page.locator('h1, h2').filter({ visible: true }).first().waitFor();
        await look(path);
        if (await unfold()) await look(`${path}, unfolded`);
      }
    },
    async open(...[path, name, valuesIn]: (typeof openers)[number]): Promise<void> {
      await go(path);
      await page
        .getByRole('main')
        .getByRole('button', { name: t(name, valuesIn?.(t)), exact: true })
        .first()
        .click();
      const opened = page.locator('[role="dialog"], [role="menu"]').filter({ visible: true });
      await opened.first().waitFor();
      await look(`${path}, ${name}`);
      await page.keyboard.press('Escape');
      await opened.first().waitFor({ state: 'detached' });
    },
    /** One entry of each event of the trail, a third of them in each language: their words are checked in all of them elsewhere. */
    async openEntries(): Promise<void> {
      await go('/audit');
      await page.locator('[data-event]').first().waitFor();
      const events = await page.locator('[data-event]').evaluateAll((all) => all.map((one) => one.dataset['event']));
      for (const event of [...new Set(events)].filter((_event, index) => index % 3 === languages.indexOf(language))) {
        await page.locator(`[data-event="${event}"]`).first().click();
        await page.getByRole('dialog').waitFor();
        await look(`the entry ${event}`);
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
      }
    },
  };
}
