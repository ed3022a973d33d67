import type { Page } from 'playwright-core';
import type { State } from './every-page.ts';
import type { FullProduct } from './full-product.ts';

// The steps that the states of the console are made of.

type Ids = FullProduct['ids'];
export type Open = (page: Page) => Promise<unknown>;
export type ConsoleState = State<FullProduct>;

export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first();
export const dialog = (page: Page) => page.getByRole('dialog').first();
export const field = (page: Page, label: string | RegExp) => dialog(page).getByLabel(label);

/** Buttons one after the other. */
export const press =
  (...names: (string | RegExp)[]): Open =>
  async (page) => {
    for (const name of names) await button(page, name).click();
    await page.mouse.move(0, 0);
  };

/** Buttons that lead to a dialog. */
export const ask =
  (...names: (string | RegExp)[]): Open =>
  async (page) => {
    await press(...names)(page);
    await dialog(page).waitFor();
  };

export const choose =
  (menu: RegExp, name: RegExp): Open =>
  async (page) => {
    await button(page, menu).click();
    await page.getByRole('menuitem', { name }).click();
    await dialog(page).waitFor();
  };

export const inOrder =
  (...steps: Open[]): Open =>
  async (page) => {
    for (const step of steps) await step(page);
  };

export const fill =
  (text: string, find: (page: Page) => ReturnType<Page['getByLabel']>): Open =>
  (page) =>
    find(page).fill(text);

export const says =
  (text: string | RegExp): Open =>
  (page) =>
    page.getByText(text).first().waitFor();

/** Counts what comes while something is done, and how long the page's main thread works. */
async function measure(page: Page, work: () => Promise<unknown>): Promise<{ requests: number; busyMs: number }> {
  let requests = 0;
  const count = () => void (requests += 1);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  page.on('request', count);
  await work();
  page.off('request', count);
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  return { requests, busyMs: Math.round(1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0)) };
}

export function state(name: string, path: string | ((ids: Ids) => string), open?: Open): ConsoleState {
  return {
    name,
    async go({ page }, { ids }) {
      const { requests, busyMs } = await measure(page, async () => {
        await page.goto(typeof path === 'string' ? path : path(ids), { waitUntil: 'networkidle' });
        await page.getByRole('heading', { level: 1 }).first().waitFor();
      });
      console.log(`${name}: ${requests} requests, main thread busy for ${busyMs} ms`);
      await open?.(page);
    },
  };
}

export const section = (name: string, open?: Open, as = `settings-${name}`): ConsoleState =>
  state(as, `/settings?section=${name}`, open);
export const tab = (name: string, open?: Open, as = `agent-${name}`): ConsoleState =>
  state(as, ({ agent }) => `/agents/${agent}/settings?tab=${name}`, open);
