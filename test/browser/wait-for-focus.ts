import type { Locator } from 'playwright-core';
import { expect } from 'vitest';

/** Until the focus is within a dialog: one that is seen may not hear any keys yet. */
export async function waitForFocus(dialog: Locator): Promise<void> {
  await expect.poll(() => dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
}
