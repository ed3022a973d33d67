import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Keeps what a page looks like, to be looked at, where `SCREENSHOTS` names a directory. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  const directory = process.env['SCREENSHOTS'];
  if (directory) await page.screenshot({ path: join(directory, `${name}.png`) });
}
