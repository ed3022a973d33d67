import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TextValues } from '../../contract/texts/say-text.ts';
import { de } from '../../web/texts/de.ts';
import { en } from '../../web/texts/en.ts';
import { createTranslate, type TextKey } from '../../web/texts/translate.ts';
import { createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { findLayoutFaults } from './layout-faults.ts';
import { type LongContent, startLongContent } from './long-content.ts';

const languages = { en: createTranslate(en, 'en'), de: createTranslate(de, 'de') };
/** German is the longer one. */
const screens = {
  de: { widths: [360, 768, 3840], colorScheme: 'dark' },
  en: { widths: [360, 1280], colorScheme: 'light' },
} as const;
type Language = keyof typeof languages;

interface Stop {
  path: string;
  /** A text that this page alone shows. */
  sign: TextKey;
  /** What stands for `{{…}}` in it. */
  values?: TextValues;
}

const sections: Record<string, TextKey> = {
  profile: 'settings.profile.languageHint',
  prompts: 'prompts.own.title',
  context: 'settings.context.title',
  providers: 'settings.providers.hint',
  integrations: 'integrations.hint',
  telegram: 'telegram.botsTitle',
  users: 'settings.users.invitesTitle',
  groups: 'settings.groups.hint',
  licence: 'settings.licence.keyTitle',
  security: 'settings.security.changesTitle',
};
const tabs: Record<string, TextKey> = {
  versions: 'agents.versionsHint',
  general: 'agents.greeting',
  personality: 'agents.personalityHint',
  instructions: 'agents.instructionsHint',
  permissions: 'agents.permissionsSummary',
  access: 'agents.accessTitle',
  telegram: 'telegram.disconnect',
  delete: 'agents.deleteTitle',
};

describe('every page, with long content', { timeout: 240_000 }, () => {
  let content: LongContent;
  let empty: TestApp;
  let emptyAddress: string;

  beforeAll(async () => {
    empty = await createTestApp();
    emptyAddress = await empty.listen();
    content = await startLongContent({
      name: 'every screen',
      options: { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
    });
  }, 240_000);
  afterAll(async () => {
    await content?.close();
    await empty?.close();
  });

  test.each(Object.keys(languages) as Language[])('fits every screen, for admins, in %s', (language) =>
    walk(content.journey.admin, language, [
      { path: `/chat/${content.agentId}`, sign: 'chat.conversations' },
      { path: '/agents/new', sign: 'agents.template' },
      ...Object.entries(tabs).map(([tab, sign]) => ({ path: `/agents/${content.agentId}/settings?tab=${tab}`, sign })),
      ...Object.entries(sections).map(([section, sign]) => ({ path: `/settings?section=${section}`, sign })),
      { path: '/overview', sign: 'overview.activity' },
      { path: '/knowledge', sign: 'knowledge.directoriesHint' },
      { path: '/usage', sign: 'usage.byUser' },
      { path: '/audit', sign: 'audit.verify' },
      { path: '/no/such/page', sign: 'errors.notFoundTitle' },
    ]),
  );

  test('fits every screen, for members', async () => {
    const own = (await content.member.request('GET', '/api/agents')).body.find(
      ({ isPersonal }: { isPersonal: boolean }) => isPersonal,
    );
    await walk(content.member, 'de', [
      { path: '/', sign: 'chat.conversations' },
      { path: `/agents/${own.id}/settings?tab=general`, sign: 'agents.greeting' },
      { path: '/settings?section=profile', sign: 'settings.profile.languageHint' },
      { path: '/settings?section=telegram', sign: 'telegram.linkTitle' },
    ]);
  });

  test('fits every screen, for strangers', async () => {
    const { email } = (await content.journey.admin.request('GET', '/api/users/invites')).body[0];
    await walk(undefined, 'de', [
      { path: '/login', sign: 'session.signInTitle' },
      { path: `/invite/${content.inviteToken}`, sign: 'joining.inviteFor', values: { email } },
    ]);
    await walk(undefined, 'en', [{ path: `${emptyAddress}/setup`, sign: 'setup.accountTitle' }]);
  });

  /** From page to page without loading the app again, as people do. */
  async function walk(user: TestUser | undefined, language: Language, stops: Stop[]): Promise<void> {
    const visitor = await content.journey.visit(user);
    const { page } = visitor;
    const { widths, colorScheme } = screens[language];
    await page.emulateMedia({ colorScheme });
    await page.addInitScript((chosen) => localStorage.setItem('pinchy.language', chosen), language);
    const faults: string[] = [];
    for (const [index, { path, sign, values }] of stops.entries()) {
      if (index === 0) await page.goto(path);
      else await page.evaluate((next) => history.pushState({}, '', next), path);
      const text = page.getByText(languages[language](sign, values)).filter({ visible: true });
      await text.first().waitFor({ timeout: 60_000 });
      for (const width of widths) {
        const where = `${path} at ${width}`;
        await page.setViewportSize({ width, height: 900 });
        await visitor.settle();
        faults.push(...(await findLayoutFaults(page)).map((fault) => `${where}: ${fault}`));
      }
    }
    expect(faults).toEqual([]);
    expect(visitor.problems).toEqual([]);
    await visitor.close();
  }
});
