import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Page } from 'playwright-core';
import type { TestUser } from '../create-test-app.ts';
import type { Device } from './devices.ts';
import { launchBrowser } from './launch-browser.ts';
import { watchPage } from './watch-page.ts';

/** Somebody at a browser of their own. */
export interface Visitor {
  page: Page;
  context: BrowserContext;
  /** Console errors, failed requests and violations of WCAG 2.2 AA so far: a journey ends with none. */
  problems: string[];
  /** Opens a link of the main navigation, which phones hide behind a button. */
  navigate(link: string): Promise<void>;
  /** Looks at the page, or the dialog over it, with axe, in the device's colour scheme; in both in the long run. */
  checkAccessibility(where: string): Promise<void>;
  /** Waits until nothing loads or fades any more. */
  settle(): Promise<void>;
  /**
   * Waits until all has come that a page asks for by itself: a part that does not, as while it is offline, is asked for anew
   * by a reload in the midst of what follows.
   */
  rest(): Promise<void>;
  close(): Promise<void>;
}

interface VisitorOptions {
  address: string;
  device: Device;
  /** Signed in already; without it they come as a stranger. */
  user?: Pick<TestUser, 'cookie'> | undefined;
  /** Whether accessibility is judged in the other colour scheme too. */
  bothSchemes?: boolean;
  /** More of what Chromium is started with. */
  args?: string[];
}

/** What a page asks for last, by itself. */
const latestParts = ['notification-list', 'confirm-dialog'];

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** A browser each, because Chromium in one process ends with the first context that is closed. */
export async function openVisitor({
  address,
  device,
  user,
  bothSchemes = Boolean(process.env['LONG_RUN']),
  args = [],
}: VisitorOptions): Promise<Visitor> {
  const browser = await launchBrowser({ args });
  const context = await browser.newContext({
    ...device.options,
    baseURL: address,
    locale: 'en-US',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(30_000);
  if (user) await context.addCookies(cookiesOf(user, address));
  const page = await context.newPage();
  const problems = watchPage(page);
  return {
    page,
    context,
    problems,
    async navigate(link) {
      const menu = page.getByRole('button', { name: 'Open menu' });
      if (await menu.isVisible()) await menu.click();
      await page
        .getByRole('navigation', { name: 'Main navigation' })
        .getByRole('link', { name: link, exact: true })
        .click();
    },
    settle: () => settle(page),
    async rest() {
      await page.waitForFunction((parts) => {
        const files = performance.getEntriesByType('resource').map(({ name }) => name);
        return parts.every((part) => files.some((file) => file.includes(part)));
      }, latestParts);
      await settle(page);
    },
    async checkAccessibility(where) {
      const own = device.options.colorScheme === 'dark' ? 'dark' : 'light';
      const other = own === 'dark' ? 'light' : 'dark';
      problems.push(...(await analyse(page, (axe) => axe.withTags(standards))).map((found) => `${where}: ${found}`));
      if (!bothSchemes) return;
      // The other scheme differs in colours only.
      await setColorScheme(page, other);
      const inOther = await analyse(page, (axe) => axe.withRules(['color-contrast']));
      problems.push(...inOther.map((found) => `${where}, ${other}: ${found}`));
      await setColorScheme(page, own);
    },
    close: () => browser.close(),
  };
}

async function analyse(page: Page, choose: (axe: AxeBuilder) => AxeBuilder): Promise<string[]> {
  await settle(page);
  const axe = new AxeBuilder({ page })
    // One document without frames; the other mode opens a second page, which one process does not survive.
    .setLegacyMode()
    // Describing everything that is fine takes most of the time.
    .options({ resultTypes: ['violations'] });
  const { violations } = await choose(axe).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}: ${node.failureSummary}`));
}

/** The product follows the system's scheme while it is open. */
export async function setColorScheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  // The page for lost connections is not the product's.
  if ((await page.locator('html[data-mantine-color-scheme]').count()) === 0) return;
  await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor({ state: 'attached' });
}

export function cookiesOf({ cookie }: Pick<TestUser, 'cookie'>, url: string) {
  return cookie.split('; ').map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return { name, value: value.join('='), url };
  });
}

/** Colours are judged once nothing fades any more, and pages once nothing is a placeholder. */
async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const fading = document
      .getAnimations()
      .some(({ effect, playState }) => playState === 'running' && effect?.getComputedTiming().endTime !== Infinity);
    return !fading && document.querySelector('[aria-busy="true"]') === null;
  });
}
