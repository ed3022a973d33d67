import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContextOptions } from 'playwright-core';
import { findLayoutFaults } from '../../test/browser/layout-faults.ts';
import { openVisitor, setColorScheme, type Visitor } from '../../test/browser/visitor.ts';

// What the walks over every page share: a browser that looks at a state at every width and in both colour schemes,
// keeps a picture of each, and notes what is wrong with it.

/** A phone is a browser of its own: with a finger, and small from the beginning. */
export interface Screen {
  name: 'phone' | 'desktop';
  widths: readonly number[];
  height: number;
  options: BrowserContextOptions;
}

export const screens: readonly Screen[] = [
  {
    name: 'phone',
    widths: [390],
    height: 844,
    options: { viewport: { width: 390, height: 844 }, colorScheme: 'light', hasTouch: true, isMobile: true },
  },
  {
    name: 'desktop',
    widths: [1440, 1920],
    height: 1000,
    options: { viewport: { width: 1440, height: 1000 }, colorScheme: 'light' },
  },
];

export interface Looker extends Visitor {
  isPhone: boolean;
  /**
   * Looks at what the page shows now: pictures at every width of the screen in both schemes, what does not fit, and what is
   * not accessible. Faults are collected in `faults`.
   */
  look(state: string): Promise<void>;
  faults: string[];
}

/** The highest picture of a page that goes on below the screen. */
const maxHeight = 1800;

interface LookerOptions {
  address: string;
  screen: Screen;
  /** Where the pictures go, outside the repository. */
  folder: string;
  /** The cookie of who is signed in; without it they come as a stranger. */
  cookie?: string | undefined;
  language?: 'en' | 'de' | 'fr' | 'es';
}

export async function openLooker({ address, screen, folder, cookie, language }: LookerOptions): Promise<Looker> {
  await mkdir(folder, { recursive: true });
  const visitor = await openVisitor({
    address,
    device: { name: screen.name, options: screen.options },
    user: cookie === undefined ? undefined : { cookie },
    bothSchemes: true,
  });
  const { page } = visitor;
  // What answers show in frames has no storage.
  await page.addInitScript((chosen) => {
    if (window === top) localStorage.setItem('pinchy.language', chosen);
  }, language ?? 'en');
  const faults: string[] = [];
  /** Parts that come when they are needed have come, and pictures are drawn. */
  async function settle(): Promise<void> {
    await page.waitForLoadState('networkidle');
    await visitor.settle();
    await page.waitForFunction(() =>
      [...document.images].every((image) => image.complete || image.getBoundingClientRect().top > innerHeight),
    );
  }
  return {
    ...visitor,
    isPhone: screen.name === 'phone',
    faults,
    async look(state) {
      for (const width of screen.widths) {
        await page.setViewportSize({ width, height: screen.height });
        // What came last may ask for a part of the app that nothing tells of.
        await page.waitForTimeout(250);
        await settle();
        // Pages that scroll are seen whole, or much of them; a dialog is seen as it lies over the screen.
        if (!(await page.getByRole('dialog').first().isVisible())) {
          const whole = await page.evaluate(() => document.documentElement.scrollHeight);
          await page.setViewportSize({ width, height: Math.min(maxHeight, Math.max(screen.height, whole)) });
          await settle();
        }
        const where = `${state} at ${width}`;
        faults.push(...(await findLayoutFaults(page)).map((fault) => `${where}: ${fault}`));
        for (const scheme of ['light', 'dark'] as const) {
          await setColorScheme(page, scheme);
          await settle();
          const name = `${state}-${width}${scheme === 'dark' ? '-dark' : ''}.png`;
          await page.screenshot({ path: join(folder, name) });
        }
        await setColorScheme(page, 'light');
        // A wider one differs in space alone.
        if (width === screen.widths[0]) await visitor.checkAccessibility(where);
        faults.push(...visitor.problems.splice(0));
      }
      console.log(`${state} (${screen.name})`);
    },
  };
}

/** A thing to look at. It finds its own way, so that each can be looked at alone. */
export interface State<Product> {
  name: string;
  /** Whose page it is; an admin's where nothing is said. */
  as?: 'admin' | 'member' | 'stranger';
  /** Where it is not on both. */
  only?: Screen['name'];
  language?: LookerOptions['language'];
  /** What the browser says of it although it is as it should be, such as that it is offline. */
  expected?: RegExp;
  go(looker: Looker, product: Product): Promise<void>;
}

interface Walked {
  url: string;
  cookies: Record<'admin' | 'member', string>;
}

interface Walk<Product extends Walked> {
  product: Product;
  states: readonly State<Product>[];
  folder: string;
  /** Names of screens and beginnings of names of states; all without any. */
  asked: readonly string[];
}

/** Looks at every state on both screens, and returns what is wrong; a state that cannot be reached is a fault as well. */
export async function walk<Product extends Walked>(options: Walk<Product>): Promise<string[]> {
  const { product, states, folder, asked } = options;
  await mkdir(folder, { recursive: true });
  const faults: string[] = [];
  const isScreen = (word: string) => screens.some(({ name }) => name === word);
  const beginnings = asked.filter((word) => !isScreen(word));
  const wanted = states.filter(
    ({ name }) => beginnings.length === 0 || beginnings.some((begins) => name.startsWith(begins)),
  );
  for (const screen of screens.filter(({ name }) => !asked.some(isScreen) || asked.includes(name))) {
    const lookers = new Map<string, Looker>();
    for (const { name, as = 'admin', only, language = 'en', expected, go } of wanted) {
      if (only && only !== screen.name) continue;
      const cookie = as === 'stranger' ? undefined : product.cookies[as];
      const key = `${as} ${language}`;
      const looker = lookers.get(key) ?? (await openLooker({ address: product.url, screen, folder, cookie, language }));
      lookers.set(key, looker);
      try {
        await go(looker, product);
        await looker.look(name);
      } catch (error) {
        const lost = `${name} (${screen.name}) was not reached: ${String(error).slice(0, 600)}`;
        console.error(lost);
        looker.faults.push(lost);
        await looker.page.screenshot({ path: join(folder, `lost-${name}-${screen.name}.png`) }).catch(() => {});
      }
      const found = [...looker.faults.splice(0), ...looker.problems.splice(0)];
      const wrong = found.filter((fault) => !expected?.test(fault));
      // Said at once: a walk that is ended early tells what it found.
      for (const fault of wrong) console.error(fault);
      faults.push(...wrong);
      await looker.context.setOffline(false);
    }
    for (const looker of lookers.values()) await looker.close();
  }
  await writeFile(join(folder, 'faults.txt'), faults.join('\n'));
  return faults;
}
