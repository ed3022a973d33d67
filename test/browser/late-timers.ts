import type { Page } from 'playwright-core';

/** What only waits for its turn comes late, as on a slow device. */
export async function lateTimers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const start = window.setTimeout;
    const startLate = (run: TimerHandler, after = 0, ...rest: unknown[]) => start(run, Math.max(after, 100), ...rest);
    Object.assign(window, { setTimeout: startLate });
  });
}
