import type { Page } from 'playwright-core';

/** A phone folds the filters of the trail away until they are asked for. */
export async function unfoldFilters(page: Page): Promise<void> {
  const fold = page.getByRole('button', { name: /^Filters/, expanded: false });
  if (await fold.isVisible()) await fold.click();
}
