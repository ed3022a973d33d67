import { test } from 'vitest';
import type { BrowserContextOptions } from 'playwright-core';

export interface Device {
  name: string;
  options: BrowserContextOptions;
}

/** What journeys are walked on: both widths. Each has one colour scheme; `npm run test:long` looks at both. */
export const devices: Device[] = [
  { name: 'desktop', options: { viewport: { width: 1280, height: 800 }, colorScheme: 'light' } },
  {
    name: 'phone',
    options: { viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true, isMobile: true },
  },
];

/**
 * The devices of a journey that is much the same on both: one of them in `npm test`, which has to end within twenty minutes,
 * and both in `npm run test:long`.
 */
export function devicesOr(name: 'desktop' | 'phone'): Device[] {
  return process.env['LONG_RUN'] ? devices : devices.filter((device) => device.name === name);
}

/** A part of a journey that is walked in `npm run test:long` only. */
export const testRarely = process.env['LONG_RUN'] ? test : test.skip;
