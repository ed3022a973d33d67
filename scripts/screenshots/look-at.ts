import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { findLayoutFaults } from '../../test/browser/layout-faults.ts';
import { launchBrowser } from '../../test/browser/launch-browser.ts';
import { watchPage } from '../../test/browser/watch-page.ts';

// Looks at one state of a page at every width and in both colour schemes: a picture each, and what axe, the layout and
// the console say.

export const widths = [1440, 390, 1920] as const;
const schemes = ['light', 'dark'] as const;
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** The highest picture; longer pages go on in the same manner. */
const maxHeight = 1_800;

export interface Looker {
  page: Page;
  /** What is wrong so far. */
  faults: string[];
  look(name: string): Promise<void>;
  close(): Promise<void>;
}

/** A browser of one width, because Chromium in one process ends with the first context that is closed. */
export async function openLooker(options: { url: string; width: number; folder: string }): Promise<Looker> {
  const { url, width, folder } = options;
  const height = width < 600 ? 844 : 1_000;
  const browser: Browser = await launchBrowser();
  const context: BrowserContext = await browser.newContext({
    viewport: { width, height },
    ...(width < 600 && { isMobile: true, hasTouch: true }),
    baseURL: url,
    locale: 'en-GB',
    timezoneId: 'Europe/Vienna',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const faults: string[] = [];
  const problems = watchPage(page);

  async function look(name: string): Promise<void> {
    await settle(page);
    await page.setViewportSize({ width, height: Math.min(maxHeight, Math.max(height, await heightOf(page))) });
    // The widest differs from the middle one in space alone.
    const isWidest = width === widths.at(-1);
    for (const colorScheme of isWidest ? (['light'] as const) : schemes) {
      await page.emulateMedia({ colorScheme });
      const scheme = page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`);
      if ((await page.locator('html[data-mantine-color-scheme]').count()) > 0) await scheme.waitFor({ state: 'attached' });
      await settle(page);
      await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`) });
      if (isWidest) continue;
      const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
      // The other scheme differs in colours only.
      const { violations } = await (
        colorScheme === 'light' ? axe.withTags(standards) : axe.withRules(['color-contrast'])
      ).analyze();
      for (const { id, nodes } of violations)
        faults.push(...nodes.map(({ html, failureSummary }) => `${name} ${width} ${colorScheme}: ${id}: ${html}: ${failureSummary}`));
    }
    faults.push(...(await findLayoutFaults(page)).map((fault) => `${name} ${width}: ${fault}`));
    faults.push(...problems.splice(0).map((problem) => `${name} ${width}: ${problem}`));
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width, height });
  }

  return { page, faults, look, close: () => browser.close() };
}

/** How high the page, or the dialog over it, would be if nothing had to scroll up and down. */
const heightOf = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const dialog = document.querySelector('[role=dialog]');
    const hidden = [...document.querySelectorAll(dialog ? '[role=dialog] *' : 'main, main *')]
      .filter((box) => /auto|scroll/.test(getComputedStyle(box).overflowY))
      .map((box) => box.scrollHeight - box.clientHeight);
    const whole = dialog ? innerHeight : document.documentElement.scrollHeight;
    return whole + Math.max(0, ...hidden);
  });

/** Until nothing fades any more, and nothing is a placeholder. */
async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const fading = document
      .getAnimations()
      .some(({ effect, playState }) => playState === 'running' && effect?.getComputedTiming().endTime !== Infinity);
    return !fading && document.querySelector('[aria-busy="true"]') === null;
  });
  await page.waitForTimeout(150);
}
