import type { BrowserContextOptions } from 'playwright-core';

export interface Device {
  name: string;
  options: BrowserContextOptions;
}

/** What every journey is walked on: both widths. Each begins in one colour scheme; accessibility is checked in both. */
export const devices: Device[] = [
  { name: 'desktop', options: { viewport: { width: 1280, height: 800 }, colorScheme: 'light' } },
  {
    name: 'phone',
    options: { viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true, isMobile: true },
  },
];
